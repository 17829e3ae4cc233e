"""Two commits side by side. Run: make bench-compare OLD=ref NEW=ref

    python benchmarks/compare.py OLD NEW [WORKLOAD ...]

Each gets a worktree of its own; processes of the two run in turn, all on the texts of
this checkout. The table tells rates of processor time, how many times as fast NEW is,
how far the runs of each spread, and whether the answers differ.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
TURNS = 5
Runs = list[dict[str, tuple[float, str]]]  # by workload: MB/s, sum of the answer


def measure(names: Iterable[str]) -> dict[str, tuple[float, str]]:
    """What this process, whichever commit it runs, makes of the workloads."""
    sys.path.insert(0, str(HERE))
    from workloads import named

    found = {}
    for work in named(list(names)):
        n, texts = work.normalizer(), work.texts()
        answer = work.answer()
        best = float("inf")
        for _ in range(2):
            begun = time.process_time()
            for _made in n.map(texts):
                pass
            best = min(best, time.process_time() - begun)
        found[work.name] = (len(work.source().encode()) / best / 1e6, answer)
    return found


def compare(old: str, new: str, names: list[str]) -> None:
    """Print the table."""
    runs: dict[str, Runs] = {"old": [], "new": []}
    with tempfile.TemporaryDirectory() as made:
        trees = {"old": Path(made, "old"), "new": Path(made, "new")}
        try:
            for which, ref in (("old", old), ("new", new)):
                _git("worktree", "add", "--detach", str(trees[which]), ref)
            for turn in range(TURNS + 1):
                for which, tree in trees.items():
                    run = _run(tree, names)
                    if turn:  # the first compiles the rules
                        runs[which].append(run)
                print(f"turn {turn} of {TURNS}", file=sys.stderr)
        finally:
            for tree in trees.values():
                _git("worktree", "remove", "--force", str(tree))
    print(f"{'workload':15} {'old MB/s':>9} {'new MB/s':>9} {'ratio':>6}  spread")
    for name in runs["old"][0]:
        rates = {w: [run[name][0] for run in made] for w, made in runs.items()}
        before, after = (statistics.median(rates[w]) for w in ("old", "new"))
        spread = ", ".join(f"{_spread(rates[w]):.0%}" for w in ("old", "new"))
        answers = {run[name][1] for made in runs.values() for run in made}
        differs = "  the answers differ" if len(answers) > 1 else ""
        ratio = after / before
        print(f"{name:15} {before:9.2f} {after:9.2f} {ratio:6.2f}  {spread}{differs}")


def _spread(rates: list[float]) -> float:
    return (max(rates) - min(rates)) / statistics.median(rates)


def _run(tree: Path, names: list[str]) -> dict[str, tuple[float, str]]:
    """The rates of a checkout, in a process of its own that imports from there."""
    here = os.environ | {"PYTHONPATH": str(tree)}
    asked = [sys.executable, __file__, "--measure", str(tree), *names]
    done = subprocess.run(asked, env=here, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _git(*words: str) -> None:
    subprocess.run(["git", *words], cwd=HERE, check=True, capture_output=True)


def _known(ref: str) -> None:
    """End with a word of help where a commit is not there."""
    asked = ["git", "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}"]
    if subprocess.run(asked, cwd=HERE, capture_output=True, check=False).returncode:
        sys.exit(f"unknown commit {ref!r}; 'git log --oneline' lists them")


def main(words: list[str]) -> None:
    """Compare, or measure in a process of the comparison."""
    if words[:1] == ["--measure"]:
        import normalize

        assert Path(normalize.__file__).is_relative_to(words[1]), normalize.__file__
        print(json.dumps(measure(words[2:])))
    elif len(words) < 2:
        sys.exit("expected two commits: make bench-compare OLD=main~5 NEW=HEAD")
    else:
        from workloads import named

        named(words[2:])
        for ref in words[:2]:
            _known(ref)
        compare(words[0], words[1], words[2:])


if __name__ == "__main__":
    main(sys.argv[1:])
