"""The pattern language: what each construct matches, and what is refused."""

import string
import unicodedata

import pytest
import regex

from normalize.engine.analysis import emit
from normalize.engine.patterns import (
    Alt,
    At,
    Chars,
    Group,
    Look,
    PatternError,
    Repeat,
    Seq,
    literal,
    parse,
)

CLASSES = {
    "vowel": parse("[aeiou]", {}),
    "dash": parse("-", {}),
    "open": parse("[^a]", {}),
    "ending": parse("ed|ing", {}),
}


def matcher(pattern):
    """The compiled form of a pattern, as the engine compiles it."""
    flags = regex.VERSION0 | regex.MULTILINE
    return regex.compile(emit(parse(pattern, CLASSES)), flags)


def fits(pattern, text):
    """Whether the whole text is a match of the pattern."""
    return matcher(pattern).fullmatch(text) is not None


def error_of(pattern):
    """The error that parsing the pattern raises."""
    with pytest.raises(PatternError) as caught:
        parse(pattern, CLASSES)
    return caught.value


# --- what patterns match


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("Kiev", "Kiev"),
        ("Київ", "Київ"),
        ("a|b", "b"),
        ("a|", ""),
        ("(a|b)c", "bc"),
        ("(?:a|b)c", "ac"),
        ("(?<name>a|b)c", "bc"),
        ("(?P<name>a|b)c", "ac"),
        ("ab?", "a"),
        ("ab*", "abbb"),
        ("ab+", "abb"),
        ("a{3}", "aaa"),
        ("a{2,}", "aaaa"),
        ("a{2,3}", "aaa"),
        ("(ab){2}", "abab"),
        ("(a|bc){2}", "bca"),
        ("a{vowel}", "ae"),
        ("(walk){ending}", "walking"),
        ("{ending}{2}", "eding"),
        ("[abc]", "b"),
        ("[a-c]", "b"),
        ("[^a-c]", "d"),
        ("[a-]", "-"),
        ("[-a]", "-"),
        ("[a\\-c]", "-"),
        ("[a\\]b]", "]"),
        ("[{vowel}x]", "e"),
        ("[{dash}x]", "-"),
        ("[{]", "{"),
        ("[a{2}]", "2"),
        ("[.*+?|()^$]", "."),
        ("[a&&b]", "&"),
        ("[a||b]", "|"),
        ("[[]", "["),
        ("\\d\\D", "1x"),
        ("\\s\\S", " x"),
        ("\\w\\W", "ж "),
        ("\\w", "\N{COMBINING ACUTE ACCENT}"),
        ("[\\d\\s]", "7"),
        ("\\.\\*\\[\\{\\}\\(\\)\\|\\\\", ".*[{}()|\\"),
        ("\\n\\t\\r", "\n\t\r"),
        ("\\x41\\u00AD", "A\N{SOFT HYPHEN}"),
        ("\\U0001F600", "\N{GRINNING FACE}"),
        ("\\N{SOFT HYPHEN}", "\N{SOFT HYPHEN}"),
        ("[\\N{EN DASH}-\\N{EM DASH}]", "\N{EM DASH}"),
        ("\\p{Cyrillic}\\P{Cyrillic}", "жa"),
        ("[\\p{Lu}7]{2}", "Ж7"),
        ("[^\\p{Lu}]", "ж"),
        (".", "x"),
        ("a}", "a}"),
        ("a]", "a]"),
        ("a-b", "a-b"),
        ("a b", "a b"),
        ("#x", "#x"),
        ("a{2,3}+", "aaa"),
        ("(?=ab)a(?!c)b", "ab"),
        ("a(?<=a)(?<!b)c", "ac"),
        ("^a$", "a"),
        ("\\ba\\b", "a"),
        ("a\\Ba", "aa"),
    ],
)  # fmt: skip
def test_match(pattern, text):
    """The whole of the text is a match."""
    assert fits(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("Kiev", "kiev"),
        ("a.c", "a\nc"),
        (".", "\n"),
        ("[^a-c]", "b"),
        ("\\d", "\N{ARABIC-INDIC DIGIT THREE}"),
        ("\\D", "5"),
        ("\\s", "\N{ZERO WIDTH SPACE}"),
        ("\\s", "\x1f"),
        ("\\w", "-"),
        ("\\W", "\N{COMBINING ACUTE ACCENT}"),
        ("a{2,3}", "a"),
        ("a{2,3}", "aaaa"),
        ("[{vowel}]", "v"),
        ("{dash}", "dash"),
        ("a++a", "aaa"),
        ("\\.", "x"),
        ("[^\\S\\n]", "\n"),
    ],
)
def test_no_match(pattern, text):
    """The text is no match."""
    assert not fits(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("[\\S]", "x", True),
        ("[\\S]", " ", False),
        ("[\\D]", "x", True),
        ("[\\D]", "5", False),
        ("[\\W]", "-", True),
        ("[\\W]", "x", False),
        ("[^\\S\\n]", " ", True),
        ("[^\\S\\n]", "x", False),
        ("[\\S\\n]", "x", True),
    ],
)
def test_negated_class_in_a_set(pattern, text, expected):
    """A negated class keeps its meaning between square brackets."""
    assert expected is fits(pattern, text)


