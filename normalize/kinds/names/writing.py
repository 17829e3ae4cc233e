"""How names are written: in the systems of a style, or in a spelling of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from normalize.engine.romanizer import Romanization
from normalize.kinds.names.model import Name, NameRule
from normalize.kinds.styles import PARTS, Override, Systems

Rules = Sequence[Systems | Override]


class Writing:
    """Writes names as one style does.

    `rules` are those of the style in use; without one nothing is written but what
    the lexicon spells out. `known` are given names that were learned before.
    """

    def __init__(
        self,
        rules: Iterable[Systems | Override] = (),
        known: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        made = list(rules)
        self._overrides = {r.target: r for r in made if isinstance(r, Override)}
        systems = [rule for rule in made if isinstance(rule, Systems)]
        tables = systems[0].tables if systems else ((), (), ())
        first, given, base = (
            {lang: Romanization(table) for lang, table in found} for found in tables
        )
        self._systems = first
        self._given = first | given
        self._base = base
        # By nation and Cyrillic form: given names that are not written as romanized.
        self.known: dict[tuple[str, str], str] = dict(known or {})

    def learn(self, names: Iterable[NameRule]) -> None:
        """Take in how given names are written, for the people who have them."""
        for rule in names:
            if rule.part == "given" and rule.name is not None and rule.name.canonical:
                form = rule.name.uk if rule.nation == "uk" else rule.name.ru
                if not self._is_usual(rule.name, rule.nation):
                    key = rule.nation, form
                    self.known.setdefault(key, rule.name.canonical)

    def overridden(self, rule: NameRule, id_: str) -> NameRule:
        """The rule as the style wants it; what it wrote before is a spelling then."""
        override = self._overrides.get(id_)
        if override is None:
            return rule
        changed = {}
        for part in PARTS:
            wanted, name = getattr(override, part), getattr(rule, part)
            if wanted and name is not None:
                old = self.written(name, rule.nation)
                also = tuple(s for s in (*name.also, old) if s and s != wanted)
                also = tuple(dict.fromkeys(also))
                changed[part] = replace(name, canonical=wanted, also=also)
        return replace(rule, **changed)

    def written(self, name: Name, nation: str, *, given: bool = False) -> str:
        """The Latin form that is written for a name; '' when there is none."""
        if name.canonical and not (given and self._is_usual(name, nation)):
            return name.canonical
        form, lang = _form(name, nation)
        known = self.known.get((nation, form)) if given else None
        if known:
            return known
        systems = self._given if given else self._systems
        system = systems.get(lang)
        return system.run(form) if system is not None and form else name.canonical

    def _is_usual(self, name: Name, nation: str) -> bool:
        """Whether a spelled-out form is what the systems of all styles give."""
        form, lang = _form(name, nation)
        system = self._base.get(lang)
        return system is not None and system.run(form) == name.canonical


def _form(name: Name, nation: str) -> tuple[str, str]:
    """The Cyrillic form that is romanized, and its language."""
    for lang in (nation, "uk", "ru"):
        form = name.uk if lang == "uk" else name.ru
        if form:
            return form, lang
    return "", nation
