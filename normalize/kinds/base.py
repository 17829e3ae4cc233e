"""What rule files of all kinds are made of: rules, files, kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Values
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from normalize.errors import Location, RuleError

# The classes here are those of kept rules too, and then nothing is read.
if TYPE_CHECKING:
    from normalize.engine.patterns import Classes
    from normalize.engine.protection import Protector
    from normalize.engine.stage import Stage
    from normalize.engine.vetoes import Item
    from normalize.kinds.builder import Builder, Job
    from normalize.source.fields import Record
    from normalize.source.nodes import Mapping, Scalar, Source
    from normalize.source.problems import Problems


class Example(NamedTuple):
    """A line of `examples`: what goes in, what must come out.

    `mark` is '' for a change, 'keep' for no change, 'todo' for a known gap that
    must still fail.
    """

    source: str
    expected: str
    mark: str
    at: str


class Conditions(NamedTuple):
    """The contexts and vetoes of a rule."""

    preceded_by: tuple[Item, ...] = ()
    followed_by: tuple[Item, ...] = ()
    unless: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A switch that a rule file declares and a profile or `load` sets.

    `takes` names the free values that it can have besides `values`, see
    `kinds.options`; `needs` is an option that must be set when this one is. A
    `shared` option gets values from every file that declares it. `whole` is a template
    that must have all its parts, since what has none is lost.
    """

    name: str
    values: tuple[str, ...]
    default: str
    title: str
    at: str
    takes: str = ""
    needs: str = ""
    shared: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Base of the rules of all kinds."""

    id: str
    at: str
    examples: tuple[Example, ...]
    when: tuple[tuple[str, str], ...]  # of several values for one name, any
    try_with: tuple[tuple[str, str], ...]  # options for the examples
    conditions: Conditions

    def chosen(self, values: Values[str, str]) -> Rule:
        """The rule as the values of the options want it."""
        del values
        return self

    def whole_text(self) -> bool:
        """Whether what it does depends on the whole text, not on a paragraph."""
        return False

    def claims(self) -> tuple[str, ...]:
        """The literal spellings that this rule changes whatever is around them."""
        return ()

    def alone(self) -> tuple[tuple[str, str], ...]:
        """Each of them with what it becomes."""
        return ()

    def refers(self) -> tuple[str, ...]:
        """The rules that must be there for it: file id/rule id."""
        return ()

    def refuses(self, other: Rule) -> str:
        """Why a rule that it refers to does not fit it; '' when it does."""
        del other
        return ""

    def parts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The outputs of parts that only change together, each with its spellings."""
        return ()


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One rule file, checked: its header and its rules in file order."""

    kind: str
    id: str
    title: str
    path: str
    extends: Scalar | None = None
    lang: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()  # the ids of the files taken over, nearest first
    remove: tuple[Scalar, ...] = ()
    options: tuple[Option, ...] = ()
    rules: tuple[Rule, ...] = ()
    uses: tuple[str, ...] = ()  # the ids of files whose words and parts it uses
    grammar: Any = None  # what the rules share, in kinds that have such

    def handed_on(self) -> tuple[Rule, ...]:
        """The rules as a file that extends this one takes them over."""
        return self.rules

    def inherit(self, parent: RuleFile) -> RuleFile:
        """The file with what else than rules it takes over from its parent."""
        del parent
        return self

    def borrows(self) -> tuple[Scalar, ...]:
        """The ids of files of its kind that it needs beside it."""
        return ()

    def borrow(self, others: tuple[RuleFile, ...]) -> RuleFile:
        """The file with what it needs of those files."""
        del others
        return self


Finder: TypeAlias = "Callable[[Scalar], RuleFile | None]"


class Finding(NamedTuple):
    """A lint: its code, what is wrong, where, and how to mend it.

    With `note` it is told to whoever writes the file, and is no fault.
    """

    code: str
    message: str
    at: str
    hint: str
    note: bool = False


class StageParts(NamedTuple):
    """What the stage of a kind is made of."""

    name: str
    files: tuple[RuleFile, ...]
    options: dict[str, str]
    classes: Classes
    protector: Protector
    tell: Callable[[str], str] | None  # the language of a paragraph


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule file: its fields, its compilation, its lints."""

    name: str
    about: str
    record: Callable[[Classes], Record]
    add: Callable[[Any, Builder, int], None] | None = None
    lint: Callable[[RuleFile, Classes], Iterator[Finding]] | None = None
    # Texts that a rule must change, with the text that must come out.
    probes: Callable[[Any], Iterator[tuple[str, str]]] | None = None
    # Resolves references of a file to others, which the function gives by their ids.
    link: Callable[[RuleFile, Finder, Classes, Problems], RuleFile] | None = None
    # The kinds of the files that it may refer to.
    refers_to: tuple[str, ...] = ("quantities",)
    # For a kind that has a stage of its own: its compilation as a whole.
    stage: Callable[[StageParts], Stage] | None = None
    # Called once all rules of a stage are in, for what is compiled together.
    finish: Callable[[Builder], None] | None = None
    # What that will ask to be kept, which can be made before it is called.
    ahead: Callable[[Builder], Iterator[Job]] | None = None
    # Kinds whose files all go with the files of this kind, without being named.
    companions: tuple[str, ...] = ()
    # Whether examples make sense only where a profile uses the file.
    in_profiles: bool = False
    # What an example of a rule comes to, where that is not the normalized text.
    judge: Callable[[Any, Example], str] | None = None
    # Its files are asked for by name, so that no profile need use them.
    by_name: bool = False


def at_line(node: Mapping | Scalar) -> str:
    """The place of a node as edits show it: `path:line`."""
    return f"{node.source.path}:{node.line}"


def error_at(
    at: str,
    message: str,
    kind: type[RuleError],
    source: Source | None = None,
    hint: str | None = None,
) -> RuleError:
    """An error at a place given as `path:line`."""
    path, _, number = at.rpartition(":")
    line = source.line(int(number)) if source else ""
    column = len(line) - len(line.lstrip()) + 1
    width = len(line.strip())
    location = Location(path, int(number), column)
    return kind(message, at=location, line_text=line, width=width, hint=hint)
