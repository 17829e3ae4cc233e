"""Where words begin and end, what stands between them, and where paragraphs end."""

import itertools
import unicodedata

import pytest
import regex

from normalize.engine.words import breaks, members, word_before

APOSTROPHES = [
    "'",
    "\N{RIGHT SINGLE QUOTATION MARK}",
    "\N{MODIFIER LETTER APOSTROPHE}",
    "\N{LEFT SINGLE QUOTATION MARK}",
    "\N{GRAVE ACCENT}",
    "\N{ACUTE ACCENT}",
]
MODIFIER = "\N{MODIFIER LETTER APOSTROPHE}"
GRAVE = "\N{GRAVE ACCENT}"
each_apostrophe = pytest.mark.parametrize("mark", APOSTROPHES, ids=unicodedata.name)


# --- words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kiev", "Kiev"),
        ("Kiev said", "Kiev"),
        ("Київ.", "Київ"),
        ("Kiev-Lvov", "Kiev"),
        ("Kiev2_x y", "Kiev2_x"),
        ("Kiev'", "Kiev"),
        ("Kiev''s", "Kiev"),
        ("Kie\N{COMBINING ACUTE ACCENT}v x", "Kie\N{COMBINING ACUTE ACCENT}v"),
        ("Kiev\N{COMBINING ACUTE ACCENT}", "Kiev\N{COMBINING ACUTE ACCENT}"),
        ("Kiev\N{EN DASH}x", "Kiev"),
        ("Kiev\N{SOFT HYPHEN}x", "Kiev"),
        ("Kiev\N{ZERO WIDTH SPACE}x", "Kiev"),
        ("Kiev\N{NO-BREAK SPACE}x", "Kiev"),
        ("", ""),
        (" x", ""),
        ("-x", ""),
        ("'x", ""),
    ],
)
def test_word_at(words, text, expected):
    """A word is letters, digits, marks and underscores; nothing else is in it."""
    assert expected == words.at(text, 0)


def test_word_at_a_place(words):
    """The word is looked for at the place given, not before or behind it."""
    assert "Lvov" == words.at("Kiev Lvov Rovno", 5)


@pytest.mark.parametrize(
    "space", [" ", "\n", "\n\n", "\r\r", "\t", "\N{NO-BREAK SPACE}", ", ", "Lvov "]
)
def test_word_before_a_place(space):
    """Any space ends it, so that it is never of the line before."""
    text = f"Kiev{space}said Sergey"

    assert "said" == word_before(text, text.index(" Sergey"))


@each_apostrophe
def test_word_with_an_apostrophe(words, mark):
    """An apostrophe between letters belongs to the word and is given as plain."""
    assert "Slov'yansk" == words.at(f"Slov{mark}yansk.", 0)


@each_apostrophe
@pytest.mark.parametrize("s", ["s", "S"])
def test_word_with_a_possessive(words, mark, s):
    """A possessive s does not belong to the word."""
    assert "Kiev" == words.at(f"Kiev{mark}{s} mayor", 0)


@each_apostrophe
def test_word_with_s_inside(words, mark):
    """An s that is not all that follows the apostrophe belongs to the word."""
    assert 7 == len(words.at(f"Kiev{mark}sk", 0))


# --- edges


@pytest.mark.parametrize(
    "before",
    [
        "",
        " ",
        "-",
        "(",
        "\n",
        "/",
        "\N{EM DASH}",
        "'",
        " '",
        "-'",
        "\N{ZERO WIDTH SPACE}",
    ],
)
def test_begins(words, before):
    """A word begins at the start of the text and behind what is no letter."""
    assert words.begins(f"{before}Kiev", len(before))


@pytest.mark.parametrize(
    "before", ["x", "ж", "7", "_", "\N{COMBINING ACUTE ACCENT}", "e\N{COMBINING TILDE}"]
)
def test_does_not_begin(words, before):
    """No word begins behind a letter, digit, underscore or mark."""
    assert not words.begins(f"{before}Kiev", len(before))


@each_apostrophe
def test_does_not_begin_behind_an_apostrophe(words, mark):
    """An apostrophe behind a letter is one more letter."""
    assert not words.begins(f"O{mark}Kiev", 2)


