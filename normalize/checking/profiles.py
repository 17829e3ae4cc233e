"""Profiles that are compiled for checking: each once, however much is run in it."""

from __future__ import annotations

import re
from functools import cached_property
from time import perf_counter

from normalize import cache
from normalize.engine.languages import Detector
from normalize.kinds.base import Rule, RuleFile
from normalize.kinds.languages import detector
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.plan import Plan
from normalize.profile import chain_of, compile_plan, resolve

LONG = 0.15  # seconds
# The languages that a file says it is for; not every kind acts by them.
_LANG = re.compile(r"^lang: *(.*)", re.MULTILINE)


class Profile:
    """A profile as examples are run in it."""

    def __init__(self, library: Library, id_: str) -> None:
        self.id = id_
        self.library = library
        self.plan = resolve(library, id_, {})
        self.normalizer = ready(library, self.plan)
        self.options = dict(self.plan.options)

    @property
    def files(self) -> list[RuleFile]:
        """The rule files of its stages."""
        return [file for stage in self.plan.stages for file in stage.files]

    @cached_property
    def tell(self) -> Detector:
        """What tells the language of a text, whether or not the profile does."""
        ids = self.library.ids("languages")
        found = (self.library.rule_file(id_) for id_ in ids)
        return detector([file for file in found if file is not None])

    def judges(self, file: RuleFile, rule: Rule, text: str) -> bool:
        """Whether what the rule does to the text alone must hold here too.

        Not where the profile sets options of the file, and not where the text is in
        another language than the profile or the file.
        """
        wanted = {option.name: option.default for option in file.options}
        wanted.update(rule.try_with)
        if any(
            self.options.get(name, value) != value for name, value in wanted.items()
        ):
            return False
        plan = self.plan
        told = self.tell(text)
        lang = _LANG.findall(self.library.text_of(file.id))
        lang = [code for codes in lang for code in re.findall("[a-z]+", codes)]
        if plan.languages:
            return not lang or told in lang
        if plan.lang and lang and not set(lang) & set(plan.lang):
            return False
        return not plan.lang or not told or told in plan.lang


class Profiles:
    """The profiles of a library, compiled when they are asked for."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._made: dict[str, Profile] = {}

    def get(self, id_: str) -> Profile:
        """The profile with this id."""
        if id_ not in self._made:
            self._made[id_] = Profile(self.library, id_)
        return self._made[id_]

    def using(self, file_id: str) -> list[str]:
        """The ids of the profiles that use a file, the lightest first."""
        found = [id_ for id_, files in self._uses.items() if file_id in files]
        return sorted(found, key=lambda id_: len(self._uses[id_]))

    @cached_property
    def _uses(self) -> dict[str, set[str]]:
        """By profile, the files that it names or takes over, and what goes with them.

        Not the user's own files that join every profile without being named.
        """
        found = {}
        for id_ in self.library.ids("profile"):
            named: list[str] = []
            for profile in chain_of(self.library, id_):
                named += [n.value for stage in profile.stages for n in stage.rules]
                named += [name.value for name in profile.protect]
            known = [name for name in named if name in self.library.ids()]
            kinds = {self.library.kind(name) for name in known}
            beside = {other for kind in kinds for other in KINDS[kind].companions}
            going = self.library.ids(*beside) if beside else []
            found[id_] = {*known, *going}
        return found


def ready(library: Library, plan: Plan) -> Normalizer:
    """The normalizer of a plan made of files of the library: the kept one if any.

    What takes long to compile is kept for the next run.
    """
    key = cache.rules_key(texts_of(library, plan))
    kept = cache.read(key)
    if kept is not None:
        return Normalizer(plan, kept)
    start = perf_counter()
    compiled = compile_plan(plan)
    if perf_counter() - start > LONG:
        cache.write(key, compiled)
    return Normalizer(plan, compiled)


def texts_of(library: Library, plan: Plan) -> bytes:
    """All that a plan is made of: which rules, and the files that they come from."""
    files = [file for stage in plan.stages for file in stage.files]
    files += [*plan.protect, *plan.languages]
    chosen = [(file.id, [rule.id for rule in file.rules]) for file in files]
    stages = [(stage.name, [file.id for file in stage.files]) for stage in plan.stages]
    ids = {file.id for file in files} | set(library.ids("classes"))
    waiting = list(files)
    while waiting:
        file = waiting.pop()
        for id_ in (*file.parents, *file.uses, *(n.value for n in file.borrows())):
            if id_ not in ids:
                ids.add(id_)
                other = library.rule_file(id_)
                waiting += [other] if other is not None else []
    texts = [(id_, library.text_of(id_)) for id_ in sorted(ids)]
    about = (plan.profile, plan.options, plan.lang, stages, chosen, texts)
    return repr(about).encode("utf-8", "backslashreplace")
