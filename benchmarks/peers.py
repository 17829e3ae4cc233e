"""Other ways to do a text: parts of the engine, and other programs.

Each peer is made for a normalizer, and must do its sample before it is measured. One
that is not installed is None: `make bench-peers` installs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from normalize.engine.names import NameTable
from normalize.engine.readings import Index
from normalize.engine.scan import Scanner
from normalize.engine.stage import ScanStage
from normalize.loading import load
from normalize.normalizer import Normalizer
from normalize.romanizers import Romanizer

Way = Callable[[str], object]


class Peer(NamedTuple):
    """How to make it, how much of a text it is given (MB), a sample and its answer."""

    make: Callable[[Normalizer], Way]
    most: float
    sample: str = ""
    answer: str = ""


def peer(name: str, n: Normalizer) -> Way | None:
    """The way of this name for a normalizer; None where it is not installed.

    Raises:
        ValueError: it does not give its sample's answer.
    """
    found = PEERS[name]
    try:
        way = found.make(n)
    except ImportError:
        return None
    made = way(found.sample) if found.sample else ""
    if found.answer not in str(made):
        raise ValueError(
            f"{name} makes {made!r} of {found.sample!r}: {found.answer!r}?"
        )
    return way


def names_of(n: Normalizer) -> dict[str, str]:
    """Every spelling that the names of a profile know, with what it becomes."""
    found: dict[str, str] = {}
    for table in _tables(n):
        for word, (lone, given, surnames) in table.readings().items():
            known = [(spelling, output) for spelling, output, *_ in lone]
            known += [(spelling, table.given[number]) for spelling, number in given]
            known += [(spelling, table.people[p][1]) for spelling, p in surnames]
            for spelling, output in known:
                found.setdefault(spelling or word, output)
    return found


def _tables(n: Normalizer) -> list[Index]:
    stages = [stage for stage in n.compiled.stages if isinstance(stage, ScanStage)]
    owners = {o for stage in stages for some in stage._owners for o in some}
    return [owner._made[1] for owner in owners if isinstance(owner, NameTable)]


def _scan(n: Normalizer) -> Way:
    stages = n.compiled.stages
    scanners = [stage.scanner for stage in stages] + [stages[0].protector.scanner]
    return lambda text: [scanner.hits(text) for scanner in scanners]


def _one_scan(n: Normalizer) -> Way:
    stages = n.compiled.stages
    anchors = {a for stage in stages for a in stage.scanner.anchors}
    return Scanner(anchors | set(stages[0].protector.scanner.anchors)).hits


def _flashtext(n: Normalizer) -> Way:
    from flashtext2 import KeywordProcessor

    made = KeywordProcessor(case_sensitive=True)
    made.add_keywords_with_clean_word_from_iter(list(names_of(n).items()))
    return made.replace_keywords


def _re_sub(n: Normalizer) -> Way:
    names = names_of(n)
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
    return lambda text: pattern.sub(lambda found: names[found[0]], text)


def _str_replace(n: Normalizer) -> Way:
    """No boundaries: it is wrong inside words, and as fast as it gets this way."""
    names = [(old, new) for old, new in names_of(n).items() if old != new]

    def replaced(text: str) -> str:
        for old, new in names:
            text = text.replace(old, new)
        return text

    return replaced


def _ftfy(_: Normalizer) -> Way:
    from ftfy import fix_text

    return fix_text


def _sacremoses(_: Normalizer) -> Way:
    from sacremoses import MosesPunctNormalizer

    return MosesPunctNormalizer("en").normalize


def _tokenizers(_: Normalizer) -> Way:
    from tokenizers.normalizers import NFKC, Lowercase, Sequence

    return Sequence([NFKC(), Lowercase()]).normalize_str


def _dateparser(_: Normalizer) -> Way:
    from dateparser.search import search_dates

    return lambda text: search_dates(text, languages=["en"])


def _icu(_: Normalizer) -> Way:
    from icu import Transliterator

    return Transliterator.createInstance("Ukrainian-Latin/BGN").transliterate


def _icu_paragraphs(n: Normalizer) -> Way:
    way = _icu(n)
    return lambda text: "\n\n".join(map(way, text.split("\n\n")))


def _iuliia(_: Normalizer) -> Way:
    from iuliia import ICAO_DOC_9303

    return ICAO_DOC_9303.translate


def _cyrtranslit(_: Normalizer) -> Way:
    from cyrtranslit import to_latin

    return lambda text: to_latin(text, "ua")


def _translate(_: Normalizer) -> Way:
    letters = Romanizer("uk-kmu-2010").file.letters
    table = {ord(letter): text for letter, text in letters.items()}
    table |= {ord(k.upper()): text.capitalize() for k, text in letters.items()}
    return lambda text: text.translate(table)


PEERS = {
    "scan": Peer(_scan, 10),
    "one scan": Peer(_one_scan, 10),
    "trace": Peer(lambda n: n.trace, 10),
    "news-en": Peer(lambda _: load("news-en"), 10, "Kiev", "Kyiv"),
    "flashtext2": Peer(_flashtext, 10, "in Kharkov now", "in Kharkiv now"),
    "re.sub": Peer(_re_sub, 0.01, "in Kharkov now", "in Kharkiv now"),
    "str.replace": Peer(_str_replace, 0.02, "in Kharkov now", "in Kharkiv now"),
    "ftfy": Peer(_ftfy, 1, "schÃ¶n", "schön"),
    "sacremoses": Peer(_sacremoses, 1, "«a»", '"a"'),
    "tokenizers": Peer(_tokenizers, 1, "ﬁRST", "first"),
    "dateparser": Peer(_dateparser, 0.01, "on April 21, 2023", "(2023, 4, 21"),
    "ICU": Peer(_icu, 10, "Зоря", "Zorya"),
    "ICU, parts": Peer(_icu_paragraphs, 1, "Зоря", "Zorya"),
    "iuliia": Peer(_iuliia, 1, "Зоря", "Zoria"),
    "cyrtranslit": Peer(_cyrtranslit, 1, "Зоря", "Zorja"),
    "translate": Peer(_translate, 10, "Зоря", "Zoria"),
}
