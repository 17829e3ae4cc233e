"""The error tree, its texts, and how a place in a rule file is drawn."""

import pickle

import pytest

from normalize.errors import (
    SHOWN,
    DecodeError,
    InputError,
    Location,
    NormalizeError,
    OptionError,
    RuleConflictError,
    RuleError,
    RuleErrors,
    RulePathError,
    RulePatternError,
    RuleReferenceError,
    RuleSchemaError,
    RuleSyntaxError,
    UnknownNameError,
    closest,
    draw_caret,
    suggestion,
)

AT = Location("rules/a.yaml", 14, 5)
KINDS_OF_RULE_ERROR = [
    RuleSyntaxError,
    RuleSchemaError,
    RulePatternError,
    RuleReferenceError,
    RuleConflictError,
]


def test_location_reads_like_a_compiler_message():
    """A place is written path:line:column, as editors understand it."""
    assert "rules/a.yaml:14:5" == str(AT)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (Location("a", 9, 9), Location("b", 1, 1)),
        (Location("a", 9, 9), Location("a", 10, 1)),
        (Location("a", 9, 9), Location("a", 9, 10)),
    ],
)
def test_locations_are_ordered_by_path_line_and_column(earlier, later):
    """Numbers of a place are compared as numbers, and the path comes first."""
    assert [earlier, later] == sorted([later, earlier])


@pytest.mark.parametrize("kind", KINDS_OF_RULE_ERROR)
def test_every_rule_error_is_a_rule_error(kind):
    """One handler catches whatever is wrong in a rule file."""
    assert issubclass(kind, RuleError)


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (RuleError, ValueError),
        (RuleErrors, ValueError),
        (RulePathError, OSError),
        (OptionError, ValueError),
        (UnknownNameError, LookupError),
    ],
)
def test_ordinary_handlers_work(kind, builtin):
    """An error that has a counterpart among the built-in ones is one of those."""
    assert issubclass(kind, builtin)


@pytest.mark.parametrize(
    "kind",
    [RuleError, RuleErrors, RulePathError, UnknownNameError, OptionError, InputError],
)
def test_all_errors_have_one_base(kind):
    """One handler catches every error that the package raises on purpose."""
    assert issubclass(kind, NormalizeError)


def test_decode_error_is_an_input_error():
    """Bytes in a wrong encoding are a case of input that can't be processed."""
    assert issubclass(DecodeError, InputError)


def test_hint_follows_the_message():
    """A hint stands in a line of its own."""
    assert "no such thing\nhint: try another" == str(
        NormalizeError("no such thing", hint="try another")
    )


def test_no_hint_no_line():
    """Without a hint the message is all there is."""
    assert "no such thing" == str(NormalizeError("no such thing"))


def test_rule_error_draws_its_place():
    """The error shows the line of the file, a caret and the hint."""
    error = RuleSchemaError(
        "unknown field 'varients' in rule 'kilometre'",
        at=AT,
        line_text="    varients: [km, kms]",
        width=8,
        hint="did you mean 'variants'?",
    )

    expected = (
        "rules/a.yaml:14:5: unknown field 'varients' in rule 'kilometre'\n"
        "   |\n"
        "14 |     varients: [km, kms]\n"
        "   |     ^^^^^^^^\n"
        "hint: did you mean 'variants'?"
    )
    assert expected == str(error)


@pytest.mark.parametrize("line", ["", "   ", "\t"])
def test_rule_error_without_a_line_draws_nothing(line):
    """Where the line is empty there is nothing to point at."""
    error = RuleError("something", at=AT, line_text=line)

    assert "rules/a.yaml:14:5: something" == str(error)


def test_rule_error_keeps_its_facts():
    """What the text of an error is made of can be asked for."""
    error = RuleError("something", at=AT, line_text="x: y", width=4, hint="do")

    assert (AT, "something", "x: y", 4, "do") == (
        error.at,
        error.message,
        error.line_text,
        error.width,
        error.hint,
    )


# --- carets


@pytest.mark.parametrize(
    ("line", "column", "width", "carets"),
    [
        ("abcdef", 1, 3, "^^^"),
        ("abcdef", 3, 2, "  ^^"),
        ("abcdef", 4, 99, "   ^^^"),
        ("abcdef", 4, 0, "   ^"),
        ("abcdef", 7, 3, "      ^"),
        ("\tabc", 2, 3, "\t^^^"),
    ],
    ids=["start", "inside", "too-wide", "no-width", "behind-the-end", "tab"],
)
def test_caret_stands_under_the_place(line, column, width, carets):
    """Carets underline the place, one at least, none behind the line."""
    drawn = draw_caret(line, Location("a", 1, column), width)

    assert f"  | {carets}" == drawn[2]


