"""What the lints are called, why each matters, and how it is mended."""

from __future__ import annotations

from typing import NamedTuple


class Lint(NamedTuple):
    """A lint: what it says, why that matters, how to mend it."""

    what: str
    why: str
    mend: str


# Codes never change; a code taken back is not used again.
CODES = {
    "N001": Lint(
        "a file can't be read: it is not YAML, or its fields are not those of its kind",
        "Nothing of such a file would run, and nobody would notice.",
        "Each error names line and column, what was found and what is expected. The "
        "line '# yaml-language-server: $schema=...' shows them while you type.",
    ),
    "N002": Lint(
        "an id is there twice",
        "Ids name rules in explanations, in 'remove' and in overrides.",
        "Give one of them another id; keep the older one, others may refer to it.",
    ),
    "N003": Lint(
        "a spelling is claimed by two files of one stage",
        "Only the earlier file gets it; the other rule looks alive and is not.",
        "Take it out of one of them, or give one a context.",
    ),
    "N004": Lint(
        "a spelling never gets the output of its rule: another rule eats it",
        "In one stage the longest match wins, then the earlier file, so a rule can be "
        "masked by another one without any sign of it.",
        "The finding names the text and the rule that eats it: take the spelling out "
        "of one of them, give the other one a context, or put the file before it.",
    ),
    "N005": Lint(
        "a word of an output has Latin and Cyrillic letters",
        "It looks right and is found by no search: a look-alike letter slipped in.",
        "Type the word again; --fix does where one script is clearly meant.",
    ),
    "N006": Lint(
        "a word of a spelling has Latin and Cyrillic letters",
        "It can never match what people type.",
        "Type the word again; --fix does where one script is clearly meant. Where such "
        "words are what the rule is for, say so in a pattern.",
    ),
    "N007": Lint(
        "a text looks like an escape that lost its backslash",
        "u0456 is five plain characters; the letter is \\u0456 in double quotes.",
        'Write the character itself, or "\\u0456" in double quotes; --fix writes it.',
    ),
    "N008": Lint(
        "the output of a rule is changed again",
        "Running twice would give something else than running once.",
        "No output may be a spelling of a rule: take it out, or write the final form.",
    ),
    "N009": Lint(
        "a pattern can match nothing at all",
        "It would match between any two characters, so such a file is refused by every "
        "command.",
        "Make at least one part of the pattern obligatory.",
    ),
    "N010": Lint(
        "a context is not bounded",
        "How far to look must be known, so such a file is refused by every command. "
        "Within the bound of 400 characters a context may vary in width.",
        "Bound the repeats: {0,20} instead of *.",
    ),
    "N011": Lint(
        "the time of a pattern grows faster than the text",
        "On some texts it takes seconds, or forever; at run time it would end in an "
        "error. The finding shows such a text.",
        "Let no repeat stand inside another one, and no two fit the same characters: "
        "(?:a|aa)+ is a+; make one possessive with ++.",
    ),
    "N012": Lint(
        "a spelling is not in Unicode form NFC, so typed text does not match it",
        "The same letters have two forms; texts are compared in the composed one.",
        "Type it again; --fix writes the composed form.",
    ),
    "N013": Lint(
        "no example shows a rule, or one of its spellings or contexts",
        "Nobody would see it break. Where examples are obligatory a file without them "
        "is refused; in your own files a note lists what no example shows, and 'rules "
        "test --coverage' does so for all files.",
        "Add 'examples: in -> out', and 'keep: text' for each phrase of 'unless'.",
    ),
    "N014": Lint(
        "a class, a lexicon or a phrase of 'unless' is used by nothing",
        "What does nothing looks as if it did something.",
        "Take it out; a phrase of 'unless' must hold a spelling of its rule, and a "
        "lexicon is found by a field with 'words:' and its name.",
    ),
    "N015": Lint(
        "a rule file is used by no profile",
        "It is shipped and does nothing.",
        "Name it in a stage of a profile.",
    ),
    "N016": Lint(
        "a surname changes alone that the person of that surname does not list",
        "The second run would find the person, and the first did not.",
        "Add the spelling to 'also' of that part of the name.",
    ),
    "N017": Lint(
        "marks that a rule writes are read back as something else",
        "The second run would change them.",
        "Put the marks of 'levels' into 'marks' too.",
    ),
    "N018": Lint(
        "a frequent word stands under every language of its script",
        "It tells nothing.",
        "Take it out everywhere.",
    ),
    "N050": Lint(
        "a word elsewhere would be taken for a name",
        "A text that has the word, and not the name, would be changed.",
        "Put it under 'never' or 'doubtful' of names.collisions, or list it in 'also'.",
    ),
    "N051": Lint(
        "the written form of a name is a spelling of another one too",
        "The second run would change what the first one wrote.",
        "Take the spelling out with 'never', or let a context tell the names apart.",
    ),
    "N030": Lint(
        "a letter of the alphabet has no output in a romanization",
        "It would be left in Cyrillic.", "Add it to 'letters'.",
    ),
    "N031": Lint(
        "an output of a romanization has a Cyrillic letter in it",
        "It looks Latin and is not.", "Type the Latin letter.",
    ),
    "N032": Lint(
        "a rule of a romanization can't fire",
        "Another rule or the order of rules makes it useless.", "Take it out.",
    ),
    "N033": Lint(
        "a romanization says that it is reversible and is not",
        "Reading back would give other words.", "Say 'reversible: no' or 'except'.",
    ),
    "N034": Lint(
        "an output of a romanization has no capital form",
        "A word in capitals would have a small letter.", "Write letters with capitals.",
    ),
    "N035": Lint(
        "words that a romanization says are written alike are not",
        "'collisions' is the proof of what is lost.", "Correct the pair.",
    ),
    "N036": Lint(
        "a rule of a romanization is shown by no example",
        "Nobody would see it break.", "Add a word to 'examples'.",
    ),
    "N037": Lint(
        "an example of a romanization fails",
        "Table and example contradict each other.", "Correct one of them.",
    ),
    "N040": Lint(
        "a word that is said to be mixed has letters of one script only",
        "It is found anyway.", "Take it out of 'known'.",
    ),
    "N041": Lint(
        "a character that must not come of any marks never would",
        "The line does nothing.", "Take it out of 'leave'.",
    ),
    "N042": Lint(
        "an apostrophe that is written is not one that is looked for",
        "The second run would not know it.", "Add it to a 'mark'.",
    ),
    "N043": Lint(
        "a trace of misread text could not be mended",
        "What is found would be left as it is.", "Add the characters to 'plausible'.",
    ),
}  # fmt: skip
