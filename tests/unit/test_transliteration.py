"""Transliteration as its users call it: words, case, options, back, candidates."""

from __future__ import annotations

import pickle

import pytest

from normalize import (
    InputError,
    OptionError,
    Romanizer,
    UnknownNameError,
    identify,
    load,
    reverse_candidates,
    systems,
    transliterate,
    variants,
)
from normalize.spans import splice

KMU = "uk-kmu-2010"


def kmu(text, **options):
    """The text by the national system of 2010."""
    return transliterate(text, KMU, **options)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("'жук'", "'zhuk'"),
        ("«Щ»", "«Shch»"),
        ("Нью-Йорк", "Niu-York"),
        ("Короп'є Короп’є", "Koropie Koropie"),
        ("об`єкт", "ob`yekt"),
        ("є/є", "ye/ye"),
        ("2-й 5є", "2-y 5ye"),
        ("ії_ї", "ii_yi"),
        ("д'є’", "die’"),
        ("ПЄ’Є", "PIEIE"),
        ("ст.it’s", "st.it’s"),
    ],
)
def test_what_a_word_is(source, expected):
    """Letters with apostrophes between them; a hyphen, slash or digit ends one."""
    assert expected == kmu(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Я", "Ya"),
        ("Я іду", "Ya idu"),
        ("Це Я", "Tse Ya"),
        ("ОСЬ Я", "OS YA"),
        ("Я ТУТ", "YA TUT"),
        ("ТУТ Я І ВІН", "TUT YA I VIN"),
        ("ООН. Я кажу", "OON. Ya kazhu"),
        ("НІ\nЯ", "NI\nYa"),
        ("Ю. Я. Щур", "Yu. Ya. Shchur"),
        ("Щ Щ", "Shch Shch"),
        ("ЩЬ", "SHCH"),
        ("Щь", "Shch"),
        ("ЩЕрбина", "SHCHErbyna"),
        ("зГ", "zgh"),
        ("МАЩ", "MASHCH"),
    ],
)
def test_the_case_of_one_letter_that_gives_several(source, expected):
    """The next cased letter tells, then the one before, then the words beside it."""
    assert expected == kmu(source)


def test_a_lone_capital_can_be_told():
    """The option `single` settles what the line would else tell."""
    assert "YA" == kmu("Я", single="caps")
    assert "DE Ya" == kmu("ДЕ Я", single="title")


def test_ties_are_capital_as_a_whole():
    """Both letters under a tie are capital (ALA-LC practice)."""
    assert "I\u0361Uriĭ T\u0361Siput" == transliterate("Юрій Ціпут", "uk-ala-lc")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "Slovo"),
        ({"stress": "keep"}, "Slóvo"),
    ],
)
def test_stress_marks(options, expected):
    """They are dropped, or kept on the last letter of what the vowel gives."""
    assert expected == kmu("Сло\u0301во", **options)


def test_a_stress_mark_does_not_break_the_context():
    """Є with a stress at the start of a word is still at its start (uklatn)."""
    assert "Yés" == kmu("Є\u0301с", stress="keep")
    assert "Ye" == kmu("\u0404\u0300")


def test_marks_that_make_letters():
    """A breve on и and a diaeresis on і are letters, an acute on г is another one."""
    assert "yi" == kmu("\u0456\u0308")
    assert "ǵ" == kmu("г\u0301")


@pytest.mark.parametrize(
    ("foreign", "expected"),
    [("sister", "yn"), ("keep", "ыn"), ("drop", "n")],
)
def test_letters_of_the_sister_alphabet(foreign, expected):
    """ы in Ukrainian text is borrowed, kept or dropped, as is said."""
    assert expected == kmu("ын", foreign=foreign)


def test_letters_of_any_other_alphabet():
    """No Cyrillic is left: ISO 9 for Serbian, the letter below a mark for Mari."""
    assert "ćä" == kmu("ћӓ")


def test_a_foreign_letter_can_be_an_error():
    """It is told with its offset in the text."""
    with pytest.raises(InputError, match=r"no 'ы' \(offset 7\)") as caught:
        kmu("так\nі рык", foreign="error")
    assert 7 == caught.value.offset


