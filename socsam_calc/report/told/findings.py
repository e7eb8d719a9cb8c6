"""What a check found, as blocks of a report, as JSON and as commands for GitHub; and the catalogue of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from ...amounts import plain
from ...problems import Place, Problem
from ...rules.application import IN_FILE, MISSING
from ...rules.rule import ANY_LAW, ERROR, INFO, WARNING
from ...rules.said import SOURCES, write
from ...rules.terms import APPLICATION
from ..data.json import write as write_json
from ..data.records import Field, Records, Value, numbers, texts
from .tables import BAD, WARN, Block, Cell, Column, Heading, Lines, Table
from .words import Words

if TYPE_CHECKING:
    from ...answers.check import Checked, Finding
    from ...rules.rule import Rule

CHECK_SCHEMA: Final = "socsam.check/1"
RULES_SCHEMA: Final = "socsam.rules/1"
_TONES: Final = {ERROR: BAD, WARNING: WARN, INFO: ""}
_GITHUB: Final = {ERROR: "error", WARNING: "warning", INFO: "notice"}
_STATES: Final = {"in_file": "stated in the file", "elsewhere": "stated elsewhere", "missing": "missing"}
_MARK: Final = "*"


def findings_report(checked: Checked, words: Words, *, full: bool, application: bool) -> Iterator[Block]:
    """One file's findings; ``full`` adds what to do about each and its source, ``application`` the list of what an application had to show."""
    agreement = checked.document.agreement
    yield Heading(f"{checked.document.file}: {agreement.area}" + (f", {agreement.title}" if agreement.title else ""), 1 if full else 2)
    told = [finding for finding in checked.findings if not finding.ignored]
    if told:
        titles = ("line", "severity", "rule", "finding") if full else ("line", "severity", "rule", "finding", "source")
        rows = [_row(finding, checked.document.file, words)[: len(titles)] for finding in told]
        yield Table(words("Findings") if full else "", [Column(words(title), False) for title in titles], rows)
    yield Lines("", [Cell(line) for line in _summary(checked, told, words)])
    ignored = [Cell(f"- {_line(one.place, checked.document.file)} {one.code}: {one.because}") for one in checked.findings if one.ignored]
    if ignored:
        yield Lines(words("Ignored"), ignored)
    if full and told:
        remedies = dict.fromkeys(f"- {one.code} {one.title}. {one.remedy} [{'; '.join(one.sources)}]" for one in told)
        yield Lines(words("What to do, and on which ground"), [Cell(text) for text in remedies])
    if application and checked.application:
        yield _application(checked, words)


def _summary(checked: Checked, told: Sequence[Finding], words: Words) -> Iterator[str]:
    """How many findings there are, and what keeps them from being certain or complete."""
    counts = [words(f"{severity}s: {{number}}", number=checked.count(severity)) for severity in (ERROR, WARNING)]
    counts.append(words("for information: {number}", number=checked.count(INFO)))
    if checked.ignored:
        counts.append(words("ignored: {number}", number=checked.ignored))
    yield ", ".join(counts) + "."
    if any(one.assumed for one in told):
        yield f"{_MARK} " + words("The file states assumptions; this finding may rest on one of them.")
    if checked.problems:
        yield words("The agreement cannot be settled, so the rules that read results found nothing.")


def _row(finding: Finding, file: str, words: Words) -> list[Cell]:
    tone = _TONES[finding.severity]
    severity = Cell(words(finding.severity) + (f" {_MARK}" if finding.assumed else ""), tone)
    return [Cell(_line(finding.place, file)), severity, Cell(finding.code), Cell(finding.message), Cell("; ".join(finding.sources))]


def _line(place: Place, file: str) -> str:
    """Where in the file; with its name where it is another one."""
    return f"{place.line}:{place.column}" if place.file == file and place.line else str(place)


def _application(checked: Checked, words: Words) -> Table:
    """The eleven items of an application, each with where it is settled."""
    columns = [Column(words("Application"), False), Column(words("status"), False), Column(words("where"), False)]
    rows = []
    for entry in checked.application:
        place = checked.document.place(entry.path, on_key=True) if entry.state == IN_FILE else None
        path = f"{'.'.join(map(str, entry.path))} ({_line(place, checked.document.file)})" if place else ""
        where = "; ".join(text for text in (path, entry.text) if text)
        tone = WARN if entry.state == MISSING else ""
        rows.append([Cell(write(APPLICATION[entry.item], words.language, str)), Cell(words(_STATES[entry.state]), tone), Cell(where)])
    return Table(words("What an application had to show"), columns, rows)


def closing(errors: int, warnings: int, files: int, words: Words, *, hints: bool) -> Iterator[Block]:
    """The last lines after several files."""
    lines = [words("files: {files}, errors: {errors}, warnings: {warnings}.", files=files, errors=errors, warnings=warnings)]
    if hints:
        lines.append(words("`socsam rules CODE` tells why a rule matters and what to do."))
    yield Lines("", [Cell(line) for line in lines])


