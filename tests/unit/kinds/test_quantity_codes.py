"""What must stand in a text before a pattern with words is tried at all."""

from normalize.engine.patterns import Seq
from normalize.kinds.quantities.words import Coding, Lexicon

GAP = Seq(())


def coding(**lexicons):
    """The codes of some lexicons, each a list of forms."""
    made = {
        name: Lexicon((("value", tuple(forms)),)) for name, forms in lexicons.items()
    }
    return Coding(made, GAP, frozenset("'"))


def test_every_form_has_one_of_the_codes():
    """Those of its words, of one word in each form at least."""
    made = coding(coin=["dollar", "gold coin"], scale=["million"])

    assert {made.codes[w] for w in ("dollar", "gold", "coin")} == made.codes_of("coin")
    assert {made.codes["million"]} == made.codes_of("scale")


def test_a_form_without_words_needs_no_code():
    """A mark is no word, so nothing can be asked for."""
    assert frozenset() == coding(coin=["dollar", "$"]).codes_of("coin")


def test_a_conjunction_inside_a_name_has_no_code():
    """Patterns write it out, so it must stay a letter in a coded text."""
    made = coding(name=["dollar of Trinidad y Tobago"], coin=["peso", "p"])

    assert "y" not in made.codes
    assert "p" in made.codes


def test_a_lone_letter_of_a_sign_keeps_its_code_in_names():
    """A capital that begins a sign is coded there, so names with it are coded too."""
    made = coding(name=["peseta (A account)"], sign=["A$"])

    assert "A" in made.codes