def test_latin_letters_in_a_word_are_kept():
    """They stay, and count as letters: what follows is not at the start."""
    assert "iiieie COVIDom" == kmu("iїєє COVIDом")


def test_trace_tells_every_letter():
    """Edits splice to the text; each has its rule; the alignment goes both ways."""
    text = "Згода, об'єкт"
    result = Romanizer(KMU).trace(text)

    assert "Zghoda, obiekt" == result.text == kmu(text)
    assert result.text == splice(
        text, [(e.start, e.end, e.after) for e in result.edits]
    )
    assert (0, 2, "Зг", "Zgh") == result.edits[0][:4]
    assert "uk-kmu-2010/z-h" == result.edits[0].rules[0].id
    assert (8, 14) == result.alignment.to_output(7, 13)


def test_text_that_is_not_a_str():
    """None gives None; anything else is refused with advice."""
    made = Romanizer(KMU)

    assert made(None) is None
    with pytest.raises(TypeError, match="decode"):
        made(b"x")


@pytest.mark.parametrize("text", ["\ud800щ\x00", "щ\udfff"])
def test_surrogates_and_nul_pass(text):
    """What is no character passes; the letters beside it are done."""
    assert text.replace("щ", "shch") == kmu(text)


def test_unknown_systems_are_told_with_what_is_near():
    """A wrong name is told with close ones, aliases among them."""
    with pytest.raises(UnknownNameError, match="did you mean 'uk-kmu-2010'"):
        transliterate("а", "uk-kmu-2101")
    with pytest.raises(UnknownNameError, match="bgn-pcgn-2019"):
        transliterate("а", "bgn-pcgn-201")


def test_aliases():
    """BGN/PCGN 2019 and UNGEGN 2012 are the national system of 2010."""
    assert "Kyiv" == transliterate("Київ", "bgn-pcgn-2019")
    assert KMU == Romanizer("ungegn-2012").system.id


def test_wrong_options():
    """Options and values that are not there are told with those that are."""
    with pytest.raises(OptionError, match="no option 'stres'"):
        kmu("а", stres="keep")
    with pytest.raises(OptionError, match="allowed: drop, keep"):
        kmu("а", stress="yes")


def test_switches_of_a_system():
    """Note 3 of BGN/PCGN 1947 is a switch."""
    assert "Bratsk" == transliterate("Братск", "ru-bgn-pcgn-1947")
    on = transliterate("Братск", "ru-bgn-pcgn-1947", interpuncts="yes")
    assert "Brat\N{MIDDLE DOT}sk" == on


def test_a_system_of_ones_own(tmp_path):
    """A file that extends a shipped one is asked for by its id."""
    path = tmp_path / "mine.yaml"
    path.write_text(
        "kind: romanization\nid: my-house\ntitle: House style\nlang: uk\n"
        "extends: uk-kmu-2010\nauthority: us\nyear: 2026\nstatus: in use\n"
        "confidence: high\nreversible: no\nletters: {й: y}\n"
        "examples: [Сергій -> Serhiy]\n",
        encoding="utf-8",
    )

    assert "Serhiy" == Romanizer("my-house", rules=[path])("Сергій")


def test_systems_and_languages():
    """Systems are listed by language, uk and ua alike: 62, and two of the press."""
    assert 64 == len(systems())
    assert systems("ua") == systems("uk")
    with pytest.raises(UnknownNameError, match="language"):
        systems("de")


@pytest.mark.parametrize(
    ("latin", "system", "cyrillic"),
    [
        ("Hmelʹnicʹkij", "uk-iso-9-1995", "Хмельницький"),
        ("Xmeljnycjkyj", "uk-dstu-9112-a", "Хмельницький"),
        ("Khmel’nyts’kyy", "uk-bgn-pcgn-1965", "Хмельницький"),
        ("S``ESH` E`xo", "ru-gost-7.79-b", "СЪЕШЬ Эхо"),
        ("Jaz”javan", "ru-ungegn-1987", "Язъяван"),
        ("OBʺËM", "ru-gost-7.79-a", "ОБЪЁМ"),
        ("S\u030castja", "uk-scholarly", "Шастя"),
        ("Windows, tak", "uk-iso-9-1995", "Windows, так"),
    ],
)
def test_back(latin, system, cyrillic):
    """Latin words come back in their case; what no system wrote stays."""
    assert cyrillic == transliterate(latin, system, reverse=True)


