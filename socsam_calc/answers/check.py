"""Check a document: what the rules find in it, each finding with its place in the file; told later, in the language and the unit asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from ..engine.results import Settlement
from ..problems import AgreementError, Path, Place, Problem
from ..rules.act_1994.application import Entry, checklist
from ..rules.catalogue import RULES
from ..rules.facts import Case
from ..rules.rule import ERROR, INFO, TRIAL_ACT, WARNING, Hit, Rule
from ..rules.run import run, unknown_rules
from ..source.document import Document
from .settle import settle

SEVERITIES = (ERROR, WARNING, INFO)
APPLICATION_RULE = "SOC601"


class Placed(NamedTuple):
    """What a rule found, and where: ``hit.path`` leads to ``place``; ``related`` are other places that bear on it.

    ``because`` is the file's reason for ignoring it, if it does. ``assumed`` is true where the finding reads amounts or terms and the file
    states assumptions: it may rest on one of them.
    """

    rule: Rule
    hit: Hit
    because: str | None
    place: Place
    related: tuple[Place, ...]
    assumed: bool


class Checked(NamedTuple):
    """A document held against the rules. ``problems`` say why it cannot be settled, where it cannot; what was found is then incomplete.

    ``application`` lists what an application had to show, and is empty for an agreement under another law. ``rules`` are those that it was
    held against.
    """

    document: Document
    settlement: Settlement | None
    problems: tuple[Problem, ...]
    found: tuple[Placed, ...]
    application: tuple[Entry, ...]
    rules: tuple[Rule, ...]

    def count(self, severity: str) -> int:
        """How many findings of this severity are not ignored."""
        return sum(one.rule.severity == severity and one.because is None for one in self.found)

    @property
    def ignored(self) -> int:
        """How many findings the file asks to ignore."""
        return sum(one.because is not None for one in self.found)

    @property
    def tells_application(self) -> bool:
        """Whether the rules asked for are those that the list of an application belongs to."""
        return any(rule.code == APPLICATION_RULE for rule in self.rules)


def check(document: Document, rules: Iterable[Rule] = RULES, *, years: Collection[int] | None = None) -> Checked:
    """Hold a loaded agreement against the Act, the memorandum and the arithmetic of its own figures.

    With ``years`` a finding that stands in the entry of another year is left out; the agreement is held against the rules as a whole all
    the same. The worst findings come first, then in the order of the file. Raises AgreementError where the file's `ignore` names a rule
    that does not exist.
    """
    agreement, rules = document.agreement, tuple(rules)
    if unknown := list(unknown_rules(agreement)):
        raise AgreementError(map(document.problem, unknown))
    settlement: Settlement | None = None
    problems: tuple[Problem, ...] = ()
    try:
        settlement = settle(document)
    except AgreementError as refused:
        problems = tuple(refused.problems)
    found = [
        Placed(
            rule, hit, because,
            place=document.place(hit.path),
            related=tuple(document.place(path) for path in hit.related),
            assumed=rule.reads != "structure" and bool(agreement.assumptions),
        )
        for rule, hit, because in run(agreement, settlement, rules, document.booked)
        if _shown(hit.path, years)
    ]  # fmt: skip
    found.sort(key=lambda one: (SEVERITIES.index(one.rule.severity), one.place.file != document.file, one.place.line, one.place.column))
    application = tuple(checklist(Case(agreement, settlement))) if agreement.law in TRIAL_ACT else ()
    return Checked(document, settlement, problems, tuple(found), application, rules)


def _shown(path: Path, years: Collection[int] | None) -> bool:
    """Whether what stands at this path belongs to these years, or to no single one."""
    return years is None or len(path) < 2 or path[0] != "years" or int(path[1]) in years
