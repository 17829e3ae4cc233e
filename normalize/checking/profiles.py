"""Profiles that are compiled for checking: each once, however much is run in it."""

from __future__ import annotations

import re
from functools import cached_property

from normalize.checking.sharing import Stages
from normalize.engine.languages import Detector
from normalize.kinds.base import Rule, RuleFile
from normalize.kinds.languages import detector
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.profile import chain_of

# The languages that a file says it is for; not every kind acts by them.
_LANG = re.compile(r"^lang: *(.*)", re.MULTILINE)


class Profile:
    """A profile as examples are run in it."""

    def __init__(self, stages: Stages, id_: str) -> None:
        self.id = id_
        self.stages = stages
        self.library = stages.library
        self.plan = stages.plan(id_)
        self.normalizer = stages.ready(self.plan)
        self.options = dict(self.plan.options)
        self._langs: dict[str, list[str]] = {}

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
        lang = self._lang_of(file.id)
        if plan.languages:
            return not lang or told in lang
        if plan.lang and lang and not set(lang) & set(plan.lang):
            return False
        return not plan.lang or not told or told in plan.lang

    def _lang_of(self, file_id: str) -> list[str]:
        """The languages that a file says it is for, looked up once."""
        if file_id not in self._langs:
            found = _LANG.findall(self.library.text_of(file_id))
            codes = [code for said in found for code in re.findall("[a-z]+", said)]
            self._langs[file_id] = codes
        return self._langs[file_id]


class Profiles:
    """The profiles of a library, compiled when they are asked for."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.stages = Stages(library)
        self._made: dict[str, Profile] = {}

    def get(self, id_: str) -> Profile:
        """The profile with this id."""
        if id_ not in self._made:
            self._made[id_] = Profile(self.stages, id_)
        return self._made[id_]

    def using(self, file_id: str) -> list[str]:
        """The ids of the profiles that use a file, the lightest first."""
        found = [id_ for id_, files in self._uses.items() if file_id in files]
        return sorted(found, key=lambda id_: len(self._uses[id_]))

    def files_of(self, id_: str) -> set[str]:
        """The ids of the files that a profile uses."""
        return self._uses[id_]

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