@pytest.mark.parametrize(
    ("line", "column", "shown", "carets"),
    [
        ("a" * SHOWN, SHOWN, "a" * SHOWN, " " * (SHOWN - 1) + "^"),
        ("a" * 999, 1, "a" * (SHOWN - 1) + "\N{HORIZONTAL ELLIPSIS}", "^^"),
        (
            "a" * 500 + "b" + "a" * 500,
            501,
            "\N{HORIZONTAL ELLIPSIS}" + "a" * (SHOWN // 2 - 1) + "b"
            + "a" * (SHOWN // 2 - 2) + "\N{HORIZONTAL ELLIPSIS}",
            " " * (SHOWN // 2) + "^^",
        ),
        (
            "a" * 999, 999,
            "\N{HORIZONTAL ELLIPSIS}" + "a" * (SHOWN // 2),
            " " * (SHOWN // 2) + "^",
        ),
    ],
    ids=["short", "begin", "middle", "end"],
)  # fmt: skip
def test_a_very_long_line_is_cut_around_the_place(line, column, shown, carets):
    """A line of a megabyte does not fill the screen, and the caret stays in place."""
    drawn = draw_caret(line, Location("a", 1, column), 2)

    assert [f"1 | {shown}", f"  | {carets}"] == drawn[1:]


def test_gutter_is_as_wide_as_the_number():
    """The bars stand in one column whatever the line number."""
    drawn = draw_caret("x", Location("a", 1234), 1)

    assert ["     |", "1234 | x", "     | ^"] == drawn


@pytest.mark.parametrize(
    "char",
    ["\N{ZERO WIDTH SPACE}", "\N{SOFT HYPHEN}", "\N{NO-BREAK SPACE}", "\x07", "\x1b"],
    ids=["zero-width", "soft-hyphen", "no-break", "bell", "escape"],
)
def test_unseen_characters_are_shown(char):
    """A character that can't be seen, or that acts on a terminal, is a dot."""
    drawn = draw_caret(f"a{char}b", Location("a", 1), 1)

    assert "1 | a\N{MIDDLE DOT}b" == drawn[1]


def test_cyrillic_is_shown_as_it_is():
    """Letters of every script can be seen and are left."""
    drawn = draw_caret("uk: Київ", Location("a", 1), 1)

    assert "1 | uk: Київ" == drawn[1]


# --- groups of errors


def test_errors_are_ordered_by_place():
    """The errors of a load come in the order of files and lines."""
    places = [Location("b", 1), Location("a", 10), Location("a", 9)]
    errors = RuleErrors(RuleError("x", at=at) for at in places)

    assert [Location("a", 9), Location("a", 10), Location("b", 1)] == [
        error.at for error in errors.errors
    ]


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "1 problem in rule files"), (2, "2 problems in rule files")],
)
def test_errors_are_counted(count, expected):
    """The message of a group counts its errors."""
    errors = RuleErrors([RuleError("x", at=AT)] * count)

    assert expected == errors.message


def test_errors_are_all_told():
    """The text of a group holds the text of each error and ends with the count."""
    first = RuleError("one", at=Location("a", 1))
    second = RuleError("two", at=Location("a", 2))

    assert "a:1:1: one\n\na:2:1: two\n\n2 problems in rule files" == str(
        RuleErrors([second, first])
    )


# --- unknown names


def test_unknown_name_suggests():
    """A name that is nearly right is answered with the right one."""
    error = UnknownNameError("profile", "new-en", ["news-en", "names-en", "x"])

    assert "unknown profile 'new-en'\nhint: did you mean 'news-en' or 'names-en'?" == (
        str(error)
    )


def test_unknown_name_keeps_its_facts():
    """The name, the known ones and the close ones can be asked for."""
    error = UnknownNameError("profile", "newsen", ["news-en", "x"])

    assert ("newsen", ("news-en", "x"), ("news-en",)) == (
        error.name,
        error.known,
        error.close_matches,
    )


def test_close_names_are_three_at_most():
    """More than three suggestions help nobody."""
    known = ["name-a", "name-b", "name-c", "name-d"]

    assert 3 == len(closest("name-x", known))


def test_close_names_need_likeness():
    """A name of other letters is not suggested."""
    assert () == closest("kyiv", ["odesa", "lutsk"])


def test_best_name_comes_first():
    """The name that is spelled most alike comes first."""
    assert "variants" == closest("varients", ["values", "variant-x", "variants"])[0]


def test_suggestion_names_a_name_once():
    """What is known twice over is proposed once."""
    assert "did you mean 'apple'?" == suggestion("aple", ["apple", "apple", "pear"])


def test_suggestion_lists_few_names():
    """When nothing is close, the names are listed, in order of the alphabet."""
    assert "known: apple, pear" == suggestion("zzz", ["pear", "apple"])


@pytest.mark.parametrize("known", [[], [f"name{i}" for i in range(25)]])
def test_suggestion_of_nothing_or_of_too_many(known):
    """With no names, or with more than anybody reads, there is no hint."""
    assert suggestion("zzz", known) is None


def test_input_error_keeps_path_and_offset():
    """Where a text could not be processed can be asked for."""
    error = InputError("bad", path="a.txt", offset=7)

    assert ("a.txt", 7) == (error.path, error.offset)


@pytest.mark.parametrize(
    "error",
    [
        NormalizeError("wrong", hint="mend it"),
        *(kind("wrong", at=AT, line_text="a: [b]") for kind in KINDS_OF_RULE_ERROR),
        RuleErrors([RuleSchemaError("wrong", at=AT, line_text="    [b]", width=3)] * 2),
        RulePathError("not there"),
        UnknownNameError("profile", "news-em", ["news-en"]),
        OptionError("no such option"),
        InputError("not read", path="a.txt", offset=7),
        DecodeError("not UTF-8", path="a.txt", offset=7),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_come_back_from_other_processes(error):
    """A pickled error has the type, the message and all that it knew."""
    copy = pickle.loads(pickle.dumps(error))

    assert type(error) is type(copy)
    assert str(error) == str(copy)
    assert error.hint == copy.hint
    assert vars(error).keys() == vars(copy).keys()