@pytest.mark.parametrize("pattern", ["[aa]", "[a\\x61]", "[a-aa]"])
def test_character_twice_in_a_set(pattern):
    """A set matches one character, however often it is listed."""
    assert fits(pattern, "a")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("a+", "aaa"), ("a+?", "a"), ("a{1,2}", "aa"), ("a{1,2}?", "a"), ("a??a", "a")],
)
def test_greed(pattern, expected):
    """A repeat takes as much as it can, with a question mark as little."""
    assert expected == matcher(pattern).match("aaa")[0]


UNIX = pytest.param("\n", id="unix")
WINDOWS = pytest.param("\r\n", id="windows")


@pytest.mark.parametrize("end", [UNIX, WINDOWS])
def test_dollar_is_the_end_of_a_line(end):
    """$ holds before every line end."""
    assert matcher("a$").search(f"xa{end}b") is not None


@pytest.mark.parametrize("end", [UNIX, WINDOWS])
def test_caret_is_the_start_of_a_line(end):
    """^ holds behind every line end."""
    assert matcher("^b").search(f"a{end}b") is not None


@pytest.mark.parametrize("end", [UNIX, WINDOWS])
def test_dot_stops_at_the_end_of_a_line(end):
    """A dot takes no part of a line end."""
    assert "ab" == matcher("a.*").search(f"ab{end}c")[0]


def test_dollar_inside_a_line():
    """$ does not hold inside a line."""
    assert matcher("a$").search("ab\nc") is None


def test_plain_group_does_not_capture():
    """Only a named group can be referred to."""
    assert {"b": 1} == dict(matcher("(a)(?<b>b)").groupindex)


def test_listed_white_space_is_that_of_the_matcher():
    r"""What the tree lists for \s is what the compiled pattern matches."""
    listed = parse(r"\s", {}).members
    matched = set(regex.findall(r"\s", "".join(map(chr, range(0x110000)))))

    assert matched == listed


# --- trees


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("ab", literal("ab")),
        ("a|b", Alt((parse("a", {}), parse("b", {})))),
        ("a*", Repeat(parse("a", {}), 0, None)),
        ("a{2,5}?", Repeat(parse("a", {}), 2, 5, "?")),
        ("a?+", Repeat(parse("a", {}), 0, 1, "+")),
        ("(?<n>a)", Group("n", parse("a", {}))),
        ("(?!a)", Look(parse("a", {}), behind=False, negated=True)),
        ("(?<=a)", Look(parse("a", {}), behind=True, negated=False)),
        ("^", At("^")),
        ("", Seq(())),
    ],
)
def test_tree(pattern, expected):
    """Each construct has a node of its own."""
    assert expected == parse(pattern, {})


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a", "a"),
        ("[abc]", "abc"),
        ("[a-e]", "abcde"),
        ("[{vowel}y]", "aeiouy"),
        ("\\d", "0123456789"),
        ("[\\d.]", "0123456789."),
        ("[\\N{EN DASH}\\u002D]", "\N{EN DASH}-"),
    ],
)
def test_members(pattern, expected):
    """A set that lists its characters knows them."""
    assert frozenset(expected) == parse(pattern, CLASSES).members


@pytest.mark.parametrize(
    "pattern",
    ["[^a]", ".", "\\w", "\\D", "\\p{L}", "[a\\p{L}]", "[\\x00-\\uFFFF]", "[a\\D]"],
)
def test_open_sets(pattern):
    """A set that is negated, a property or large does not list its characters."""
    assert parse(pattern, CLASSES).members is None


def test_single_character_is_a_set_of_one():
    """The tree of a character is the set that holds it."""
    assert isinstance(parse("a", {}), Chars)


# --- what is refused


