"""What the rules find in agreements; and the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, SupportsIndex, overload

from ..answers import check as checking
from ..report.told.findings import Finding, check_document, closing, finding_records, findings, findings_report, github, verdicts
from ..report.told.rules import catalogue, one_rule, rule_records, rules_document
from ..report.told.words import Words
from ..rules.catalogue import chosen
from ..rules.catalogue import listed as rules_of
from ..rules.rule import ERROR, WARNING, Rule
from ..source.arguments import listed, text
from .files import FORMAT, OneOrSeveral, Source, answered, loaded
from .formats import LANGS, HeldAgainst, Lang, OfOwnFormat, Result, Several, Way, all_of, one_of

if TYPE_CHECKING:
    from ..report.data.records import Records
    from ..report.data.verdicts import Verdict
    from ..report.told.tables import Block
    from ..source.document import Document


class Checked(checking.Checked, HeldAgainst, OfOwnFormat):
    """An agreement held against the rules: its findings, and every format of ``socsam check``. A row is a finding, the ignored included.

    ``problems`` say why it cannot be settled, where it cannot; the findings are then incomplete. ``language`` is that of the findings.
    """

    rows_called = "Findings"
    language: Lang

    def __new__(cls, checked: checking.Checked, language: Lang = "en") -> Self:
        made = super().__new__(cls, *checked)
        made.__dict__["language"] = language
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return checking.Checked(*self), self.language

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules find, in the language asked for and the file's unit; the worst first, then in the order of the file."""
        return findings(self, Words(self.language))

    @property
    def source(self) -> str:
        return self.document.file

    def __repr__(self) -> str:
        counts = ", ".join(f"{severity} {self.count(severity)}" for severity in checking.SEVERITIES)
        return f"<Checked {self.document.file}: {counts}>"

    @classmethod
    def _shown(cls, results: Iterable[Self], way: Way) -> Iterator[Block]:
        full, files, errors, warnings = not way.several, 0, 0, 0
        for one in results:
            yield from findings_report(one, way.words, full=full, application=full and one.tells_application, excerpts=full)
            files, errors, warnings = files + 1, errors + one.count(ERROR), warnings + one.count(WARNING)
        if way.several:
            yield from closing(errors, warnings, files, way.words, hints=way.hints)

    @classmethod
    def _json(cls, results: Iterable[Self], language: str) -> Iterable[str]:
        return check_document(results, Words(language))

    @classmethod
    def _verdicts(cls, results: Iterable[Self], way: Way) -> Iterator[Verdict]:
        """Of each rule what it finds, or that it finds nothing."""
        return (verdict for one in results for verdict in verdicts(one, way.words))

    @classmethod
    def _own_format(cls, results: Iterable[Self], way: Way) -> Iterator[tuple[str, str]]:
        """Workflow commands of GitHub Actions."""
        return ((github(finding, way.words), "") for one in results for finding in one.findings if not finding.ignored)

    @classmethod
    def _rows(cls, results: Iterable[Self], kind: str) -> Records:
        return finding_records(finding for one in results for finding in one.findings)


class Rules(tuple[Rule, ...], Result):
    """Rules of the catalogue with what each asks, why it matters, what to do and where it is written. A row is a rule."""

    rows_called = "Rules"
    language: Lang

    def __new__(cls, rules: Iterable[Rule], language: Lang = "en") -> Self:
        made = super().__new__(cls, all_of(Rule, rules))
        made.__dict__["language"] = language
        return made

    @overload
    def __getitem__(self, at: SupportsIndex) -> Rule: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...
    def __getitem__(self, at: Any) -> Any:
        """One of them; or of a slice several, with the same formats."""
        held = super().__getitem__(at)
        return type(self)(held, self.language) if isinstance(at, slice) else held

    def __repr__(self) -> str:
        return f"<Rules: {', '.join(rule.code for rule in self)}>"

    @classmethod
    def _shown(cls, results: Iterable[Self], way: Way) -> Iterator[Block]:
        for rules in results:
            yield from one_rule(rules[0], way.words) if len(rules) == 1 else catalogue(rules, way.words, hints=way.hints)

    @classmethod
    def _json(cls, results: Iterable[Self], language: str) -> Iterable[str]:
        return [rules_document(rules, Words(language)) for rules in results]

    @classmethod
    def _rows(cls, results: Iterable[Self], kind: str) -> Records:
        (rules,) = results
        return rule_records(rules, Words(rules.language))


@OneOrSeveral[Source, Checked, Several[Checked]]()
def check(
    agreements: Any,
    lang: Lang = "en",
    *,
    select: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
    settings: str | Sequence[str] = (),
    figures: str | Path | None = None,
) -> Checked | Several[Checked]:
    """Hold an agreement, or each of a list, against the Act, the memorandum and the arithmetic of its own figures.

    The worst findings come first, then in the order of the file; ``lang`` is the language that they are written in. ``select`` and
    ``ignore`` are codes of rules or families, such as ``SOC4``; ``settings`` and ``figures`` are those of ``load``. Each finding names
    the rule's source: a paragraph of the Act, a section of the memorandum or of the report. Raises AgreementError where a file is bad,
    or a rule is named that does not exist.
    """
    rules = chosen(listed("select", select), listed("ignore", ignore))
    one_of("lang", lang, LANGS)

    def checked(source: str | Document) -> Checked:
        return Checked(checking.check(loaded(source, settings, figures), rules), lang)

    return answered(partial(Several, Checked), agreements, FORMAT, checked)


def rule_catalogue(code: str | None = None, *, lang: Lang = "en") -> Rules:
    """The rules that ``check`` knows, as ``socsam rules`` lists them; or those of a code or family, such as ``SOC4``, a single one in full.

    Raises AgreementError, with the nearest code, where there is none.
    """
    one_of("lang", lang, LANGS)
    if code is not None:
        text("code", code)
    return Rules(rules_of(code), lang)