@each_apostrophe
def test_begins_behind_a_quotation_mark(words, mark):
    """An apostrophe behind a space is a quotation mark."""
    assert words.begins(f"say {mark}Kiev", 5)


@pytest.mark.parametrize(
    "behind",
    [
        "",
        " x",
        "-x",
        ")",
        "\nx",
        "/x",
        "\N{EM DASH}x",
        "'",
        "' x",
        "'-x",
        "\N{SOFT HYPHEN}x",
    ],
)
def test_ends(words, behind):
    """A word ends at the end of the text and before what is no letter."""
    assert words.ends(f"Kiev{behind}", 4)


@pytest.mark.parametrize("behind", ["x", "ж", "7", "_", "\N{COMBINING ACUTE ACCENT}"])
def test_does_not_end(words, behind):
    """No word ends before a letter, digit, underscore or mark."""
    assert not words.ends(f"Kiev{behind}", 4)


@each_apostrophe
def test_does_not_end_before_an_apostrophe(words, mark):
    """An apostrophe before a letter is one more letter."""
    assert not words.ends(f"Kiev{mark}yan", 4)


@each_apostrophe
@pytest.mark.parametrize("behind", ["s", "S", "s ", "s-", "s."])
def test_ends_before_a_possessive(words, mark, behind):
    """A word ends before a possessive s."""
    assert words.ends(f"Kiev{mark}{behind}", 4)


@each_apostrophe
@pytest.mark.parametrize("behind", ["sk", "s1", "s_", "s\N{COMBINING CARON}"])
def test_does_not_end_before_another_s(words, mark, behind):
    """An s that a word goes on behind is no possessive."""
    assert not words.ends(f"Kiev{mark}{behind}", 4)


EDGES = ["x", " ", "'", "s", "-", "\N{COMBINING ACUTE ACCENT}"]


def test_left_edge_agrees_with_begins(words):
    """A pattern begins where a word can begin: the two ways to ask are one."""
    pattern = regex.compile(f"{words.left}Kiev")
    befores = map("".join, itertools.product(EDGES, repeat=2))

    assert [] == [
        before
        for before in befores
        if words.begins(f"{before}Kiev", 2)
        is not bool(pattern.match(f"{before}Kiev", 2))
    ]


@pytest.mark.parametrize("before", [" ", "-", "'"])
def test_left_edge_behind_a_modifier_letter(words, before):
    """A pattern begins behind any quotation mark where a word can begin."""
    found = regex.compile(f"{words.left}Kiev").match(f"{before}{MODIFIER}Kiev", 2)

    assert found


def test_right_edge_agrees_with_ends(words):
    """A pattern ends where a word can end: the two ways to ask are one."""
    pattern = regex.compile(f"Kiev{words.right}")
    behinds = map("".join, itertools.product([*EDGES, MODIFIER], repeat=3))

    assert [] == [
        behind
        for behind in behinds
        if words.ends(f"Kiev{behind}", 4) is not bool(pattern.match(f"Kiev{behind}"))
    ]


@pytest.mark.parametrize("beside", ["x", "'x", "\N{COMBINING ACUTE ACCENT}"])
def test_edge_behind_a_mark(words, beside):
    """Behind a mark of the pattern no word can be cut."""
    assert regex.compile(rf"v\.{words.right}").match(f"v.{beside}")


@pytest.mark.parametrize("beside", ["x", "x'", "\N{COMBINING ACUTE ACCENT}"])
def test_edge_before_a_mark(words, beside):
    """Before a mark of the pattern no word can be cut."""
    pattern = regex.compile(rf"{words.left}\.v")

    assert pattern.match(f"{beside}.v", len(beside))


# --- keys


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Kiev", "kiev"), ("KIEV", "kiev"), ("КИЇВ", "київ"), ("Łódź", "łódź")],
)
def test_fold_takes_case_away(words, word, expected):
    """A word is looked up in small letters."""
    assert expected == words.fold(word)


@each_apostrophe
def test_fold_knows_one_apostrophe(words, mark):
    """A word is looked up with the plain apostrophe."""
    assert "slov'yansk" == words.fold(f"Slov{mark}yansk")


# --- gaps and phrases

