"""Strategies: texts made of what the rules themselves talk about."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from normalize.kinds.names.model import NameRule
from normalize.kinds.rewrite import RewriteRule
from normalize.library import Library
from normalize.loading import load
from normalize.normalizer import Normalizer

PROFILES = (
    *sorted(Library().ids("profile")),
    "news-en ellipsis=dots",
    "news-uk punctuation_spacing=mend no_break_spaces=put",
    "typography-en punctuation_spacing=mend no_break_spaces=put",
)


@cache
def normalizer(profile: str) -> Normalizer:
    """A shipped profile, with options behind its name, loaded once for all tests."""
    name, *settings = profile.split()
    return load(name, **dict(setting.split("=") for setting in settings))


@cache
def spellings(profile: str) -> tuple[str, ...]:
    """Every literal that a rule of the profile looks for, or writes."""
    found: set[str] = set()
    for stage in normalizer(profile).plan.stages:
        for file in stage.files:
            for rule in file.rules:
                found.update(rule.claims())
                found.update(
                    item for item in rule.conditions.unless if isinstance(item, str)
                )
                if isinstance(rule, NameRule):
                    for name in (rule.name, rule.given, rule.surname):
                        if name is not None:
                            found |= {name.canonical, name.uk, name.ru, *name.also}
                if isinstance(rule, RewriteRule):
                    found.add("".join(part for _, part in rule.output))
    return tuple(sorted(found - {""}))


@cache
def examples(profile: str) -> tuple[str, ...]:
    """The texts of all examples of the profile's rules."""
    plan = normalizer(profile).plan
    files = [*plan.protect, *(file for stage in plan.stages for file in stage.files)]
    rules = [rule for file in files for rule in file.rules]
    texts = {text for rule in rules for e in rule.examples for text in e[:2]}
    return tuple(sorted(texts))


GLUE = (
    " ", " ", " ", "  ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \t\n", "\t",
    "\N{NO-BREAK SPACE}", "\N{THIN SPACE}", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}",
    "\N{WORD JOINER}", "\N{RIGHT-TO-LEFT MARK}", "", "", ".", "...", "....", ". . .",
    ",", "-", "'s ", "\N{RIGHT SINGLE QUOTATION MARK}s ", "'", '"', "(", ")", "/", "\\",
    "|", "`", "```\n", "\n```\n", "~~~\n", "<", ">", "<b>", "</b>", "<!--", "-->",
    "<pre>", "</pre>", "&", "&amp;", "@", "#", "_", "://", "http://", "www.", ".com",
    ".ua", ".txt", "--", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING BREVE}",
    "\N{HORIZONTAL ELLIPSIS}", "\N{LATIN SMALL LIGATURE FI}", "\x00", "\ud800",
    "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}", "\x0b", "\x0c", "\x85", "\x1c",
    "\N{HEBREW LETTER ALEF}", "\U0001f600", "1", "21.04", "Київ", "Зеленський",
)  # fmt: skip

PROTECTED = (
    "https://kiev.example/Lvov?x=Kharkov....",
    "press@kiev.example",
    "o'brien@odessa.example.org",
    "@Kiev_Post",
    "#KyivNotKiev",
    "`Kiev  Lvov`",
    "<a title='Kiev  x'>",
    "&nbsp;",
    "/home/Kiev/Lvov.txt",
    "C:\\Kiev\\Lvov",
    "Europe/Kiev",
    "city_kiev",
    "Kiev_2022",
    "Kiev.docx",
    "Kiev.tar.gz",
    "~/Kiev",
    "kyivpost.com/Kiev",
    "--author=Kiev",
)


def pieces(profile: str) -> st.SearchStrategy[str]:
    """One piece of a text."""
    names = st.sampled_from(spellings(profile) or ("Kiev",))
    return st.one_of(
        names,
        names,
        names.map(str.upper),
        names.map(str.lower),
        st.sampled_from(GLUE),
        st.sampled_from(GLUE),
        st.sampled_from(PROTECTED),
        st.sampled_from(examples(profile) or ("Kiev",)),
        st.text(max_size=3),
        st.characters(),
    )


def texts(profile: str, most: int = 14) -> st.SearchStrategy[str]:
    """Texts of up to `most` pieces, with and without spaces between them."""
    part = pieces(profile)
    joined = st.lists(part, max_size=most).map("".join)
    spaced = st.lists(part, max_size=most).map(" ".join)
    return joined | spaced
