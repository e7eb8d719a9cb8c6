"""How many figures of a settled document look wrong: the rules of that family alone, so that settling can say so in passing."""

from __future__ import annotations

from ..engine.results import Settlement
from ..rules.facts import Case
from ..rules.looks_wrong import rows, sizes, terms
from ..rules.rule import Rule
from ..source.document import Document

_RULES = [rule for module in (rows, terms, sizes) for rule in vars(module).values() if isinstance(rule, Rule)]


def count(document: Document, settlement: Settlement) -> int:
    """How many findings there are that the file does not ask to ignore."""
    ignored = {entry.rule for entry in document.agreement.ignore}
    case = Case(document.agreement, settlement)
    return sum(1 for rule in _RULES if rule.code not in ignored for _ in rule.check(case))