def test_candidates_show_what_is_ambiguous():
    """її and їй are both yii; both are told, the first ones of the lexicon first."""
    found = reverse_candidates("yii", KMU)

    assert {"її", "їй"} <= {c.text for c in found}
    assert all(kmu(c.text) == "yii" for c in found)


def test_candidates_of_the_lexicon_come_first():
    """A known word beats every reading by the letters; case is kept."""
    found = reverse_candidates("ZELENSKYI", KMU)

    assert ("ЗЕЛЕНСЬКИЙ", True) == found[0][:2]
    assert not found[1].known


def test_candidates_are_true_and_few():
    """All of them give the word by the table, and no more are told than asked."""
    found = reverse_candidates("Shcherbakov", "ru-icao-9303", most=4)

    assert 0 < len(found) <= 4
    assert {"Shcherbakov"} == {transliterate(c.text, "ru-icao-9303") for c in found}


def test_identify_with_the_cyrillic_form():
    """Igor was a passport form of 2007, Ihor is that of 2010 (and others)."""
    igor = {found.system for found in identify("Igor", "Ігор", language="uk")}
    ihor = {found.system for found in identify("Ihor", "Ігор", language="uk")}

    assert "uk-passport-2007" in igor
    assert KMU in ihor
    assert KMU not in igor
    assert {"uk-icao-9303", "uk-kmu-2010"} <= ihor


def test_identify_tells_alternatives():
    """W for в was seen in passports of 2004 to 2007; it is no form of the table."""
    found = {i.system: i.exact for i in identify("Wira", "Віра", language="uk")}

    assert found["uk-passport-2004"] is False


def test_identify_without_a_cyrillic_form():
    """Tschechow can only be German: its likeliest reading is told too."""
    found = {i.system: i.text for i in identify("Tschechow", language="ru")}

    assert "Чехов" == found["ru-german"]
    assert "ru-icao-9303" not in found


def test_each_paragraph_by_its_language():
    """The profile tells Ukrainian from Russian, and says what it can't tell."""
    n = load("romanize-auto")
    text = "Їхній кіт.\n\nЭтот кот.\n\nСалават."
    result = n.trace(text)

    assert "Yikhnii kit.\n\nEtot kot.\n\nСалават." == result.text == n(text)
    (diagnostic,) = result.diagnostics
    assert ("undecided_language", 23, 31) == diagnostic[:3]


def test_what_is_reported_of_a_paragraph_without_a_system():
    """One told to be English is said to be so; a URL alone is nothing to report."""
    n = load("romanize-auto")
    (diagnostic,) = n.trace("This is the city of Київ and it is old.").diagnostics

    assert "'en'" in diagnostic.message
    assert () == n.trace("See https://приклад.example/шлях there.").diagnostics


def test_fingerprints_see_letters_and_not_comments(tmp_path):
    """A comment changes no fingerprint, a letter does."""
    text = (
        "kind: romanization\nid: my-house\ntitle: House style\nlang: uk\n"
        "extends: uk-kmu-2010\nauthority: us\nyear: 2026\nstatus: in use\n"
        "confidence: high\nreversible: no\nsisters: ru-icao-9303\n"
        "letters: {й: y}\nexamples: [Сергій -> Serhiy]\n"
    )
    profile = (
        "kind: profile\nid: mine\ntitle: Mine\nexamples: [{keep: a}]\n"
        "stages: [{id: latin, rules: my-house}]\n"
    )
    prints = []
    for number, made in enumerate(
        (text, "# A comment.\n" + text, text.replace("й: y", "й: j"))
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "house.yaml").write_text(made, encoding="utf-8")
        (folder / "mine.yaml").write_text(profile, encoding="utf-8")
        n = load(folder / "mine.yaml", rules=[folder / "house.yaml"])
        prints.append(n.fingerprint)

    assert prints[0] == prints[1] != prints[2]


