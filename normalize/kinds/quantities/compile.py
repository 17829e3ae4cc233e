"""From the rules of a stage to matchers: one for each pivot of each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from normalize.engine.alphabet import Alphabet, sets_of
from normalize.engine.analysis import emit, greedy, group_names
from normalize.engine.anchors import split_at_anchor
from normalize.engine.coder import NEAR, Coder
from normalize.engine.limits import may_be_slow
from normalize.engine.patterns import Group, Seq, Tree
from normalize.engine.pivots import Pivots
from normalize.engine.words import Words
from normalize.kinds.base import Conditions
from normalize.kinds.builder import Builder, Common, Job, Keep
from normalize.kinds.quantities.ahead import ahead_of
from normalize.kinds.quantities.contexts import Context, Reasons
from normalize.kinds.quantities.documents import FirstDate
from normalize.kinds.quantities.factors import from_the_end, from_the_start
from normalize.kinds.quantities.gates import gate_of
from normalize.kinds.quantities.judge import Judge, Piece
from normalize.kinds.quantities.model import Grammar, Linked, QuantityRule
from normalize.kinds.quantities.reaches import Reach, number_reach
from normalize.kinds.quantities.readings import Reader, SharedReader
from normalize.kinds.quantities.trees import without_names
from normalize.kinds.quantities.words import Anchors, anchors_of
from normalize.packing import pack
from normalize.spans import RuleRef

NAME = "quantities"
# The edges of a match in a coded text: it does not begin or end inside a word.
# A code of a word is no letter to a pattern, but a number does not stand beside one.
LEFT = r"(?:(?!\w)|(?<![\w\p{M}\uE0FF-\uF8FF]))"
RIGHT = r"(?:(?<![\w\uE0FF-\uF8FF])|(?![\w\p{M}\uE100-\uF8FF]))"
# The sets of characters in both.
EDGES = (
    r"\w",
    r"[\w\p{M}\uE0FF-\uF8FF]",
    r"[\w\uE0FF-\uF8FF]",
    r"[\w\p{M}\uE100-\uF8FF]",
)


# All that goes into the patterns of a file: facts about words, the languages in which
# they act, for each rule whether it is the user's own, its patterns and its contexts.
_About = tuple[
    Words,
    frozenset[str],
    tuple[RuleRef | None, ...],
    tuple[tuple[Linked | None, Conditions], ...],
]
# What finds the matches of the rules of a file, and what reads them.
_Draft = tuple[list[tuple[Pivots, Judge]], SharedReader]


@dataclass
class Pool:
    """The quantity rules of a stage, by file, until all of them are there."""

    files: dict[tuple[str, frozenset[str]], list[tuple[QuantityRule, int]]] = field(
        default_factory=dict
    )
    own: dict[int, RuleRef] = field(default_factory=dict)  # the user's, by rank

    def ahead(self, words: Words) -> Iterator[Job]:
        """What `pivots` will ask to be kept."""
        for (_, languages), found in self.files.items():
            rules = [rule for rule, _ in found]
            yield _job(rules, self._about(words, languages, found))

    def _about(
        self,
        words: Words,
        languages: frozenset[str],
        rules: Sequence[tuple[QuantityRule, int]],
    ) -> _About:
        own = tuple(self.own.get(rank) for _, rank in rules)
        parts = tuple((rule.grammar, rule.conditions) for rule, _ in rules)
        return words, languages, own, parts

    def pivots(
        self, words: Words, keep: Keep | None, common: Common
    ) -> Iterable[Pivots]:
        """The matchers of all rules."""
        made: list[Pivots] = []
        for (digest, languages), found in self.files.items():
            rules = [rule for rule, _ in found]
            about = self._about(words, languages, found)
            draft = common.once(
                (NAME, digest, languages, *(rule.id for rule in rules)),
                about,
                partial(_kept_draft, rules, about, keep),
            )
            made += _ready(draft, found)
        if any(rule.whole_text() for found in self.files.values() for rule, _ in found):
            first = FirstDate(made)
            for pivots in made:
                if isinstance(pivots.judge, Judge):
                    pivots.judge.first_date = first
        return made


def add(rule: QuantityRule, builder: Builder, rank: int) -> None:
    """Put a rule with the others of its stage."""
    pool = builder.pools.setdefault(NAME, Pool())
    assert isinstance(pool, Pool)
    mine = pool.files.setdefault((rule.digest, builder.languages), [])
    mine.append((rule, rank))
    if builder.own is not None:
        pool.own[rank] = builder.own


@dataclass(frozen=True)
class _Split:
    """A pattern with what comes before its pivot, and the pivot's anchors."""

    place: int  # of its rule in the file
    tree: Tree
    before: tuple[Tree, ...]
    anchors: frozenset[str]
    words: frozenset[str]  # that the anchors begin; empty: they are no words
    number: Reach  # where its number is, around an anchor; (0, 0): it needs none
    # Codes of which one stands in every match: of the pivot, of the rarest other word.
    needs: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    gate: str = ""  # what stands at the anchor of every match; empty: not known
    ahead: str = ""  # what a coded text has from the anchor on; empty: not known


