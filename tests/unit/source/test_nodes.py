"""YAML text -> nodes: everything is text, every node knows its place."""

import pytest

from normalize.errors import Location, RuleSchemaError, RuleSyntaxError
from normalize.source import nodes
from normalize.source.nodes import Mapping, Sequence, Source, parse, what


def read(text):
    """The root node of a rule file with this text, in which nothing is wrong."""
    root, errors = parse(Source("rules/a.yaml", text))
    assert not errors
    return root


def plain(node):
    """The node as dicts, lists and str."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.items.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value


def error_of(text):
    """The one thing that is wrong with the text."""
    [error] = parse(Source("rules/a.yaml", text))[1]
    return error


def place(error):
    """Line and column that an error points at."""
    return error.at.line, error.at.column


# --- values


@pytest.mark.parametrize(
    "value",
    [
        "no", "yes", "on", "off", "true", "null", "~", "12", "012", "1e3", "0x1F",
        "12:30", "2022-02-24", ".inf", "1_000", "=", "<<",
    ],
)  # fmt: skip
def test_every_plain_value_is_text(value):
    """What YAML would take for a flag, number, date or nothing stays text."""
    assert {"key": value} == plain(read(f"key: {value}"))


def test_keys_are_text_too():
    """A key that looks like a number or a flag is text."""
    assert {"1": "a", "no": "b"} == plain(read("1: a\nno: b"))


@pytest.mark.parametrize("text", ["key:", "key: ''", 'key: ""'])
def test_nothing_is_the_empty_text(text):
    """A key without a value has the empty text as its value."""
    assert {"key": ""} == plain(read(text))


def test_lists_and_fields_nest():
    """Block and flow style give the same nodes."""
    block = "a:\n  - b\n  - c: d\n    e: [f]\n"
    flow = "{a: [b, {c: d, e: [f]}]}"

    assert plain(read(block)) == plain(read(flow))


def test_fields_keep_their_order():
    """Fields stand in the order of the file."""
    assert ["c", "a", "b"] == list(read("c: 1\na: 2\nb: 3").items)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"'a\nb'", r"a\nb"),
        (r'"a\u00ADb"', "a\N{SOFT HYPHEN}b"),
        (r'"\U0001F600"', "\N{GRINNING FACE}"),
        ("'it''s'", "it's"),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">-\n  a\n  b\n", "a b"),
    ],
    ids=["single", "double", "astral", "quote", "literal", "folded"],
)
def test_quoting(text, value):
    """Quotes, escapes and blocks are read as YAML says."""
    assert {"key": value} == plain(read(f"key: {text}"))


def test_alias_repeats_its_anchor():
    """A value may be named and used again."""
    assert {"a": ["x"], "b": ["x"]} == plain(read("a: &name [x]\nb: *name"))


def test_alias_of_a_text():
    """A single text may be named and used again."""
    assert {"a": "x", "b": "x"} == plain(read("a: &name x\nb: *name"))


def test_merge_key_is_a_plain_field():
    """`<<` has no special meaning, so nothing comes into a rule unseen."""
    assert {"a": {"x": "1"}, "b": {"<<": {"x": "1"}}} == plain(
        read("a: &name {x: 1}\nb: {<<: *name}")
    )


def test_comments_are_left_out():
    """A comment is no value."""
    assert {"a": "b"} == plain(read("# first\na: b # second\n# third"))


# --- places


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a: b", "a", (1, 4, 1)),
        ("a:   'bcd'", "a", (1, 6, 5)),
        ("# x\n\na:\n  b", "a", (4, 3, 1)),
        ("a: [b, cd]", "a", (1, 4, 1)),
        ("ж: 😀", "ж", (1, 4, 1)),
        ("'жжж':  'їй'", "жжж", (1, 9, 4)),
        ("a: b\r\nc: d\r\ne: f", "e", (3, 4, 1)),
        ("a: |\n  xx\n  yy\n", "a", (1, 4, 1)),
    ],
    ids=[
        "plain", "quoted", "own-line", "list", "astral", "cyrillic", "windows", "block",
    ],
)  # fmt: skip
def test_place_of_a_value(text, path, expected):
    """A value begins at a line and column, counted in code points from 1."""
    node = read(text).items[path][1]

    assert expected == (node.line, node.column, node.width)


def test_place_of_a_key():
    """A key has a place of its own."""
    key = read("a: b\nlong key: c").items["long key"][0]

    assert (2, 1, 8) == (key.line, key.column, key.width)


def test_place_names_the_file():
    """The place of a node holds the path under which the file is shown."""
    assert Location("rules/a.yaml", 2, 4) == read("a: b\nc: d").items["c"][1].at


@pytest.mark.parametrize(
    ("text", "style"),
    [("a: b", ""), ("a: 'b'", "'"), ('a: "b"', '"'), ("a: |\n  b", "")],
)
def test_quotes_are_known(text, style):
    """A value knows the quotation mark around it."""
    assert style == read(text).items["a"][1].style


@pytest.mark.parametrize(
    ("text", "index", "expected"),
    [
        ("bcd", 2, 2),
        ("'bcd'", 0, 1),
        ("'bcd'", 2, 3),
        ("'b''c'", 1, 2),
        ("'b''c'", 2, 4),
        (r"'b\nc'", 2, 3),
        (r'"b\nc"', 2, 4),
        (r'"\u00ADb"', 1, 7),
        (r'"\x41\U0001F600b"', 2, 15),
        (r'"b\"c"', 2, 4),
        ('"жї😀b"', 3, 4),
    ],
)
def test_place_of_a_character(text, index, expected):
    """A character of a value is found in the file, whatever stands for it there."""
    assert expected == read(f"a: {text}").items["a"][1].shift_of(index)


@pytest.mark.parametrize("text", ["|\n  b\n  c", "b\n  c", "'b\n  c'"])
def test_place_of_a_character_in_several_lines(text):
    """In a value over several lines the place of a character is not known."""
    assert read(f"a: {text}").items["a"][1].shift_of(2) is None


def test_error_at_a_node():
    """An error of a node has its place, line and width."""
    node = read("a: b\nkey: value").items["key"][1]
    error = node.error("wrong", kind=RuleSchemaError, hint="mend it")

    assert (Location("rules/a.yaml", 2, 6), "key: value", 5, "mend it") == (
        error.at,
        error.line_text,
        error.width,
        error.hint,
    )


@pytest.mark.parametrize("shift", [0, 3, 4])
def test_error_inside_a_node(shift):
    """An error may point at one character inside a value."""
    error = read("key: value").items["key"][1].error("wrong", shift=shift)

    assert (6 + shift, 1) == (error.at.column, error.width)


@pytest.mark.parametrize("shift", [None, -1, 5, 99])
def test_error_at_a_whole_node(shift):
    """An error whose place is not known, or not in the value, points at all of it."""
    error = read("key: value").items["key"][1].error("wrong", shift=shift)

    assert (6, 5) == (error.at.column, error.width)


def test_error_has_the_kind_asked_for():
    """An error is a syntax error unless another kind is named."""
    node = read("a")

    assert [RuleSyntaxError, RuleSchemaError] == [
        type(node.error("wrong")),
        type(node.error("wrong", kind=RuleSchemaError)),
    ]


@pytest.mark.parametrize(
    ("number", "expected"), [(0, ""), (1, "a"), (2, ""), (3, "c"), (4, ""), (-1, "")]
)
def test_line_of_a_source(number, expected):
    """Lines are counted from 1, and one that is not there is empty."""
    assert expected == Source("a.yaml", "a\r\n\r\nc").line(number)


@pytest.mark.parametrize(
    ("text", "expected"), [("a", "'a'"), ("[a]", "a list"), ("{a: b}", "fields")]
)
def test_what_stands_there(text, expected):
    """Messages call things what their author would."""
    assert expected == what(read(text))


# --- errors


def test_repeated_field():
    """A field that is there twice is an error at the second one."""
    error = error_of("a:\n  x: 1\n  y: 2\n  x: 3\n")

    assert ((4, 3), "field 'x' is there twice, first in line 2") == (
        place(error),
        error.message,
    )


def test_all_repeated_fields_are_told():
    """One field that is there twice does not hide another."""
    _, errors = parse(Source("a.yaml", "a: 1\nb: 2\na: 3\nb: 4\na: 5"))

    assert [3, 4, 5] == [error.at.line for error in errors]


def test_first_of_repeated_fields_counts():
    """Of a field that is there twice the first is read, so that reading can go on."""
    root, _ = parse(Source("a.yaml", "a: 1\na: 2\nb: 3"))

    assert {"a": "1", "b": "3"} == plain(root)


def test_repeated_field_in_different_quotes():
    """Quotes make no different field."""
    assert (1, 8) == place(error_of("{x: 1, 'x': 2}"))


def test_same_field_of_two_rules():
    """Two rules may have the same fields."""
    assert [{"x": "1"}, {"x": "2"}] == plain(read("- x: 1\n- x: 2"))


@pytest.mark.parametrize(
    "value", ["!!int 12", "!!python/object:os.system x", "!own x", "!!str x", "! x"]
)
def test_tags_are_refused(value):
    """No tag is read, whatever it says."""
    assert (1, 4) == place(error_of(f"a: {value}"))


@pytest.mark.parametrize("value", ["!!set {x}", "!!seq [x]"])
def test_tags_of_collections_are_refused(value):
    """A tag before a list or fields is refused as well."""
    assert (1, 4) == place(error_of(f"a: {value}"))


def test_alias_without_anchor():
    """A name that was not given is an error where it is used."""
    error = error_of("a: b\nc: *name")

    assert ((2, 4), "'*name' has no '&name' before it") == (place(error), error.message)


def test_alias_inside_its_anchor():
    """A value can't hold itself."""
    assert (1, 11) == place(error_of("a: &name [*name]"))


