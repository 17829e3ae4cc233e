"""Checked by mypy, never run: what a user's type checker must understand."""

from __future__ import annotations

from collections.abc import Iterator

import normalize
from normalize import Alignment, Edit, Normalizer, Result, RuleRef, Span

n: Normalizer = normalize.load("news-en", rules=["mine.yaml"], ellipsis="dots")
text: str = n("Kiev")
nothing: None = n(None)
result: Result = n.trace("Kiev")
edits: tuple[Edit, ...] = result.edits
rule: RuleRef = edits[0].rules[0]
alignment: Alignment = result.alignment
span: Span = alignment.to_source(0, 4)
many: Iterator[str | None] = n.map(["Kiev", None], workers=2)
fingerprint: str = n.fingerprint
part: str = n.stream().feed("Kiev")
romanizer: normalize.Romanizer = normalize.Romanizer("uk-kmu-2010", stress="keep")
latin: str = romanizer("Київ")
back: str = normalize.transliterate("Kiïv", "uk-iso-9-1995", reverse=True)
known: tuple[normalize.System, ...] = normalize.systems("uk")
candidate: normalize.Candidate = normalize.reverse_candidates("Kyiv", known[0].id)[0]
made: tuple[normalize.Identified, ...] = normalize.identify("Kyiv", "Київ")
