"""Field tables: reading nodes with checks and errors, and their JSON Schema."""

import json

import jsonschema
import pytest

from normalize.errors import RulePatternError, RuleSchemaError
from normalize.source.fields import Field, ListOf, MapOf, Record, TextOr
from normalize.source.nodes import Source, parse
from normalize.source.problems import Problems, unique
from normalize.source.schema import schema_text
from normalize.source.texts import ID, Choice, Flag, Text


def node(text):
    """The root node of a YAML text."""
    root, errors = parse(Source("a.yaml", text))
    assert not errors
    return root


def read(kind, text):
    """What a field type reads from a YAML text, and the messages of the problems."""
    problems = Problems()
    got = kind.read(node(text), problems)
    return got, [error.message for error in problems.errors]


def value(kind, text):
    """What a field type reads from a YAML text that has no problems."""
    got, messages = read(kind, text)
    assert not messages
    return got


def errors(kind, text):
    """The errors of a YAML text."""
    problems = Problems()
    kind.read(node(text), problems)
    return problems.errors


def dict_of(values, _node, _problems):
    """Build a record as the dict of its values, scalars as their text."""
    return {k: getattr(v, "value", v) for k, v in values.items()}


RULE = Record(
    (
        Field("id", ID, "the name", required=True),
        Field("output", Text(blank=True), "what it becomes"),
        Field("variants", ListOf(Text()), "spellings"),
        Field("pattern", Text(), "a pattern"),
        Field("case", Choice(("exact", "keep")), "the case"),
        Field("alone", Flag(), "whether it stands alone"),
    ),
    dict_of,
    "rule",
    one_of=(("variants", "pattern"),),
)


# --- single values


@pytest.mark.parametrize("text", ["word", "12", "no", "'two words'"])
def test_text(text):
    """Any value that is not empty is a text."""
    assert text.strip("'") == value(Text(), text).value


@pytest.mark.parametrize(
    ("text", "found"), [("[a]", "a list"), ("{a: b}", "fields"), ("''", "nothing")]
)
def test_text_refuses(text, found):
    """A list, fields or nothing is no text, and the message says what was found."""
    assert (None, [f"expected text, found {found}"]) == read(Text(), text)


def test_blank_text():
    """The empty text is one where the field admits it."""
    assert "" == value(Text(blank=True), "''").value


def test_text_left_out():
    """A value that is left out is told, for an empty text has to be meant."""
    found = errors(MapOf(Text(blank=True)), "output:")[0]

    assert ("expected text, found nothing", "write '' for no text at all") == (
        found.message,
        found.hint,
    )


@pytest.mark.parametrize("text", ["abc", "a"])
def test_text_of_a_form(text):
    """A text that fits the form is read."""
    assert text == value(Text("[a-c]+", "letters"), text).value


@pytest.mark.parametrize("text", ["abcd", "xabc", "ABC"])
def test_text_of_another_form(text):
    """The whole text must fit the form, and the message says what is expected."""
    assert (None, [f"expected letters, found {text!r}"]) == read(
        Text("[a-c]+", "letters"), text
    )


@pytest.mark.parametrize(
    "text", ["a", "kyiv", "ivano-frankivsk", "uk.places", "a1-2.b", "7"]
)
def test_id(text):
    """An id is small letters and digits with hyphens and dots between."""
    assert text == value(ID, text).value


@pytest.mark.parametrize(
    "text",
    ["Kyiv", "київ", "a_b", "-a", "a-", "a--b", "a..b", ".a", "a b", "a/b", "'a\n\n'"],
)
def test_id_refuses(text):
    """Anything else is no id."""
    assert read(ID, text)[0] is None


def test_choice():
    """One of the words is read as that word."""
    assert "keep" == value(Choice(("exact", "keep")), "keep")


def test_choice_refuses():
    """Another word is told together with the words that are possible."""
    assert (None, ["expected one of exact, keep; found 'kept'"]) == read(
        Choice(("exact", "keep")), "kept"
    )


def test_choice_suggests():
    """A word that is nearly right is answered with the right one."""
    assert "did you mean 'keep'?" == errors(Choice(("exact", "keep")), "kept")[0].hint


def test_choice_refuses_a_list():
    """A list is no choice."""
    assert (None, ["expected one of a, b; found a list"]) == read(
        Choice(("a", "b")), "[a]"
    )


