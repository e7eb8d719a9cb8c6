"""What a check found, told in a language and a unit: as findings, as blocks of a report, as JSON, as rows and as commands for GitHub."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ...amounts import Scale, plain
from ...problems import Path, Place, Problem
from ...rules.act_1994.application import IN_FILE, MISSING
from ...rules.rule import ERROR, INFO, WARNING, Severity
from ...rules.said import Said
from ...rules.vocabulary import APPLICATION
from ..data.json import entries
from ..data.records import Field, Records, Value, numbers, texts
from ..data.verdicts import Verdict
from .rules import TONES, citations, tell, wording
from .tables import WARN, Block, Cell, Column, Excerpts, Heading, Lines, Table
from .words import Words

if TYPE_CHECKING:
    from ...answers.check import Checked

CHECK_SCHEMA: Final = "socsam.check/1"
_GITHUB: Final = {ERROR: "error", WARNING: "warning", INFO: "notice"}
_STATES: Final = {"in_file": "stated in the file", "elsewhere": "stated elsewhere", "missing": "missing"}
_COUNTS: Final = {ERROR: "errors: {number}", WARNING: "warnings: {number}", INFO: "for information: {number}"}
_MARK: Final = "*"


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


def findings(checked: Checked, words: Words, unit: str | None = None) -> tuple[Finding, ...]:
    """What was found, in these words; amounts in ``unit``, the file's where it is None."""
    agreement = checked.document.agreement
    amount = Scale(agreement.rounding, unit or agreement.unit).with_unit
    told = []
    for rule, hit, because, place, related, assumed in checked.found:
        texts, sources = wording(rule, words), citations(hit.sources or rule.cited(agreement.law), words)
        message = tell(Said(rule.texts.message, hit.values, f"{rule.code}.message"), words, amount)
        said = (rule.code, rule.severity, texts.title, message, texts.remedy, sources)
        told.append(Finding(*said, hit.path, place, related, assumed, because is not None, because))
    return tuple(told)


def findings_report(
    checked: Checked, words: Words, *, full: bool, application: bool, unit: str | None = None, excerpts: bool = False
) -> Iterator[Block]:
    """One file's findings; ``full`` adds what to do about each and its source, ``application`` the list of what an application had to show.

    ``excerpts`` shows the lines of the file that findings are about.
    """
    agreement = checked.document.agreement
    yield Heading(f"{checked.document.file}: {agreement.area}" + (f", {agreement.title}" if agreement.title else ""), 1 if full else 2)
    every = findings(checked, words, unit)
    told = [finding for finding in every if not finding.ignored]
    if told:
        titles = ("line", "severity", "rule", "finding") if full else ("line", "severity", "rule", "finding", "source")
        rows = [_row(finding, checked.document.file, words)[: len(titles)] for finding in told]
        yield Table(words("Findings") if full else "", [Column(words(title), False) for title in titles], rows)
    yield Lines("", [Cell(line) for line in told_counts(checked, told, words)])
    ignored = [Cell(f"- {_line(one.place, checked.document.file)} {one.code}: {one.because}") for one in every if one.ignored]
    if ignored:
        yield Lines(words("Ignored"), ignored)
    if excerpts and (spots := _spots(told, checked.document.file)):
        yield Excerpts(words("In the file"), spots)
    if full and told:
        remedies = dict.fromkeys(f"- {one.code} {one.title}. {one.remedy} [{'; '.join(one.sources)}]" for one in told)
        yield Lines(words("What to do, and on which ground"), [Cell(text) for text in remedies])
    if application and checked.application:
        yield _application(checked, words)


def told_counts(checked: Checked, told: Sequence[Finding], words: Words) -> Iterator[str]:
    """How many findings there are, and what keeps them from being certain or complete."""
    counts = [words(text, number=checked.count(severity)) for severity, text in _COUNTS.items()]
    if checked.ignored:
        counts.append(words("ignored: {number}", number=checked.ignored))
    yield ", ".join(counts) + "."
    if any(one.assumed for one in told):
        yield f"{_MARK} " + words("The file states assumptions; this finding may rest on one of them.")
    if checked.problems:
        yield words("The agreement cannot be settled, so the rules that read results found nothing.")


def verdicts(checked: Checked, words: Words) -> Iterator[Verdict]:
    """Of each rule that the file was held against what it finds, or that it finds nothing."""
    found: dict[str, list[Finding]] = {}
    for one in findings(checked, words):
        found.setdefault(one.code, []).append(one)
    file = checked.document.file
    for rule in checked.rules:
        title = wording(rule, words).title
        if rule.code not in found:
            yield Verdict(file, rule.code, title, None, Place(file))
        for one in found.get(rule.code, ()):
            text = "\n".join(filter(None, (plain(one.message), one.remedy, "; ".join(one.sources))))
            yield Verdict(file, one.code, title, one.severity, one.place, text, one.because if one.ignored else None)


def _row(finding: Finding, file: str, words: Words) -> list[Cell]:
    severity = Cell(words(finding.severity) + (f" {_MARK}" if finding.assumed else ""), TONES[finding.severity])
    return [Cell(_line(finding.place, file)), severity, Cell(finding.code), Cell(finding.message), Cell("; ".join(finding.sources))]


