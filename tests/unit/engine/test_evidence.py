"""What a paragraph proves, by the names in it that become proofs."""

from __future__ import annotations

from normalize.engine.evidence import Evidence
from normalize.engine.matcher import Scene


def test_what_waits_for_itself_is_asked_for_its_words():
    """A name that becomes a proof of a kind, unless that kind is proven, proves it.

    Whether it is proven is asked while that is being found out: only words count then.
    """
    readings = {"Orikhiv": ((("", "Orekhovo", 1, "uk", "ru-places"),), (), ())}
    words = {"uk": ["Ukraine"], "ru-places": ["Orekhovo", "Tula"]}
    evidence = Evidence(words, None, readings, {}, frozenset("'"))

    def proves(text):
        return evidence.proves(Scene(text), 0, "ru-places", "", "Kirov")

    assert proves("Kirov and Orikhiv in Ukraine")
    assert proves("Kirov and Tula")
    assert not proves("Kirov and Orikhiv")
