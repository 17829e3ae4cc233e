"""The workloads: what is measured, and that the answer is right.

python benchmarks/workloads.py            # check every answer by its sum
python benchmarks/workloads.py --accept   # write the sums of the answers of now
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent))
import corpus

import normalize

FILE = Path(__file__).with_name("workloads.yaml")


@dataclass(frozen=True)
class Workload:
    """A profile on a text; `beside` are the other ways that do the same text."""

    name: str
    profile: str
    text: str
    megabytes: float
    why: str
    sha256: str
    beside: tuple[str, ...] = ()
    goal: str = ""
    how: str = "whole"  # one text; "each": a call a headline; "map": over headlines

    def normalizer(self) -> normalize.Normalizer:
        """The profile, loaded."""
        return _loaded(self.profile)

    def source(self) -> str:
        """The text as one."""
        if self.how == "whole":
            return corpus.TEXTS[self.text](self.megabytes)
        return "\n\n".join(self.texts())

    def texts(self) -> Sequence[str]:
        """The texts that are worked on, one after another."""
        if self.how == "whole":
            return [self.source()]
        return corpus.headlines(self.megabytes)

    def answer(self) -> str:
        """The sum of what comes out, in hexadecimal."""
        n = self.normalizer()
        made = n.map(self.texts()) if self.how == "map" else map(n, self.texts())
        return hashlib.sha256("\n\n".join(made).encode()).hexdigest()


@cache
def _loaded(profile: str) -> normalize.Normalizer:
    own = FILE.parent / "profiles" / f"{profile}.yaml"
    return normalize.load(own if own.exists() else profile)


def workloads() -> list[Workload]:
    """All of them, as the file has them."""
    entries = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [Workload(**e | {"beside": tuple(e.get("beside", ()))}) for e in entries]


def named(wanted: Sequence[str]) -> list[Workload]:
    """The workloads of these names, all when none is given; ends at an unknown one."""
    found = workloads()
    known = [work.name for work in found]
    for name in wanted:
        if name not in known:
            sys.exit(f"unknown workload {name!r}; known: {', '.join(known)}")
    return [work for work in found if work.name in wanted or not wanted]


def check(work: Workload) -> str:
    """What is wrong with the answer of a workload; '' when nothing is."""
    made = work.answer()
    if made == work.sha256:
        return ""
    return (
        f"{work.name}: the answer has the sum {made}, workloads.yaml has "
        f"{work.sha256}: a rule or the engine changed what comes out. Look at what "
        "changed; when it is meant: python benchmarks/workloads.py --accept"
    )


def main() -> None:
    """Check every answer, or write the sums."""
    found = [(work, check(work)) for work in workloads()]
    if "--accept" in sys.argv[1:]:
        text = FILE.read_text(encoding="utf-8")
        for work, wrong in found:
            entry = rf"(- name: {re.escape(work.name)}\n(?:  .*\n)*?  sha256: )\S*"
            if wrong:
                text = re.sub(entry, rf"\g<1>{work.answer()}", text)
        FILE.write_text(text, encoding="utf-8")
        return
    problems = [wrong for _, wrong in found if wrong]
    print("\n".join(problems) or f"{len(found)} answers are as they were")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
