"""The catalogue of rules, or one of them in full, told in a language: as blocks of a report, as JSON and as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from ...rules.rule import ANY_LAW, ERROR, INFO, WARNING, Rule
from ...rules.said import SOURCES
from ..data.json import write as write_json
from ..data.records import Records, texts
from .findings import TONES
from .said import citations, tell, wording
from .tables import Block, Cell, Column, Heading, Lines, Table
from .words import Words

RULES_SCHEMA: Final = "socsam.rules/1"
_SEPARATOR: Final = "; "
_SEVERITIES: Final = {
    ERROR: "forbidden by the law, or arithmetically impossible",
    WARNING: "a known cause of trouble",
    INFO: "not stated, or worth knowing",
}
_READS: Final = {
    "structure": "what the file states",
    "terms": "terms of sharing or adjustment, which a file may assume",
    "figures": "amounts, which a file may assume",
}


def catalogue(rules: Iterable[Rule], words: Words, *, hints: bool) -> Iterator[Block]:
    """The rules, a line each."""
    rows = []
    for rule in rules:
        sources = _SEPARATOR.join(citations(rule.sources, words))
        cells = [Cell(rule.code), Cell(words(rule.severity), TONES[rule.severity]), Cell(wording(rule, words).statement), Cell(sources)]
        rows.append(cells)
    columns = [Column(words(title), False) for title in ("rule", "severity", "what it asks", "source")]
    yield Table(words("Rules"), columns, rows)
    yield from _keys(words)
    if hints:
        yield Lines("", [Cell(words("`socsam rules CODE` tells why a rule matters and what to do."))])


def _keys(words: Words) -> Iterator[Block]:
    """What the severities and the names of the sources mean."""
    yield Lines(words("Severities"), [Cell(f"- {words(severity)}: {words(_SEVERITIES[severity])}") for severity in _SEVERITIES])
    yield Lines(words("Sources"), [Cell(f"- {tell(source, words)}") for source in SOURCES])


def one_rule(rule: Rule, words: Words) -> Iterator[Block]:
    """One rule in full."""
    said = wording(rule, words)
    subject = tell(rule.subject, words)
    laws = words("under any law") if rule.laws == ANY_LAW else ", ".join(words("none") if law == "none" else law for law in rule.laws)
    yield Heading(f"{rule.code} {said.title}")
    yield Lines("", [Cell(said.statement)])
    yield Lines(words("Why it matters"), [Cell(said.why)])
    yield Lines(words("What to do"), [Cell(said.remedy)])
    yield Lines(words("Source"), [Cell(f"- {source}") for source in citations(rule.sources, words)])
    facts = {"severity": words(rule.severity), "subject": subject, "checked under `law:`": laws, "reads": words(_READS[rule.reads])}
    yield Lines("", [Cell(f"- {words(name)}: {text}") for name, text in facts.items()])


def _entry(rule: Rule, words: Words) -> dict[str, Any]:
    """All that is said of a rule, by the names of the JSON."""
    texts = wording(rule, words)._asdict()
    del texts["message"]
    named = {"code": rule.code, "subject": tell(rule.subject, words), "severity": rule.severity}
    return {**named, **texts, "sources": list(citations(rule.sources, words)), "laws": list(rule.laws), "reads": rule.reads}


def rules_document(rules: Iterable[Rule], words: Words) -> str:
    """The catalogue as JSON, schema ``socsam.rules/1``."""
    sources, entries = [tell(source, words) for source in SOURCES], [_entry(rule, words) for rule in rules]
    return write_json({"schema": RULES_SCHEMA, "language": words.language, "sources": sources, "rules": entries}) + "\n"


def rule_records(rules: Iterable[Rule], words: Words) -> Records:
    """A row for each rule."""
    names = ("code", "subject", "severity", "title", "statement", "why", "remedy", "sources", "reads")
    entries = [_entry(rule, words) for rule in rules]
    return Records(texts(*names), [[_SEPARATOR.join(one[name]) if name == "sources" else one[name] for name in names] for one in entries])