@pytest.mark.parametrize("key", ["[a]", "{a: b}"])
def test_field_name_that_is_no_text(key):
    """A list or fields can't be a field name."""
    assert "a field name must be plain text" == error_of(f"? {key}\n: x").message


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_empty_file(text):
    """A file without a value is an error with advice."""
    error = error_of(text)

    assert ("the file is empty", "a rule file begins with 'kind:'") == (
        error.message,
        error.hint,
    )


def test_second_document():
    """A rule file is one document; the error points at the second."""
    assert (2, 1) == place(error_of("a: b\n---\nc: d"))


def test_first_document_may_be_marked():
    """The mark before the one document is allowed."""
    assert {"a": "b"} == plain(read("---\na: b\n...\n"))


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: b\n\tc: d", 2), ("a: b: c", 1), ("a: b\n- c", 2)],
    ids=["tab", "two-colons", "fields-and-list"],
)
def test_what_is_no_yaml(text, line):
    """A file that is no YAML is an error at the line that is wrong."""
    assert line == error_of(text).at.line


@pytest.mark.parametrize("text", ["a: [b", "a: {b", "a: 'b\nc: d", "a: 'ї\nc: д\n"])
def test_what_is_never_closed(text):
    """A bracket or quote that is never closed is told where it opens."""
    error = error_of(text)

    assert ("rules/a.yaml", 1, 4) == (error.at.path, error.at.line, error.at.column)
    assert str(error.hint).startswith("close ")