@pytest.mark.parametrize(("text", "expected"), [("yes", True), ("no", False)])
def test_flag(text, expected):
    """A flag is yes or no."""
    assert expected is value(Flag(), text)


@pytest.mark.parametrize("text", ["true", "Yes", "1", "''", "[yes]"])
def test_flag_refuses(text):
    """A flag has two words and no others."""
    assert read(Flag(), text)[0] is None


# --- lists and maps


def texts(scalars):
    """The texts of scalar nodes."""
    return [scalar.value for scalar in scalars]


def test_list():
    """A list is read entry by entry, in order."""
    assert ["b", "a"] == texts(value(ListOf(Text()), "[b, a]"))


def test_list_of_one():
    """A lone value stands for a list of one."""
    assert ["a"] == texts(value(ListOf(Text()), "a"))


def test_empty_list():
    """A list without an entry is a problem."""
    assert ([], ["expected a list with at least one entry"]) == read(
        ListOf(Text()), "[]"
    )


def test_list_with_problems():
    """Every wrong entry is told, and the others are read."""
    got, messages = read(ListOf(Text()), "[a, [b], '', c]")

    assert (["a", "c"], 2) == (texts(got), len(messages))


def test_long_list():
    """A list longer than the limit is a problem."""
    assert ([], ["3 entries; at most 2"]) == read(ListOf(Text(), most=2), "[a, b, c]")


def test_list_as_long_as_allowed():
    """A list just as long as the limit is read."""
    assert ["a", "b"] == texts(value(ListOf(Text(), most=2), "[a, b]"))


def test_map():
    """Fields of the author's choice are read by name."""
    got = value(MapOf(Text()), "b: 1\na: 2")

    assert [("b", "1"), ("a", "2")] == [(k.value, v.value) for k, v in got.items()]


def test_map_with_a_form_of_names():
    """A name that does not fit the form is a problem, and the others are read."""
    got, messages = read(MapOf(Text(), Text("[a-z]+", "a name")), "a: 1\nB: 2")

    assert (["a"], ["expected a name, found 'B'"]) == ([k.value for k in got], messages)


@pytest.mark.parametrize(("text", "found"), [("a", "'a'"), ("[a]", "a list")])
def test_map_refuses(text, found):
    """What is not fields is told."""
    assert ({}, [f"expected names with values, found {found}"]) == read(
        MapOf(Text()), text
    )


# --- records


def test_record():
    """A record is built of the fields that are there, by name."""
    assert {"id": "a", "pattern": "x", "alone": False} == value(
        RULE, "{id: a, pattern: x, alone: no}"
    )


def test_record_with_an_empty_field():
    """A field that may be empty is there when it is."""
    assert {"id": "a", "output": "", "pattern": "x"} == value(
        RULE, "{id: a, output: '', pattern: x}"
    )


def test_record_with_an_unknown_field():
    """A field that is not known is told at its name, with the name that is meant."""
    found = errors(RULE, "id: a\nvarients: [x]\npattern: x")[0]

    assert (
        "unknown field 'varients' in rule 'a'",
        "did you mean 'variants'?",
        (2, 1, 8),
    ) == (found.message, found.hint, (found.at.line, found.at.column, found.width))


def test_record_without_a_field_that_must_be_there():
    """A missing field is told with its meaning."""
    found = errors(RULE, "pattern: x")[0]

    assert ("missing field 'id' in rule", "id: the name") == (found.message, found.hint)


def test_record_with_two_that_exclude_each_other():
    """Of two fields of which one is needed both are too many; the second is told."""
    found = errors(RULE, "id: a\nvariants: [y]\npattern: x")[0]

    assert ("'variants' and 'pattern' can't stand together in rule 'a'", 3) == (
        found.message,
        found.at.line,
    )


def test_record_with_none_of_two():
    """Of two fields of which one is needed none is too few."""
    assert ["rule 'a' needs 'variants' or 'pattern'"] == read(RULE, "id: a")[1]


def test_record_with_problems_is_not_built():
    """Where a field is wrong nothing is built of the others."""
    assert read(RULE, "{id: a, pattern: x, case: any}")[0] is None


def test_record_tells_all_problems():
    """One mistake does not hide another."""
    assert 4 == len(
        read(RULE, "{id: A, case: any, alone: 1, colour: x, pattern: x}")[1]
    )


def test_record_names_itself_without_an_id():
    """A record whose id is no text is called by its kind."""
    assert "unknown field 'x' in rule" in read(RULE, "{id: [a], x: y, pattern: z}")[1]