GAPS = [
    " ", "  ", "\t", "\n", "\r\n", " \n", "\n ", " \r\n\t", "\N{NO-BREAK SPACE} ",
    "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}",
]  # fmt: skip
NO_GAPS = ["", "-", ",", "\n\n", "\r\n\r\n", "\n \n", "\N{ZERO WIDTH SPACE}", ", "]


@pytest.mark.parametrize("gap", GAPS)
def test_gap(words, gap):
    """A gap is spaces with one line end at most."""
    assert gap == words.gap.match(f"a{gap}b", 1)[0]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \n", " \n \r\n "])
def test_gap_holds_no_blank_line(words, gap):
    """A gap takes one line end and leaves the next."""
    assert words.gap.match(f"a{gap}b", 1)[0] != gap


@pytest.mark.parametrize("gap", GAPS)
def test_phrase_with_a_gap(words, gap):
    """Between the words of a phrase any gap may stand."""
    assert regex.fullmatch(words.phrase("Kiev Oblast"), f"Kiev{gap}Oblast")


@pytest.mark.parametrize("gap", NO_GAPS)
def test_phrase_without_a_gap(words, gap):
    """Between the words of a phrase a gap must stand, and nothing else."""
    assert not regex.fullmatch(words.phrase("Kiev Oblast"), f"Kiev{gap}Oblast")


@pytest.mark.parametrize("spaces", ["  ", "\n", "\t", "\N{NO-BREAK SPACE}"])
def test_phrase_as_typed(words, spaces):
    """How a phrase is spaced in the rule file does not matter."""
    assert words.phrase("Kiev Oblast") == words.phrase(f" Kiev{spaces}Oblast ")


@each_apostrophe
@pytest.mark.parametrize("typed", ["'", "\N{RIGHT SINGLE QUOTATION MARK}"])
def test_phrase_with_an_apostrophe(words, mark, typed):
    """The apostrophe of a phrase stands for all of them."""
    assert regex.fullmatch(words.phrase(f"Kiev{typed}s"), f"Kiev{mark}s")


def test_phrase_is_no_pattern(words):
    """What has a meaning in patterns has none in a phrase."""
    assert not regex.fullmatch(words.phrase("a.c (x) [y]*"), "abc (x) [y]*")


def test_phrase_with_marks(words):
    """Marks in a phrase stand for themselves."""
    assert regex.fullmatch(words.phrase("a.c (x) [y]*"), "a.c (x) [y]*")


# --- classes


def test_members(classes):
    """A class that is one set of listed characters has members."""
    assert frozenset("sS") == members(classes["clitic"])


# --- paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a\nb", []),
        ("a\r\nb", []),
        ("a\rb", []),
        ("a\n\nb", [(1, 3)]),
        ("a\r\n\r\nb", [(1, 5)]),
        ("a\r\rb", [(1, 3)]),
        ("a\n \t\nb", [(1, 5)]),
        ("a\n\N{NO-BREAK SPACE}\nb", [(1, 4)]),
        ("a\n\n\n\nb", [(1, 5)]),
        ("a\n\nb\n\nc", [(1, 3), (4, 6)]),
        ("a \n\n b", [(2, 4)]),
        ("\n\na\n\n", [(0, 2), (3, 5)]),
        ("\n", []),
        (" \n ", []),
        ("a\n\N{ZERO WIDTH SPACE}\nb", []),
    ],
)
def test_breaks(text, expected):
    """A break is a blank line with the line ends around it."""
    assert expected == breaks(text)


def breaks_by_lines(text):
    """The breaks of a text, found line end by line end."""
    ends = []
    i = 0
    while i < len(text):
        width = 2 if text.startswith("\r\n", i) else int(text[i] in "\r\n")
        if width:
            ends.append((i, i + width))
        i += max(width, 1)
    runs = []
    for start, end in ends:
        if runs and not text[runs[-1][-1][1] : start].strip():
            runs[-1].append((start, end))
        else:
            runs.append([(start, end)])
    return [(run[0][0], run[-1][1]) for run in runs if len(run) > 1]


def test_breaks_of_all_small_texts():
    """In every small text the breaks are where two line ends have nothing between."""
    found = (
        "".join(chars)
        for length in range(8)
        for chars in itertools.product("a \n\r", repeat=length)
    )

    assert [] == [text for text in found if breaks_by_lines(text) != breaks(text)]