def _kept_draft(
    rules: Sequence[QuantityRule], about: _About, keep: Keep | None
) -> _Draft:
    if keep is None:
        return _draft(rules, *about[:-1])
    draft: _Draft = keep(*_job(rules, about))
    return draft


def _job(rules: Sequence[QuantityRule], about: _About) -> Job:
    return pack((NAME, about)), partial(_draft, rules, *about[:-1])


def _draft(
    rules: Sequence[QuantityRule],
    words: Words,
    languages: frozenset[str],
    own: Sequence[RuleRef | None],
) -> _Draft:
    """What finds the matches of the rules of a file, whatever the options are.

    `ready` makes matchers of it; until then ranks are places in the file. `own` says
    for each rule whether it is the user's own.
    """
    assert rules[0].grammar is not None
    grammar = rules[0].grammar.shared
    patterns = [
        (place, tree)
        for place, rule in enumerate(rules)
        if rule.grammar is not None
        for tree in rule.grammar.trees
    ]
    counts = Counter(
        name for _, tree in patterns for _, name in _words_in(tree, grammar)
    )
    anchored = cache(lambda id_: anchors_of(grammar.lexicons[id_], words.apostrophes))
    groups: dict[Any, list[_Split]] = {}
    for place, tree in patterns:
        key, split = _split(place, tree, grammar, counts, anchored)
        groups.setdefault(key, []).append(split)
    # What the rules of a file share is named as the first of the user's own in it.
    mine = next(filter(None, own), None)
    shared = SharedReader(grammar, words, mine)
    readers = [Reader(rule, shared) for rule in rules]
    guards = [
        Context(words, *rule.conditions, own=ref)
        for rule, ref in zip(rules, own, strict=True)
    ]
    coder = Coder(grammar.coding.codes, grammar.spaces)
    leave = Reasons(words, grammar.leave, mine)
    judge = partial(Judge, grammar, leave=leave, own=mine)
    drafted = []
    for splits in groups.values():
        pieces = _pieces(splits, readers, guards, own)
        drafted.append(_pivots(splits, pieces, judge(pieces), coder, languages))
    return drafted, shared


def _ready(
    draft: _Draft, rules: Sequence[tuple[QuantityRule, int]]
) -> Iterator[Pivots]:
    """The matchers of a draft for its rules as the options want them, with ranks."""
    drafted, shared = draft
    readers = [(Reader(rule, shared), rank) for rule, rank in rules]
    for pivots, judge in drafted:
        yield pivots.judged_by(judge.for_rules(readers))


def _pieces(
    splits: Sequence[_Split],
    readers: Sequence[Reader],
    guards: Sequence[Context],
    own: Sequence[RuleRef | None],
) -> dict[str, Piece]:
    """The patterns with one pivot, by the names of the marks behind them."""
    pieces = {}
    for number, split in enumerate(splits):
        source = emit(split.tree)
        pieces[f"_{number}"] = Piece(
            readers[split.place].rule,
            split.place,
            readers[split.place],
            tuple(group_names(split.tree)),
            f"{LEFT}(?:{source}){RIGHT}",
            guards[split.place],
            own[split.place] if may_be_slow(split.tree) else None,
        )
    return pieces


def _pivots(
    splits: Sequence[_Split],
    pieces: Mapping[str, Piece],
    judge: Judge,
    coder: Coder,
    languages: frozenset[str],
) -> tuple[Pivots, Judge]:
    marked = list(zip(splits, pieces.items(), strict=True))
    rows = [(*_items(split.tree), Group(mark, Seq(()))) for split, (mark, _) in marked]
    limits = [
        (piece.own, emit(Seq(split.before)), piece.source)
        for split, (_, piece) in marked
        if piece.own is not None
    ]
    pivots = Pivots(
        sorted(frozenset[str]().union(*(split.anchors for split in splits))),
        from_the_end(dict.fromkeys(split.before for split in splits)),
        f"{LEFT}(?:{from_the_start(rows)}){RIGHT}",
        coder,
        judge,
        splits[0].words,
        _common_reach(splits),
        _needed(splits),
        languages,
        limits,
        _alphabet(splits),
        _gate(splits) if not limits else "",
        _ahead(splits) if not limits else (),
    )
    return pivots, judge


