"""What a rule is: its texts and sources beside its check, and what a check finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Final, Literal, NamedTuple

from ..engine.results import Settlement
from ..model.agreement import Agreement
from ..problems import Path
from .said import Said, Value

Severity = Literal["error", "warning", "info"]
ERROR: Final = "error"  # forbidden by the Act, or arithmetically impossible
WARNING: Final = "warning"  # a known cause of trouble
INFO: Final = "info"  # not stated, or worth knowing

TRIAL_ACT: Final = ("1994:566",)
ANY_LAW: Final = ("1994:566", "2003:1210", "none")

SUBJECTS: Final = {
    "1": Said("parties and time", "parter och tid"),
    "2": Said("governance", "ledning"),
    "3": Said("costs", "kostnader"),
    "4": Said("frame", "ram"),
    "5": Said("sharing and settlement", "delning och avräkning"),
    "6": Said("application and sources", "ansökan och källor"),
}
"""The subjects by the first digit of their codes."""


class Wording(NamedTuple):
    """A rule in one language. ``message`` is what a finding says; its braces are filled with the finding's values."""

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
    sources: tuple[Said, ...] = ()


def hit(path: Path, *, related: tuple[Path, ...] = (), sources: tuple[Said, ...] = (), **values: Value) -> Hit:
    """A finding at ``path``."""
    return Hit(path, values, related, sources)


Check = Callable[[Agreement, Settlement | None], Iterable[Hit]]
"""Holds an agreement, and its settlement where there is one, against one rule. Pure."""


class Rule(NamedTuple):
    """A rule with a stable code. ``laws`` are the values of the file's `law` under which it is checked.

    ``reads`` says what a finding may rest on: the `structure` of the file, its `terms`, or its `figures`; where a file states
    assumptions, a finding that reads terms or figures may rest on one of them. ``supersedes`` are rules whose findings of the same
    years this one says better.
    """

    code: str
    severity: Severity
    en: Wording
    sv: Wording
    sources: tuple[Said, ...]
    check: Check
    laws: tuple[str, ...] = TRIAL_ACT
    reads: Literal["structure", "terms", "figures"] = "structure"
    supersedes: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[Callable[[str, str], Rule], tuple[str, str]]:
        """A rule is pickled as its name: it stands where its check was defined, and is the same one in every process."""
        return _defined, (self.check.__module__, self.check.__name__)

    @property
    def subject(self) -> Said:
        """What the rule is about."""
        return SUBJECTS[self.code[3]]

    def wording(self, language: str) -> Wording:
        """The rule's texts in `en` or `sv`."""
        return self.sv if language == "sv" else self.en


def _defined(module: str, name: str) -> Rule:
    found: Rule = getattr(import_module(module), name)
    return found


def rule(
    code: str,
    severity: Severity,
    *,
    en: Wording,
    sv: Wording,
    sources: tuple[Said, ...],
    laws: tuple[str, ...] = TRIAL_ACT,
    reads: Literal["structure", "terms", "figures"] = "structure",
    supersedes: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of the check that follows."""

    def with_check(check: Check) -> Rule:
        return Rule(code, severity, en, sv, sources, check, laws, reads, supersedes)

    return with_check
