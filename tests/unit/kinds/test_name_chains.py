"""Names whose written form is a spelling of another name."""

from normalize.engine.readings import UNLESS
from normalize.kinds.names.chains import shorten


def test_a_word_gets_the_reading_of_its_written_form_too():
    """The one on evidence first, then the other where the first does not hold."""
    lone = {
        "Belogorsk": [("", "Bilohirsk", 1, "uk-places", "ru-places")],
        "Belogorskiy": [("Belogorskiy Krai", "Belogorsk", 2, "", "")],
    }
    sole = [(("Belogorsk", 2, ""), ["Bilohorsk"]), (("Kyiv", 3, ""), ["Kiev"])]

    assert [(("Kyiv", 3, ""), ["Kiev"])] == shorten(lone, sole)
    assert lone == {
        "Belogorsk": [("", "Bilohirsk", 1, "uk-places", "ru-places")],
        "Belogorskiy": [
            ("Belogorskiy Krai", "Bilohirsk", 1, "uk-places", "ru-places"),
            ("Belogorskiy Krai", "Belogorsk", 2, UNLESS, ""),
        ],
        "Bilohorsk": [
            ("", "Bilohirsk", 1, "uk-places", "ru-places"),
            ("", "Belogorsk", 2, UNLESS, ""),
        ],
    }


def test_what_asks_for_evidence_itself_stays():
    """And where two names would follow, none does."""
    lone = {
        "A": [("", "B", 1, "uk", "ru")],
        "C": [("", "A", 2, "ru", "")],
        "D": [("", "E", 3, "uk", ""), ("", "F", 4, "ru", "")],
        "G": [("", "D", 5, "", "")],
    }
    before = {word: list(readings) for word, readings in lone.items()}
    shorten(lone, [])

    assert before == lone