def _gate(splits: Sequence[_Split]) -> str:
    """What stands at the anchor of every match of these patterns; empty: not known."""
    gates = dict.fromkeys(split.gate for split in splits)
    return "" if "" in gates else "|".join(gates)


def _ahead(splits: Sequence[_Split]) -> list[tuple[str, str]]:
    """What follows the anchor (empty: not known), with what may be before it then."""
    found: dict[str, dict[str, None]] = {}
    for split in splits:
        found.setdefault(split.ahead, {})[emit(Seq(split.before))] = None
    return [(ahead, "|".join(before)) for ahead, before in found.items()]


def _alphabet(splits: Sequence[_Split]) -> Alphabet | None:
    """What the patterns tell apart; None where one looks without a bound."""
    before = (Seq(split.before) for split in splits)
    sets = sets_of([*(split.tree for split in splits), *before], EDGES)
    return Alphabet(sets) if sets.bounded else None


def _needed(splits: Sequence[_Split]) -> list[frozenset[str]]:
    """Sets of codes: of each one stands in every match of these patterns."""
    places = zip(*(split.needs for split in splits), strict=True)
    return [frozenset[str]().union(*sets) for sets in places if all(sets)]


def _codes(name: str, grammar: Grammar) -> frozenset[str]:
    """The codes one of which stands wherever this field does."""
    return grammar.coding.codes_of(grammar.fields[name].lexicon)


def _common_reach(splits: Sequence[_Split]) -> Reach | None:
    """Where a number must be for any of the patterns; None: one needs none."""
    reaches = [split.number for split in splits]
    if (0, 0) in reaches:
        return None
    return max(before for before, _ in reaches), max(behind for _, behind in reaches)


def _long(name: str, grammar: Grammar) -> bool:
    """Whether words of a field are worth to be looked for."""
    forms = grammar.lexicons[grammar.fields[name].lexicon].forms()
    return not any(len(form) == 1 and form.isalpha() for form in forms)


def _items(tree: Tree) -> tuple[Tree, ...]:
    """The parts of a pattern one after the other."""
    if isinstance(tree, Seq):
        return tuple(part for item in tree.items for part in _items(item))
    return (tree,)


def _words_in(tree: Tree, grammar: Grammar) -> Iterator[tuple[int, str]]:
    """Where words of a lexicon must stand in a pattern, and their fields."""
    for i, item in enumerate(_items(tree)):
        if isinstance(item, Group):
            base = item.name.rstrip("234")
            if grammar.fields[base].lexicon:
                yield i, base


def _split(
    place: int,
    tree: Tree,
    grammar: Grammar,
    counts: Counter[str],
    anchored: Callable[[str], Anchors],
) -> tuple[Any, _Split]:
    """The pattern split before its pivot.

    The pivot is the field of words that is obligatory in most patterns of the file;
    without one the rarest literal.
    """
    found = list(_words_in(tree, grammar))
    if not found:
        before, anchors = split_at_anchor(tree, fold=False)
        items = () if before is None else _items(greedy(without_names(before)))
        anchors = frozenset(
            anchor.replace(" ", space) for anchor in anchors for space in grammar.spaces
        )
        anywhere = (NEAR, NEAR)
        gate = gate_of(items, _items(without_names(tree))[len(items) :], grammar)
        none = frozenset[str]()
        return anchors, _Split(place, tree, items, anchors, none, anywhere, gate=gate)
    # A lone letter is a bad anchor.
    found = [pair for pair in found if _long(pair[1], grammar)] or found
    at, name = max(found, key=lambda pair: (counts[pair[1]], -pair[0]))
    lexicon = grammar.fields[name].lexicon
    wanted = anchored(lexicon)
    parts = list(_items(tree)[:at])
    inside = grammar.coding.before(lexicon)
    if inside is not None:
        parts.append(inside)
    items = _items(greedy(without_names(Seq(tuple(parts)))))
    others = [_codes(word, grammar) for i, word in found if i != at]
    split = _Split(
        place,
        tree,
        items,
        wanted.literals,
        wanted.words,
        number_reach(_items(tree), at, grammar),
        (_codes(name, grammar), min(others, key=len, default=frozenset())),
        ahead=ahead_of(_items(tree), at, lexicon, grammar, RIGHT),
    )
    # Those without a number are looked at everywhere, so they go by themselves.
    return (name, split.number == (0, 0)), split
