"""Rules, told in a language and a unit: what they say, and their catalogue as blocks of a report, as JSON and as rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final

from ...amounts import in_kronor
from ...rules.rule import ANY_LAW, ERROR, INFO, WARNING, Rule, Wording
from ...rules.said import SOURCES, Money, Ore, Said, Source, Value, Years
from ..data.json import write as write_json
from ..data.records import Records, texts
from .tables import BAD, WARN, Block, Cell, Column, Heading, Lines, Table
from .words import Words

_TERMS: Final = (
    "Act of 2003", "FINSAM Act", "Act", "guidance on", "guidance", "in force", "Report", "table", "before", "as amended through",
    "arithmetic", "this program's reading",
)  # fmt: skip
_CITED: Final = re.compile("“(.*?)”|" + "|".join(_TERMS))
"""What of a source differs between the languages: a heading's quotes, and these words."""


def tell(value: Value, words: Words, amount: Callable[[int], str] = str) -> str:
    """A value as a person reads it; ``amount`` writes a count of rounding units."""
    match value:
        case Said(text, values, code):
            return words.of(code or text, text, **{name: tell(one, words, amount) for name, one in values.items()})
        case Ore(ore):
            return in_kronor(ore)
        case Money(units):
            return amount(units)
        case Source():
            return cited(value, words)
        case str() | int() | date() | Years():
            return str(value)
        case _:
            return ", ".join(tell(one, words, amount) for one in value)


def cited(source: str, words: Words) -> str:
    """A source as it is cited in the language of the reader."""
    return _CITED.sub(lambda found: words("“{heading}”", heading=found[1]) if found[1] else words(found[0]), source)


def citations(sources: Iterable[str], words: Words) -> tuple[str, ...]:
    """Sources as they are cited in the language of the reader."""
    return tuple(cited(source, words) for source in sources)


def wording(rule: Rule, words: Words) -> Wording:
    """A rule's texts in the language of the reader; its message with the braces that a finding fills."""
    return Wording(*(words.of(f"{rule.code}.{name}", text) for name, text in rule.texts._asdict().items()))


TONES: Final = {ERROR: BAD, WARNING: WARN, INFO: ""}
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
    rows = [
        [
            Cell(rule.code),
            Cell(words(rule.severity), TONES[rule.severity]),
            Cell(wording(rule, words).statement),
            Cell(_SEPARATOR.join(citations(rule.sources, words))),
        ]
        for rule in rules
    ]
    columns = [Column(words(title), False) for title in ("rule", "severity", "what it asks", "source")]
    yield Table(words("Rules"), columns, rows)
    yield Lines(words("Severities"), [Cell(f"- {words(severity)}: {words(text)}") for severity, text in _SEVERITIES.items()])
    yield Lines(words("Sources"), [Cell(f"- {tell(source, words)}") for source in SOURCES])
    if hints:
        yield Lines("", [Cell(words("`socsam rules CODE` tells why a rule matters and what to do."))])


def one_rule(rule: Rule, words: Words) -> Iterator[Block]:
    """One rule in full."""
    said = wording(rule, words)
    laws = words("under any law") if rule.laws == ANY_LAW else ", ".join(words("none") if law == "none" else law for law in rule.laws)
    yield Heading(f"{rule.code} {said.title}")
    yield Lines("", [Cell(said.statement)])
    yield Lines(words("Why it matters"), [Cell(said.why)])
    yield Lines(words("What to do"), [Cell(said.remedy)])
    yield Lines(words("Source"), [Cell(f"- {source}") for source in citations(rule.sources, words)])
    facts = {
        "severity": words(rule.severity),
        "subject": tell(rule.subject, words),
        "checked under `law:`": laws,
        "reads": words(_READS[rule.reads]),
    }
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