def test_message_of_what_is_no_yaml():
    """The message begins with what is wrong in the words of rule authors."""
    assert error_of("a: b: c").message.startswith("not YAML: ")


@pytest.mark.parametrize(
    ("text", "place", "advice"),
    [
        ("a: b: c", (1, 5), "quote a value that holds ': '"),
        ("a:\n\tb: c", (2, 1), "indent with spaces"),
        ("a: *b c", (1, 4), "quote the value if it begins with '*'"),
        ("a: & b", (1, 5), "quote the value if it begins with '&'"),
        ("a: [b}", (1, 6), "close every '[' and '{'"),
    ],
    ids=["colon", "tab", "alias", "anchor", "wrong bracket"],
)
def test_advice_of_what_is_no_yaml(text, place, advice):
    """What is no YAML is told at the mark that is wrong, with what to do about it."""
    error = error_of(text)

    assert place == (error.at.line, error.at.column)
    assert str(error.hint).startswith(advice)


def test_line_of_a_control_character():
    """A character that YAML does not allow is told with its line."""
    assert 2 == error_of("a: b\nc: \x07\nd: e\n").at.line


def test_line_of_a_control_character_behind_cyrillic():
    """Letters of two bytes do not move the line of an error."""
    text = f"a: {'ж' * 20}\nb: \x07\nc: d\ne: f\n"

    assert 2 == error_of(text).at.line


def test_name_of_a_control_character():
    """A character that YAML does not allow is told by its code."""
    assert "U+0007" in error_of("a: \x07").message


def test_hint_for_a_control_character():
    """The hint says how such a character can be written."""
    assert "escape in double quotes" in error_of("a: \x07").hint


# --- limits


def test_deep_nesting():
    """A file that is nested too deep is refused."""
    depth = nodes.MAX_DEPTH + 1

    assert "deeper than" in error_of("[" * depth + "]" * depth).message


def test_nesting_deeper_than_the_parser_goes():
    """The parser has a limit of its own; the author is told ours."""
    assert "deeper than 32 levels" in error_of("[" * 5000).message


def test_nesting_within_the_limit():
    """A file that is nested as deep as allowed is read."""
    depth = nodes.MAX_DEPTH

    assert "[" * depth == str(plain(read("[" * depth + "]" * depth)))[:depth]


def test_many_values(monkeypatch):
    """A file with too many values is refused."""
    monkeypatch.setattr(nodes, "MAX_NODES", 10)

    assert "over 10 values" in error_of(f"[{'x, ' * 10}]").message


def test_as_many_values_as_allowed(monkeypatch):
    """The list counts as one value, each text as one."""
    monkeypatch.setattr(nodes, "MAX_NODES", 11)

    assert 10 == len(read(f"[{'x, ' * 10}]").items)


def test_values_multiplied_by_aliases(monkeypatch):
    """Values that aliases repeat count each time, so a small file can't explode."""
    monkeypatch.setattr(nodes, "MAX_NODES", 1000)
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{f'*a{i - 1}, ' * 10}]" for i in range(1, 8)]

    assert "over 1000 values" in error_of("\n".join(lines)).message


def test_large_file(monkeypatch):
    """A file that is too large is refused before it is read."""
    monkeypatch.setattr(nodes, "MAX_BYTES", 10)

    assert "over 10 characters" in error_of("a: 'not closed").message