@pytest.mark.parametrize(("text", "found"), [("a", "'a'"), ("[a]", "a list")])
def test_record_refuses(text, found):
    """What is not fields is told."""
    assert (None, [f"expected rule, found {found}"]) == read(RULE, text)


def test_build_may_refuse():
    """What single fields can't say is checked when the record is built."""

    def build(_values, at, problems):
        problems.add(at, "no", kind=RulePatternError)

    record = Record((Field("a", Text(), "a"),), build)

    assert [RulePatternError] == [type(error) for error in errors(record, "a: b")]


def test_problems_are_schema_errors():
    """A problem is one of the form of the file unless another kind is named."""
    assert [RuleSchemaError] == [type(error) for error in errors(Flag(), "maybe")]


def test_text_or_record():
    """Where more may be said, a plain text still does."""
    kind = TextOr(Text(), Record((Field("in", Text(), "in"),), dict_of))

    assert ["a", {"in": "b"}] == [
        value(kind, "a").value,
        value(kind, "in: b"),
    ]


def test_unique():
    """A text that an earlier node has is told, with the line of the first."""
    problems = Problems()
    unique(node("- a\n- b\n- a\n- a").items, problems, "file")

    message = "file 'a' is there twice, first in line 1"
    assert [(3, message), (4, message)] == [
        (error.at.line, error.message) for error in problems.errors
    ]


# --- JSON Schema


def fits(kind, data):
    """Whether plain data fit the schema of a field type."""
    try:
        jsonschema.validate(data, kind.schema())
    except jsonschema.ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        (Text(), "a", True),
        (Text(), 12, True),
        (Text(), False, True),
        (Text(), "", False),
        (Text(), ["a"], False),
        (Text(), None, False),
        (Text(blank=True), "", True),
        (Text(blank=True), None, False),
        (Text("[a-c]+"), "abc", True),
        (Text("[a-c]+"), "abcd", False),
        (Text("a|b"), "ab", False),
        (Choice(("a", "b")), "a", True),
        (Choice(("a", "b")), "c", False),
        (Flag(), "yes", True),
        (Flag(), True, True),
        (Flag(), "maybe", False),
        (ListOf(Text()), "a", True),
        (ListOf(Text()), ["a", "b"], True),
        (ListOf(Text()), [], False),
        (ListOf(Text()), [["a"]], False),
        (MapOf(Text()), {"x": "a"}, True),
        (MapOf(Text()), {"x": []}, False),
        (MapOf(Text(), Text("[a-z]+")), {"x": "a"}, True),
        (MapOf(Text(), Text("[a-z]+")), {"X": "a"}, False),
        (RULE, {"id": "a", "pattern": "x"}, True),
        (RULE, {"id": "a", "variants": ["x"], "case": "keep"}, True),
        (RULE, {"pattern": "x"}, False),
        (RULE, {"id": "a"}, False),
        (RULE, {"id": "a", "pattern": "x", "variants": ["x"]}, False),
        (RULE, {"id": "a", "pattern": "x", "colour": "y"}, False),
        (TextOr(Text(), RULE), "a", True),
        (TextOr(Text(), RULE), {"id": "a", "pattern": "x"}, True),
        (TextOr(Text(), RULE), {"id": "a"}, False),
    ],
)
def test_schema_agrees_with_the_reader(kind, data, expected):
    """The schema takes and refuses the same simple data as the reader does."""
    assert expected is fits(kind, data)


def test_schema_tells_what_fields_mean():
    """The sentence about a field goes into the schema, for editors to show."""
    assert "the name" == RULE.schema()["properties"]["id"]["description"]


def test_schema_text_is_a_schema():
    """The text of the schema file is valid JSON Schema of the dialect it names."""
    made = json.loads(schema_text("rewrite", "about", RULE))

    assert jsonschema.validators.validator_for(made).check_schema(made) is None


def test_schema_text_says_what_it_is():
    """The schema file names the kind and what it is about."""
    made = json.loads(schema_text("rewrite", "variants become one", RULE))

    assert ("Rule file of kind rewrite", "variants become one") == (
        made["title"],
        made["description"],
    )


def test_schema_text_ends_in_one_line_end():
    """The schema file is a text file as editors save it."""
    made = schema_text("rewrite", "about", RULE)

    assert made.endswith("}\n")
