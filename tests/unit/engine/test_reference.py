r"""The engine beside a plain reading of its semantics (DESIGN.md, "Semantics").

Rules and texts are drawn by chance out of two letters, so that nearly everything
overlaps. What must come out is found the slow way: at each place of each paragraph
all rules are tried, and the longest match wins, then the earlier file and rule.
"""

from __future__ import annotations

import json
import random
import re

import pytest
import regex

# Two letters make all words here.
INSIDE = r"(?<=[ab])(?=[ab])"
GAP = r"(?:[ \t]+(?:\r?\n[ \t]*)?|\r?\n[ \t]*)"
BREAK = re.compile(r"((?:\r\n|\n)(?:[ \t]*(?:\r\n|\n))+)")
PATTERNS = (
    "a+", "ab?a", "a.?b", r"a\s?b", r"a\s*b", "(?:a|ab)b?", "b{1,2}", "ba|b",
    "a[ab]{0,2}", r"b\W?a", "a(?=b)", "(?<=a)b", "b(?!a)", "a[^b]{0,3}b",
    r"a\n?b", "-a", "-{1,2}", r"\.+", "a -", r"\n-a", r"\s-",
)  # fmt: skip
CONTEXTS = ("a", "b ?", "-", r"\s", r"a\s{1,2}", r"[ab]{1,2}\s{0,2}", r"\.", r"\n")
VETOES = ("a.b", r"ab?\s?a", "-.{0,2}", r"b\s{0,3}a", "[ab]{3}", r"a\n.a")
HEAD = ("title: drawn by chance", "rules:")
OUTPUTS = ("", "X", "Y Z", "ab", "b", "a a", "Q")
TEXTS = (
    "a", "b", "ab", "ba", "aa", "aab", "bba", " ", " ", "  ", "-", ".", "\n", "\r\n",
    "\n\n", "\n \n",
)  # fmt: skip


def literal(phrase):
    """A phrase with any gap between its words."""
    return GAP.join(map(re.escape, phrase.split()))


def whole(source):
    """What cuts no word at either edge."""
    return f"(?!{INSIDE}){source}(?!{INSIDE})"


def folded(phrase):
    """A phrase of a condition: whole words in any case."""
    return whole(f"(?i:{literal(phrase)})")


class Rule:
    """A rule as it is written, and how it is read."""

    def __init__(self, chance, number, taken):
        self.chance = chance
        self.bounded = chance.random() < 0.7
        self.output = chance.choice(OUTPUTS)
        drawn = {self.phrase() for _ in range(chance.randint(1, 3))}
        # A file that claims a spelling twice is refused.
        drawn -= {self.output, *taken}
        taken |= drawn
        by_pattern = not drawn or chance.random() < 0.4
        self.pattern = chance.choice(PATTERNS) if by_pattern else ""
        self.variants = [] if by_pattern else sorted(drawn)
        which = chance.random()
        some = range(chance.randint(1, 2))
        self.before = [self.item(CONTEXTS) for _ in some if which < 0.15]
        self.after = [self.item(CONTEXTS) for _ in some if 0.1 < which < 0.3]
        self.unless = [self.item(VETOES) for _ in some if 0.25 < which < 0.5]
        fields = {
            "id": f"r{number}",
            "output": self.output,
            "examples": [{"keep": "zzz"}],
            "preceded_by": self.before,
            "followed_by": self.after,
            "unless": self.unless,
            "variants": self.variants,
            "pattern": self.pattern,
            "boundary": "" if self.bounded else "none",
        }
        kept = {k: v for k, v in fields.items() if v or k == "output"}
        self.written = f"  - {json.dumps(kept)}"  # which is YAML too

    def phrase(self, most=2):
        words = range(self.chance.choice((1, 1, 1, most)))
        return " ".join(
            "".join(self.chance.choices("ab", k=self.chance.randint(1, 3)))
            for _ in words
        )

    def item(self, patterns):
        if self.chance.random() < 0.5:
            return {"pattern": self.chance.choice(patterns)}
        return self.phrase(3)

    def matches(self, body, start):
        """Where the matches at a place end, and the variant that each is of."""
        found = []
        for source in [self.pattern] if self.pattern else self.variants:
            read = f"(?:{source})"
            if not self.pattern:
                read = literal(source) if self.bounded else re.escape(source)
            match = regex.match(whole(read) if self.bounded else read, body, pos=start)
            if match and self.allows(body, start, match.end()):
                found.append((match.end(), source))
        return found

    def allows(self, body, start, end):
        before = [
            f"(?<={i['pattern']})" if "pattern" in i else f"(?<={folded(i)}(?:{GAP})?)"
            for i in self.before
        ]
        after = [
            i["pattern"] if "pattern" in i else f"(?:{GAP})?{folded(i)}"
            for i in self.after
        ]
        vetoes = [i["pattern"] if "pattern" in i else folded(i) for i in self.unless]
        return (
            (not before or any(regex.match(b, body, pos=start) for b in before))
            and (not after or any(regex.match(a, body, pos=end) for a in after))
            and not any(
                m.start() <= start and end <= m.end()
                for veto in vetoes
                for m in regex.finditer(veto, body, overlapped=True)
            )
        )

    def replaced(self, text, source):
        """A phrase keeps its gaps where the output has as many words."""
        words = self.output.split()
        if (
            self.pattern
            or not self.bounded
            or not len(source.split()) == len(words) > 1
        ):
            return self.output
        parts = regex.split(f"({GAP})", text)
        return "".join(words[i // 2] if i % 2 == 0 else p for i, p in enumerate(parts))


def run(text, rules, protected):
    """What a stage makes of a text."""
    made = []
    for number, body in enumerate(BREAK.split(text)):
        made.append(body if number % 2 else paragraph(body, rules, protected))
    return "".join(made)


def paragraph(body, rules, protected):
    shield = rf"(?<![ab]){literal(protected)}(?![ab])"
    spans = [m.span() for m in re.finditer(shield, body)] if protected else []
    made = []
    start = 0
    while start < len(body):
        found = [
            (-end, rank, end, source)
            for rank, rule in enumerate(rules)
            for end, source in rule.matches(body, start)
            if end > start and not any(a < end and start < b for a, b in spans)
        ]
        if not found:
            made.append(body[start])
            start += 1
            continue
        _, rank, end, source = min(found)
        made.append(rules[rank].replaced(body[start:end], source))
        start = end
    return "".join(made)


@pytest.mark.parametrize("seed", range(40))
def test_a_stage_does_what_its_rules_say(build, seed):
    """Each text comes out as the plain reading says, called and traced."""
    chance = random.Random(seed)
    rules, files = [], []
    for name in ("f", "g"):
        taken = set()
        some = [Rule(chance, n, taken) for n in range(chance.randint(1, 4))]
        rules += some
        lines = [rule.written for rule in some]
        files.append("\n".join([f"kind: rewrite\nid: {name}", *HEAD, *lines]))
    protected = rules[0].phrase() if chance.random() < 0.5 else ""
    if protected:
        line = f"  - {{id: p, variants: [{protected}], examples: [{{keep: zzz}}]}}"
        files.append("\n".join(["kind: protect\nid: p", *HEAD, line]))
    normalizer = build(*files)
    for _ in range(60):
        text = "".join(chance.choices(TEXTS, k=chance.randint(1, 14)))
        expected = run(text, rules, protected)

        assert expected == normalizer(text), (text, files)
        assert expected == normalizer.trace(text).text, (text, files)