@pytest.mark.parametrize(
    ("pattern", "offset"),
    [
        ("a)b", 1),
        ("(a", 0),
        ("x(?:a", 1),
        ("(?<n>a", 0),
        ("(?>a)", 0),
        ("(?i)a", 0),
        ("(?#a)", 0),
        ("[a", 0),
        ("x[", 1),
        ("x[]", 1),
        ("[]a]", 0),
        ("[^]", 0),
        ("*a", 0),
        ("a|*", 2),
        ("(+a)", 1),
        ("a**", 2),
        ("a{2}{3}", 4),
        ("a+*", 2),
        ("^*", 1),
        ("(?=a)+", 5),
        ("\\b?", 2),
        ("a{3,2}", 1),
        ("a{1001}", 1),
        ("a{0,1001}", 1),
        ("a{", 1),
        ("a{ 2}", 1),
        ("a{,3}", 1),
        ("{nothing}", 0),
        ("x{nothing}", 1),
        ("[x{nothing}]", 2),
        ("[{ending}]", 1),
        ("[{open}]", 1),
        ("[z-a]", 1),
        ("[a-\\d]", 1),
        ("[\\d-z]", 1),
        ("a\\", 1),
        ("a\\q", 1),
        ("\\1", 0),
        ("\\A", 0),
        ("[\\b]", 1),
        ("\\N{NO SUCH CHARACTER}", 0),
        ("x\\N{}", 1),
        ("\\N", 0),
        ("\\xZZ", 0),
        ("\\x", 0),
        ("\\U00110000", 0),
        ("\\p{Nonsense}", 0),
    ],
)
def test_refused(pattern, offset, within):
    """What is no pattern is an error at the character that is wrong."""
    with within(1):
        assert offset == error_of(pattern).offset


@pytest.mark.parametrize("pattern", ["\\N{SOFT HYPHENx", "[\\N{SOFT HYPHEN]"])
def test_name_that_is_never_closed(pattern, within):
    """A character name without its closing brace is an error."""
    with within(0.1):
        assert error_of(pattern)


@pytest.mark.parametrize("pattern", ["\\p", "\\pL", "x\\p{Latin", "[\\p{Latin]"])
def test_property_that_is_never_closed(pattern, within):
    """A property without its braces is an error."""
    with within(0.1):
        assert error_of(pattern)


@pytest.mark.parametrize("pattern", ["\\x4", "\\u416", "\\U1F600", "\\u 416", "\\x+4"])
def test_code_of_too_few_digits(pattern):
    r"""\x takes two digits, \u four, \U eight, and nothing but digits."""
    assert error_of(pattern)


def test_code_of_a_surrogate():
    """A surrogate is no character, so its code is an error."""
    assert error_of(r"\uD800")


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("a)", "')' without '('"),
        ("(a", "'(' is not closed"),
        ("[a", "'[' is not closed"),
        ("*", "nothing before '*' to repeat"),
        ("\\q", "unknown escape '\\q'"),
        ("\\", "a lone '\\' at the end"),
        ("{vowels}", "unknown class {vowels}"),
    ],
)
def test_message(pattern, message):
    """The message says what is wrong in the terms of who wrote the pattern."""
    assert message == error_of(pattern).message


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("{vowels}", "did you mean 'vowel'?"),
        ("a{x", "write \\{ for the character itself"),
        ("\\", "write \\\\ for a backslash"),
        ("[]", "write \\] for the character itself"),
        ("a**", "put it in a group"),
    ],
)
def test_hint(pattern, hint):
    """The hint says what to write instead."""
    assert hint == error_of(pattern).hint


def test_deep_groups():
    """Groups nested beyond all sense are refused, not a crash."""
    assert "deeper than 50" in error_of("(" * 5000 + ")" * 5000).message


def test_groups_within_the_limit():
    """Groups nested fifty deep are read."""
    assert fits("(" * 50 + "a" + ")" * 50, "a")


def test_groups_in_a_row():
    """The limit is on depth, not on number."""
    assert fits("(a)" * 200, "a" * 200)


@pytest.mark.parametrize("char", string.punctuation + " ")
def test_escaped_mark(char):
    """A backslash before a mark or space stands for that mark."""
    assert fits("\\" + char, char)


@pytest.mark.parametrize(
    "char", sorted(set(string.ascii_letters + string.digits) - set("bBdDsSwWntrpPNxuU"))
)
def test_escaped_letter(char):
    """A backslash before a letter or digit without a meaning of its own is an error."""
    assert f"unknown escape '\\{char}'" == error_of("\\" + char).message


@pytest.mark.parametrize(
    "char",
    [
        "\N{NO-BREAK SPACE}",
        "\N{SOFT HYPHEN}",
        "\N{COMBINING ACUTE ACCENT}",
        "\N{GRINNING FACE}",
        "\N{RIGHT SINGLE QUOTATION MARK}",
    ],
    ids=unicodedata.name,
)
@pytest.mark.parametrize("form", ["{}", "[{}]", "[x{}]"])
def test_other_characters_stand_for_themselves(form, char):
    """Characters beyond ASCII have no special meaning, in sets or outside."""
    assert fits(form.replace("{}", char), char)