def check_data(checked: Checked) -> dict[str, Any]:
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
            for one in checked.findings
        ],
        "application": [
            {"item": entry.item, "state": entry.state, "path": ".".join(map(str, entry.path)) or None, "text": entry.text}
            for entry in checked.application
        ],
    }


def _place_data(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line or None, "column": place.column or None}


def check_document(checked: Iterable[Checked], language: str) -> Iterator[str]:
    """The JSON document in pieces, a file at a time."""
    yield f'{{"schema": "{CHECK_SCHEMA}", "language": "{language}", "files": ['
    separator = "\n"
    for one in checked:
        yield separator + write_json(check_data(one))
        separator = ",\n"
    yield "\n]}\n"


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


def catalogue(rules: Iterable[Rule], words: Words, *, hints: bool) -> Iterator[Block]:
    """The rules, a line each."""
    rows = []
    for rule in rules:
        said = rule.wording(words.language)
        cells = [Cell(rule.code), Cell(words(rule.severity), _TONES[rule.severity]), Cell(said.statement)]
        rows.append([*cells, Cell(_sources(rule, words.language))])
    columns = [Column(words("rule"), False), Column(words("severity"), False), Column(words("what it asks"), False)]
    yield Table(words("Rules"), [*columns, Column(words("source"), False)], rows)
    yield from _keys(words)
    if hints:
        yield Lines("", [Cell(words("`socsam rules CODE` tells why a rule matters and what to do."))])


def _keys(words: Words) -> Iterator[Block]:
    """What the severities and the names of the sources mean."""
    yield Lines(
        words("Severities"),
        [
            Cell(f"- {words(ERROR)}: {words('forbidden by the Act, or arithmetically impossible')}"),
            Cell(f"- {words(WARNING)}: {words('a known cause of trouble')}"),
            Cell(f"- {words(INFO)}: {words('not stated, or worth knowing')}"),
        ],
    )
    yield Lines(words("Sources"), [Cell(f"- {write(source, words.language, str)}") for source in SOURCES])


def one_rule(rule: Rule, words: Words) -> Iterator[Block]:
    """One rule in full."""
    said = rule.wording(words.language)
    subject = write(rule.subject, words.language, str)
    laws = words("under any law") if rule.laws == ANY_LAW else ", ".join(words("none") if law == "none" else law for law in rule.laws)
    yield Heading(f"{rule.code} {said.title}")
    yield Lines("", [Cell(said.statement)])
    yield Lines(words("Why it matters"), [Cell(said.why)])
    yield Lines(words("What to do"), [Cell(said.remedy)])
    yield Lines(words("Source"), [Cell(f"- {write(source, words.language, str)}") for source in rule.sources])
    facts = {"severity": words(rule.severity), "subject": subject, "checked under `law:`": laws, "reads": words(_READS[rule.reads])}
    yield Lines("", [Cell(f"- {words(name)}: {text}") for name, text in facts.items()])


_READS: Final = {
    "structure": "what the file states",
    "terms": "terms of sharing or adjustment, which a file may assume",
    "figures": "amounts, which a file may assume",
}


def _sources(rule: Rule, language: str) -> str:
    return "; ".join(write(source, language, str) for source in rule.sources)


def rules_document(rules: Iterable[Rule], language: str) -> str:
    """The catalogue as JSON, schema ``socsam.rules/1``."""
    entries = []
    for rule in rules:
        said = rule.wording(language)
        entries.append(
            {
                "code": rule.code,
                "subject": write(rule.subject, language, str),
                "severity": rule.severity,
                "title": said.title,
                "statement": said.statement,
                "why": said.why,
                "remedy": said.remedy,
                "sources": [write(source, language, str) for source in rule.sources],
                "laws": list(rule.laws),
                "reads": rule.reads,
            }
        )
    sources = [write(source, language, str) for source in SOURCES]
    return write_json({"schema": RULES_SCHEMA, "language": language, "sources": sources, "rules": entries}) + "\n"


def finding_records(checked: Iterable[Checked]) -> Records:
    """A row for each finding, with its place; the ignored included."""
    labels = [Field("file"), *numbers(0, "line", "column")]
    names = ("code", "severity", "title", "message", "remedy", "assumed", "ignored", "because")
    rows: list[list[Value]] = [
        [one.place.file, one.place.line or None, one.place.column or None, *(getattr(one, name) for name in names)]
        for each in checked
        for one in each.findings
    ]
    return Records([*labels, *texts(*names)], rows)


def rule_records(rules: Iterable[Rule], language: str) -> Records:
    """A row for each rule."""
    rows: list[list[Value]] = []
    for rule in rules:
        said = rule.wording(language)
        named = [rule.code, write(rule.subject, language, str), rule.severity, said.title, said.statement, said.why, said.remedy]
        rows.append([*named, _sources(rule, language), rule.reads])
    return Records(texts("code", "subject", "severity", "title", "statement", "why", "remedy", "sources", "reads"), rows)