def test_romanizers_can_be_pickled():
    """A copy does the same, there and back."""
    made = Romanizer("uk-iso-9-1995", stress="keep")
    made.reverse("ŝ")
    copy = pickle.loads(pickle.dumps(made))

    assert made("Ща\u0301стя") == copy("Ща\u0301стя")
    assert "щ" == copy.reverse("ŝ")


def test_back_takes_text_only():
    """Anything but a str is refused."""
    with pytest.raises(TypeError, match="expected str"):
        Romanizer("uk-iso-9-1995").reverse(b"x")


@pytest.mark.parametrize(
    "use",
    [
        lambda value: reverse_candidates(value, KMU),
        identify,
        lambda value: identify("Kyiv", value),
        variants,
    ],
    ids=["candidates", "identify", "identify-form", "variants"],
)
def test_what_looks_names_up_takes_text_only(use):
    """Anything but a str is refused in the same words as everywhere."""
    with pytest.raises(TypeError, match="expected str, not bytes: decode it first"):
        use(b"Kyiv")


@pytest.mark.parametrize("most", [0, -1])
def test_candidates_are_at_least_one(most):
    """Asking for none is a mistake, not an answer of none."""
    with pytest.raises(ValueError, match="most must be 1 or more"):
        reverse_candidates("Kyiv", KMU, most=most)


def test_words_of_candidates_are_not_one_word():
    """A word is an iterable of letters, and none of them was meant."""
    with pytest.raises(TypeError, match="expected words, not one word"):
        reverse_candidates("Kyiv", KMU, words="Київ")


@pytest.mark.parametrize("name", ["rules", "system"])
def test_options_are_those_of_the_system(name):
    """What a caller passes on from elsewhere can name no file and no other system."""
    with pytest.raises((OptionError, TypeError), match=f"'{name}'"):
        transliterate("Київ", KMU, **{name: "rules.yaml"})


def test_a_system_is_named_by_text():
    """What is no str is no unknown system."""
    with pytest.raises(TypeError, match="expected the id of a system, not NoneType"):
        transliterate("Київ", None)


@pytest.mark.parametrize("name", ["", "  ", "\N{EN DASH}"])
def test_a_name_has_letters(name):
    """White space and marks have no spellings."""
    with pytest.raises(InputError, match="no name in Cyrillic letters"):
        variants(name)


def test_two_systems_of_one_language_are_refused(tmp_path):
    """A stage that would not know which to take is an error of the rules."""
    path = tmp_path / "two.yaml"
    path.write_text(
        "kind: profile\nid: two\ntitle: Two\nextends: romanize-uk\n"
        "stages: [{id: romanization, rules: [uk-iso-9-1995]}]\nexamples: [{keep: a}]\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="both for 'uk'"):
        load(path)


def test_a_romanization_shares_its_stage_with_nothing(tmp_path):
    """Other rules in the stage of a system are an error that says what to do."""
    path = tmp_path / "mixed.yaml"
    path.write_text(
        "kind: profile\nid: mixed\ntitle: Mixed\nextends: romanize-uk\n"
        "stages: [{id: romanization, rules: [rewrite.spaces]}]\n"
        "examples: [{keep: a}]\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="share a stage"):
        load(path)


def test_the_memo_is_bounded():
    """A text of ever new words is done, and no more is remembered than is said."""
    from normalize.engine.romanizer import MEMO_LENGTH, MEMO_SIZE, Romanization
    from normalize.engine.table import Table, output

    letters = {letter: output("x", 1) for letter in "абвгдежзик"}
    none = frozenset()
    made = Romanization(
        Table("t", letters, {}, None, frozenset("'"), none, none, none, none)
    )
    digits = str.maketrans("0123456789", "абвгдежзик")
    for start in range(0, MEMO_SIZE + 5000, 5000):
        numbers = range(start, start + 5000)
        made.run(" ".join(str(number).translate(digits) for number in numbers))
        assert len(made._memo) <= MEMO_SIZE
    long = "а" * (MEMO_LENGTH + 1)

    assert "x" * len(long) == made.run(long)
    assert long not in made._memo


def test_a_capital_with_several_letters_between_quotes():
    """Quote marks are no letters, whatever they look like."""
    assert "'Shchur' ’Ya’" == kmu("'Щур' ’Я’")