def _line(place: Place, file: str) -> str:
    """Where in the file; with its name where it is another one."""
    return f"{place.line}:{place.column}" if place.file == file and place.line else str(place)


def _spots(told: Sequence[Finding], file: str) -> list[tuple[str, Place]]:
    """Each spot of the file that findings are about, with their rules: the spots in the order of the findings."""
    found: dict[Place, list[str]] = {}
    for one in told:
        if one.place.excerpt:
            found.setdefault(one.place, []).append(one.code)
    return [(f"{_line(place, file)} {', '.join(dict.fromkeys(codes))}", place) for place, codes in found.items()]


def _application(checked: Checked, words: Words) -> Table:
    """The eleven items of an application, each with where it is settled."""
    columns = [Column(words("Application"), False), Column(words("status"), False), Column(words("where"), False)]
    rows = []
    for entry in checked.application:
        place = checked.document.place(entry.path, on_key=True) if entry.state == IN_FILE else None
        path = f"{'.'.join(map(str, entry.path))} ({_line(place, checked.document.file)})" if place else ""
        where = "; ".join(text for text in (path, entry.text) if text)
        state = Cell(words(_STATES[entry.state]), WARN if entry.state == MISSING else "")
        rows.append([Cell(tell(APPLICATION[entry.item], words)), state, Cell(where)])
    return Table(words("What an application had to show"), columns, rows)


def told_application(checked: Checked, words: Words) -> Lines:
    """How many of the eleven items of an application are settled, and which are missing, as sentences."""
    items = [(entry.state, tell(APPLICATION[entry.item], words)) for entry in checked.application]
    missing = [item for state, item in items if state == MISSING]
    text = "{settled} of the {all} items of an application are settled."
    lines = [Cell(words(text, settled=len(items) - len(missing), all=len(items)))]
    if missing:
        lines.append(Cell(words("Missing: {items}.", items=", ".join(missing)), WARN))
    return Lines(words("What an application had to show"), lines)


def closing(errors: int, warnings: int, files: int, words: Words, *, hints: bool) -> Iterator[Block]:
    """The last lines after several files."""
    lines = [words("files: {files}, errors: {errors}, warnings: {warnings}.", files=files, errors=errors, warnings=warnings)]
    if hints:
        lines.append(words("`socsam rules CODE` tells why a rule matters and what to do."))
    yield Lines("", [Cell(line) for line in lines])


def check_data(checked: Checked, words: Words) -> dict[str, Any]:
    """One file's findings, as schema ``socsam.check/1`` has them."""
    agreement = checked.document.agreement
    return {
        "file": checked.document.file,
        "area": agreement.area,
        "title": agreement.title,
        "law": agreement.law,
        "settled": checked.settlement is not None,
        "counts": {**{severity: checked.count(severity) for severity in (ERROR, WARNING, INFO)}, "ignored": checked.ignored},
        "findings": [
            {
                "code": one.code,
                "severity": one.severity,
                "title": one.title,
                "message": plain(one.message),
                "remedy": one.remedy,
                "sources": list(one.sources),
                "path": ".".join(map(str, one.path)),
                **_place_data(one.place),
                "related": [_place_data(place) for place in one.related],
                "may_rest_on_assumption": one.assumed,
                "ignored": one.ignored,
                "because": one.because,
            }
            for one in findings(checked, words)
        ],
        "application": [
            {"item": entry.item, "state": entry.state, "path": ".".join(map(str, entry.path)) or None, "text": entry.text}
            for entry in checked.application
        ],
    }


def _place_data(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line or None, "column": place.column or None}


def check_document(checked: Iterable[Checked], words: Words) -> Iterator[str]:
    """The JSON document in pieces, a file at a time."""
    return entries(CHECK_SCHEMA, "files", (check_data(one, words) for one in checked), ("language", words.language))


def github(finding: Finding, words: Words) -> str:
    """A finding as a workflow command, which GitHub shows at the line of the file in a pull request."""
    text = [plain(finding.message), finding.remedy, "; ".join(finding.sources)]
    if finding.assumed:
        text.append(words("The file states assumptions; this finding may rest on one of them."))
    return command(_GITHUB[finding.severity], finding.place, finding.code, "\n".join(text))


def github_problem(problem: Problem) -> str:
    """What keeps a file from being read, as a workflow command."""
    return command("error", problem.place, problem.code, "\n".join(filter(None, (problem.text, problem.remedy))))


def command(kind: str, place: Place, title: str, text: str) -> str:
    """A workflow command of GitHub Actions, with all that has a meaning there escaped."""
    properties = {} if place.file == "-" or place.file.startswith("--") else {"file": place.file}
    if place.line and properties:
        properties |= {"line": str(place.line), "col": str(place.column)}
    properties["title"] = title
    listed = ",".join(f"{name}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}" for name, value in properties.items())
    return f"::{kind} {listed}::{_escaped(text)}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def finding_records(told: Iterable[Finding]) -> Records:
    """A row for each finding, with its place; the ignored included."""
    labels = [Field("file"), *numbers(0, "line", "column")]
    names = ("code", "severity", "title", "message", "remedy", "assumed", "ignored", "because")
    rows: list[list[Value]] = [
        [one.place.file, one.place.line or None, one.place.column or None, *(getattr(one, name) for name in names)] for one in told
    ]
    return Records([*labels, *texts(*names)], rows)
