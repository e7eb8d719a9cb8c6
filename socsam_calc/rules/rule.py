"""What a rule is: its texts in English and its sources beside its check, and what a check finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from inspect import cleandoc
from typing import Final, Literal, NamedTuple

from ..problems import Path
from .facts import Case
from .said import Said, Source, Value, Years, say

Severity = Literal["error", "warning", "info"]
ERROR: Final = "error"  # forbidden by the law, or arithmetically impossible
WARNING: Final = "warning"  # a known cause of trouble
INFO: Final = "info"  # not stated, or worth knowing

Reads = Literal["structure", "terms", "figures"]

TRIAL_ACT: Final = ("1994:566",)
AS_IN_TRIALS: Final = ("1994:566", "none")
"""What the trials of 1994–2003 have taught, of benefits and a frame of the parties' own activities: told of them, and where no law is named."""
ANY_LAW: Final = ("1994:566", "1992:863", "2003:1210", "none")
OTHER_LAWS: Final = ("1992:863", "2003:1210")
"""Those under which a general rule does not rest on what was written of the trials of 1994–2003."""

SUBJECTS: Final = {
    "1": say("parties and time"),
    "2": say("governance"),
    "3": say("costs"),
    "4": say("frame"),
    "5": say("sharing and settlement"),
    "6": say("application and sources"),
    "7": say("figures that look wrong"),
}
"""The subjects by the first digit of their codes."""


class Wording(NamedTuple):
    """A rule's texts in one language. ``message`` is what a finding says; its braces are filled with the finding's values."""

    title: str
    statement: str
    why: str
    remedy: str
    message: str


class Hit(NamedTuple):
    """What a check found: where in the file, and the values that its rule's message names.

    ``related`` are other places that bear on it; ``sources`` replaces the rule's sources where only some of them bear on this one.
    """

    path: Path
    values: Mapping[str, Value]
    related: tuple[Path, ...] = ()
    sources: tuple[Source, ...] = ()


def hit(path: Path, *, related: tuple[Path, ...] = (), sources: str = "", **values: Value) -> Hit:
    """A finding at ``path``; its ``sources`` are written as those of a rule."""
    return Hit(path, values, related, listed(sources))


def hits(places: Mapping[Path, Years], *, related: tuple[Path, ...] = (), **values: Value) -> Iterator[Hit]:
    """A finding at each of these places, with the years that it holds for."""
    return (Hit(path, {**values, "years": years}, related) for path, years in places.items())


def listed(sources: str) -> tuple[Source, ...]:
    """Sources that are written as one text, with semicolons between them."""
    return tuple(map(Source, sources.split("; "))) if sources else ()


Check = Callable[[Case], Iterable[Hit]]
"""Holds an agreement, and its settlement where there is one, against one rule. Pure."""


class Rule(NamedTuple):
    """A rule with a stable code, its texts in English: their Swedish stands under the code. ``laws`` are the values of `law` that it holds under.

    ``elsewhere`` are its sources where those that were written of the trials do not bear on the agreement: under another law of the state's.
    ``reads`` says what a finding may rest on: the `structure` of the file, its `terms`, or its `figures`; where a file states
    assumptions, a finding that reads terms or figures may rest on one of them. ``supersedes`` are rules whose findings of the same
    years this one says better.
    """

    code: str
    severity: Severity
    texts: Wording
    sources: tuple[Source, ...]
    check: Check
    laws: tuple[str, ...]
    reads: Reads
    supersedes: tuple[str, ...]
    elsewhere: tuple[Source, ...] = ()

    def __reduce__(self) -> tuple[Callable[[str, str], Rule], tuple[str, str]]:
        """A rule is pickled as its name: it stands where its check was defined, and is the same one in every process."""
        return _defined, (self.check.__module__, self.check.__name__)

    def cited(self, law: str) -> tuple[Source, ...]:
        """The sources that bear on an agreement under this law."""
        return self.elsewhere if self.elsewhere and law in OTHER_LAWS else self.sources

    @property
    def subject(self) -> Said:
        """What the rule is about."""
        return SUBJECTS[self.code[3]]


def _defined(module: str, name: str) -> Rule:
    found: Rule = getattr(import_module(module), name)
    return found


def declared(
    code: str,
    severity: Severity,
    told: str,
    *,
    laws: tuple[str, ...],
    sources: str = "",
    reads: Reads = "structure",
    supersedes: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of the check that follows. ``told`` is what it says in English, a paragraph a text, each under its name.

    The names are those of `Wording`, then `sources` (those of the pack where it names none) and `elsewhere`, cited in English with
    semicolons between them; a paragraph goes on in lines further in. Raises ValueError where one is missing, or has another name.
    """
    texts = {"sources": sources, "elsewhere": "", **dict(_paragraphs(told))}
    cited, elsewhere = listed(texts.pop("sources")), listed(texts.pop("elsewhere"))
    if set(texts) != set(Wording._fields) or not cited:
        raise ValueError(f"{code} is told with {', '.join(texts)}: wanted are {', '.join(Wording._fields)} and its sources")
    return lambda check: Rule(code, severity, Wording(**texts), cited, check, laws, reads, supersedes, elsewhere)


def _paragraphs(told: str) -> Iterator[tuple[str, str]]:
    """Each paragraph's name and its text as one line."""
    for paragraph in re.split(r"\n(?! )", cleandoc(told)):
        name, _, text = paragraph.partition(": ")
        yield name, " ".join(text.split())
