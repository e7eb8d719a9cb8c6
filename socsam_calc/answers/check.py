"""Check a document: what the rules find in it, each finding with its place in the file and its text in the language asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from ..amounts import Scale
from ..engine.results import Settlement
from ..problems import AgreementError, Path, Place, Problem
from ..rules.application import Entry, checklist
from ..rules.catalogue import RULES
from ..rules.rule import ERROR, INFO, WARNING, Rule, Severity
from ..rules.run import Found, run, unknown_rules
from ..rules.said import Said, fill, write
from ..source.document import Document
from .settle import settle

SEVERITIES = (ERROR, WARNING, INFO)
APPLICATION_RULE = "SOC601"


class Finding(NamedTuple):
    """What a rule found: where, what is wrong, what would be right and what the rule rests on.

    ``path`` leads to ``place``; ``related`` are other places that bear on it. ``assumed`` is true where the finding reads amounts or
    terms and the file states assumptions: it may rest on one of them. ``because`` is the file's reason for ignoring it, if ``ignored``.
    """

    code: str
    severity: Severity
    title: str
    message: str
    remedy: str
    sources: tuple[str, ...]
    path: Path
    place: Place
    related: tuple[Place, ...]
    assumed: bool
    ignored: bool
    because: str | None


class Checked(NamedTuple):
    """A document held against the rules. ``problems`` say why it cannot be settled, where it cannot; the findings are then incomplete.

    ``application`` lists what an application had to show, and is empty for an agreement under another law. ``language`` is that of the
    findings, ``rules`` those that it was held against.
    """

    document: Document
    settlement: Settlement | None
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    application: tuple[Entry, ...]
    language: str
    rules: tuple[Rule, ...]

    def count(self, severity: str) -> int:
        """How many findings of this severity are not ignored."""
        return sum(finding.severity == severity and not finding.ignored for finding in self.findings)

    @property
    def ignored(self) -> int:
        """How many findings the file asks to ignore."""
        return sum(finding.ignored for finding in self.findings)

    @property
    def tells_application(self) -> bool:
        """Whether the rules asked for are those that the list of an application belongs to."""
        return any(rule.code == APPLICATION_RULE for rule in self.rules)


def check(
    document: Document,
    language: str = "en",
    rules: Iterable[Rule] = RULES,
    *,
    unit: str | None = None,
    years: Collection[int] | None = None,
) -> Checked:
    """Hold a loaded agreement against the Act, the memorandum and the arithmetic of its own figures.

    ``language`` is `en` or `sv`, ``unit`` that of amounts in the findings, the file's where it is None. With ``years`` a finding that
    stands in the entry of another year is left out; the agreement is held against the rules as a whole all the same. The worst
    findings come first, then in the order of the file. Raises AgreementError where the file's `ignore` names a rule that does not exist.
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
    amount = Scale(agreement.rounding, unit or agreement.unit).with_unit
    findings = [_finding(document, found, language, amount) for found in run(agreement, settlement, rules) if _shown(found.hit.path, years)]
    findings.sort(key=lambda one: (SEVERITIES.index(one.severity), one.place.file != document.file, one.place.line, one.place.column))
    application = tuple(checklist(agreement)) if agreement.law == "1994:566" else ()
    return Checked(document, settlement, problems, tuple(findings), application, language, rules)


def _shown(path: Path, years: Collection[int] | None) -> bool:
    """Whether what stands at this path belongs to these years, or to no single one."""
    return years is None or len(path) < 2 or path[0] != "years" or int(path[1]) in years


def _finding(document: Document, found: Found, language: str, amount: Callable[[int], str]) -> Finding:
    rule, hit, because = found
    agreement = document.agreement
    wording = rule.wording(language)
    return Finding(
        code=rule.code,
        severity=rule.severity,
        title=wording.title,
        message=fill(wording.message, hit.values, language, amount),
        remedy=wording.remedy,
        sources=said(hit.sources or rule.sources, language),
        path=hit.path,
        place=document.place(hit.path),
        related=tuple(document.place(path) for path in hit.related),
        assumed=rule.reads != "structure" and bool(agreement.assumptions),
        ignored=because is not None,
        because=because,
    )


def said(texts: Iterable[Said], language: str) -> tuple[str, ...]:
    """Texts without amounts in one language."""
    return tuple(write(text, language, str) for text in texts)
