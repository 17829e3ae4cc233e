"""Names that are spoken of, not used: "formerly Kiev", 'spelled "Kiev"', "Kiev (Kyiv)".

A spelling that is the subject of a sentence must stay, or the sentence becomes
nonsense. Most names are cleared by the one word before and the one behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import regex

from normalize.engine.words import Words, word_before

_OPENING = frozenset("\"“„«‘'(")
_DASHES = "-\N{EN DASH}\N{EM DASH}"
_CLOSING = frozenset("\"”“»’'")
# How far the quotation marks of a title are looked for, and how long a word is that
# has a capital in one.
TITLE = 60
LONG_WORD = 4
# How far the words around a name are looked at, in code points.
REACH = 48


# What ends a remark in brackets.
_CLOSED = re.compile(r"[)\]]")


class Mentions:
    """Tells whether the name at a place is spoken of.

    `before` are phrases that stand right before such a name (an opening quotation
    mark may come between), `behind` those right behind it, `joining` the words
    between two spellings of one name, `naming` those right before the one that is
    meant. `quotes` are opening and closing marks of
    titles, nicknames and spellings, `singles` of spellings only.
    """

    def __init__(
        self,
        words: Words,
        before: Iterable[str],
        behind: Iterable[str],
        joining: Iterable[str],
        quotes: Iterable[str] = (),
        singles: Iterable[str] = (),
        naming: Iterable[str] = (),
    ) -> None:
        # The mark that closes what one opens.
        self.quotes = {pair[0]: pair[-1] for pair in quotes}
        single = {pair[0]: pair[-1] for pair in singles}
        # In real text the two marks need not be of one pair.
        self._closing = {
            opening: frozenset(pairs.values())
            for pairs in (self.quotes, single)
            for opening in pairs
        }
        opening = "".join(sorted(self._closing))
        double = "".join(sorted(self.quotes.values()))
        closing = "".join(sorted({*self.quotes.values(), *single.values()}))
        self._inner = "".join(sorted({*single, *single.values()}))
        self._double = frozenset(double)
        self._quote = re.compile(_set("".join(sorted(self.quotes))))
        # What may stand between a name and a word that speaks of it.
        self._beside = frozenset(f" ,([{double}")
        self._opened = frozenset(f"({opening}")
        self._around = f" ,/([{_DASHES}{''.join(sorted(self.quotes))}"
        self._plain = words.plain
        befores, behinds = sorted(before), sorted(behind)
        self._joining = frozenset(map(str.lower, joining))
        # The first and last letters of these words: most words are told by them.
        self._joins = frozenset(word[0] for word in self._joining)
        self._joined = frozenset(word[-1] for word in self._joining)
        last = cased(phrase.split()[-1] for phrase in befores)
        self._last = last.union(f"({word}" for word in last)
        self._first = cased(phrase.split()[0] for phrase in behinds)
        # Backwards, from the name: nothing else in reach is worth a look.
        self._before = _ByWord(words, befores, rf"(?r){{}}\s{_set(opening)}?", -1)
        self._behind = _ByWord(words, behinds, rf"{_set(closing)}?,?\s[(\[]?{{}}", 0)
        spelled = rf"[\w{re.escape(''.join(sorted(words.apostrophes)))}-]+"
        self._spelled = regex.compile(spelled)
        joined = "|".join(map(regex.escape, sorted(self._joining, key=len)[::-1]))
        marks = rf"[,;]\s|/|\s[{_DASHES}]\s"
        words_ = rf"\s[(\[](?:(?:{joined})\s)?|(?:,\s|\s)(?:{joined})\s"
        between = rf"\s?(?:{words_}|{marks})+"
        one = rf"{_set(''.join(sorted(self.quotes)))}?{spelled}"
        listed = rf"(?i)(?:{between}{one})+" if joined else r"(?!)"
        self._list = regex.compile(listed)
        named = sorted({*map(str.lower, naming)})
        # Backwards too, from the written form.
        self._naming = _pattern(words, named, rf"(?r){{}}\s{_set(opening)}?")
        said = "|".join(map(regex.escape, sorted({*named, *befores}, key=len)[::-1]))
        self._others = regex.compile(
            rf"(?i)[\s,(]+(?:{said})(?:\s{one}{between})+{_set(opening)}?"
            if said and joined
            else r"(?!)"
        )

    def hold(self, text: str, start: int, end: int, output: str) -> bool:
        """Whether the name at `start:end`, to become `output`, is spoken of.

        Each question is asked only where what stands around the name leaves it open:
        most names are cleared by a look at the words beside them.
        """
        before, behind = text[start - 1 : start], text[end : end + 1]
        if before == " ":
            word = word_before(text, start - 1)
            if word in self._last and self._is_before(text, start):
                return True
        elif before:
            # ‘Kiev’, but not ‘Kiev’s mayor’.
            # An American full stop stands inside: "Kiev."
            inside = behind == "." and before in self.quotes
            close = text[end + 1 : end + 2] if inside else behind
            closed = close and close in self._closing.get(before, ())
            twice = before in self._inner and text[start - 2 : start - 1] == before
            after = end + 1 + inside
            if closed and twice:
                # Two of them are typed for one: ''Kiev''.
                closed = behind in self._double or text[end + 1 : end + 2] == behind
                after += behind not in self._double
            if closed and not text[after : after + 1].isalnum():
                return True
            if self._is_before(text, start):
                return True
        if behind and behind in self._beside:
            next_ = self._plain.match(text, end + 1)
            known = next_ is None or next_[0] in self._first
            if known and self._is_behind(text, end):
                return True
        return self.are_near(text, start, end, output)

    def are_near(self, text: str, start: int, end: int, output: str) -> bool:
        """Whether what is not right beside the name tells it: a list, a title."""
        low = start - TITLE if start > TITLE else 0
        near = text.find(output, low, end + TITLE) >= 0
        if near and self._is_listed(text, start, end, output):
            return True
        opened = self._quote.search(text, low, start)
        return opened is not None and _is_in_title(
            text, start, end, self.quotes, self._inner
        )

    def may_speak(self, word: str, *, behind: bool) -> bool:
        """Whether a word right before or behind a name may speak of it, or join it."""
        if behind:
            return word in self._first or word in self._joining
        return word in self._last or word in self._joining

    def others(self, text: str, start: int, end: int) -> Sequence[str]:
        """What a joining word or a stroke joins to `start:end`, before and behind it.

        Of "Zelensky, or Zelenskiy" each is joined to the other.
        """
        found: tuple[str, ...] = ()
        behind, before = text[end : end + 1], text[start - 1 : start]
        at = end + 1 if behind == "," else end
        if text[at : at + 1] == " " and text[at + 1 : at + 2] in self._joins:
            stop = text.find(" ", at + 1, at + REACH)
            if stop > 0 and text[at + 1 : stop] in self._joining:
                found = (self._word(text, stop + 1),)
        elif behind == "/":
            found = (self._word(text, end + 1),)
        if before == " " and text[start - 2 : start - 1] in self._joined:
            stop = text.rfind(" ", max(0, start - REACH), start - 1)
            if stop >= 0 and text[stop + 1 : start - 1] in self._joining:
                found += (word_before(text, stop).rstrip(","),)
        elif before == "/":
            found += (word_before(text, start - 1),)
        return found

    def joined(self, text: str, end: int) -> int:
        """Where the word behind a space and one joining word begins; -1 without."""
        word = self._word(text, end + 1) if text[end : end + 1] == " " else ""
        at = end + 2 + len(word)
        return at if word in self._joining and text[at - 1 : at] == " " else -1

    def is_joining(self, word: str) -> bool:
        """Whether a word joins two names: and."""
        return word in self._joining

    def _word(self, text: str, start: int) -> str:
        found = self._plain.match(text, start)
        return found[0] if found is not None else ""

    def _is_before(self, text: str, start: int) -> bool:
        stop = start - 1
        if stop > 0 and text[stop] in self._opened:
            stop -= 1
        if stop < 1 or not text[stop].isspace():
            return False
        word = word_before(text, stop)
        if word not in self._last:
            return False
        look = self._before.of(word.removeprefix("("))
        return bool(look.match(text[max(0, start - REACH) : start].lower()))

    def _is_behind(self, text: str, end: int) -> bool:
        at = end
        while at < len(text) and text[at] in self._beside:
            at += 1
        if at == end or at - end > 3:
            return False
        word = self._plain.match(text, at)
        if word is None or word[0] not in self._first:
            return False
        look = self._behind.of(word[0])
        return bool(look.match(text[end : end + REACH].lower()))

    def _is_listed(self, text: str, start: int, end: int, output: str) -> bool:
        """Whether the written form of the same name stands beside it, or is told."""
        behind = text[end : end + 1]
        if behind in {",", ";", "/"} or behind.isspace():
            near = text[end : end + REACH]
            if output in near:
                if (
                    near.partition(output)[0].strip(self._around).lower()
                    in self._joining
                ):
                    return True  # of two words too: Andriy Yermak or Andrii Yermak
                found = self._list.match(near)
                if found is not None and output in self._spelled.findall(found[0]):
                    return True
        near = text[max(0, start - REACH) : start]
        if output in near:
            at = near.rfind(output)
            between = near[at + len(output) :]
            joined = between.strip(self._around).lower()
            ends = between[-1:] != "," and between[-1:] in self._around
            if between and between[0] in " ,;/(" and ends:
                if joined == "" or joined in self._joining:
                    return True
                if self._others.fullmatch(between):
                    return True
                # "Lviv, Lyov, and Lwow"
                found = self._list.match(text[start - len(between) : end])
                if found is not None and found.end() > len(between):
                    return True
            # A remark in brackets behind it: "Lviv (Leopolis, Lemberg, Lwow)"
            if between[:2] in {" (", " ["} and not _CLOSED.search(between):
                return True
            if ". " not in between and self._naming.match(between.lower()):
                return True
        near = text[end : end + TITLE]
        at = near.find(output)
        near = near[:at].lower() if at > 0 else ""
        # Of the next sentence it would be another one.
        return bool(near) and ". " not in near and bool(self._naming.match(near))


def _is_in_title(
    text: str, start: int, end: int, quotes: Mapping[str, str], inner: str
) -> bool:
    """Whether the name stands in the title of a work: "Letters from Kharkov".

    In quotation marks, of two words or more, the long ones with a capital each, and
    without a mark at the end that would make it a sentence. A second pair of marks,
    any of `inner`, may stand inside.
    """
    before = text[max(0, start - TITLE) : start]
    found = max(before.rfind(mark) for mark in quotes)
    if found < 0:
        return False
    closing = quotes[before[found]]
    behind = text[end : end + TITLE]
    stop = behind.find(closing)
    if stop < 0:
        return False
    opened = before[:found]
    inside = before[found + 1 :] + text[start:end] + behind[:stop]
    if (opened and opened[-1].isalnum()) or "\n" in inside or inside[:1].isspace():
        return False
    inside = inside.strip(f"{inner} ")
    words = inside.split()
    long = [word for word in words if len(word) > LONG_WORD]
    return (
        len(words) > 1
        and len(words[0]) > 1
        and inside[-1].isalnum()
        and inside[0].isupper()
        and not inside.isupper()
        and all(word[0].isupper() or word[0].isdigit() for word in long)
        and sum(word[0].isupper() for word in words) > 1
    )


def cased(words: Iterable[str]) -> frozenset[str]:
    """The words in small letters, as at the beginning of a sentence, in capitals."""
    return frozenset(
        cased
        for word in words
        for cased in (word.lower(), word.capitalize(), word.upper())
    )


def _set(marks: str) -> str:
    """The source of one of the marks; of nothing when there is none."""
    return f"[{re.escape(marks)}]" if marks else r"(?!)"


class _ByWord:
    """The patterns of phrases, by the word of each that is nearest to a name."""

    def __init__(
        self, words: Words, phrases: Sequence[str], form: str, nearest: int
    ) -> None:
        self._words = words
        self._form = form
        self._phrases: dict[str, list[str]] = {}
        for phrase in phrases:
            word = phrase.lower().split()[nearest]
            self._phrases.setdefault(word, []).append(phrase)
        self._made: dict[str, regex.Pattern[str]] = {}  # when they are asked for

    def of(self, word: str) -> regex.Pattern[str]:
        """The pattern of those with this word, whatever its case."""
        key = word.lower()
        made = self._made.get(key)
        if made is None:
            some = self._phrases.get(key, ())
            made = self._made[key] = _pattern(self._words, some, self._form)
        return made


def _pattern(words: Words, phrases: Iterable[str], form: str) -> regex.Pattern[str]:
    sources = "|".join(words.phrase(phrase.lower()) for phrase in phrases)
    if not sources:
        return regex.compile(r"(?!)")
    whole = f"{words.left}(?:{sources}){words.right}"
    return regex.compile(form.replace("{}", whole))
