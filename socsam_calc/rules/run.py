"""Hold an agreement against rules: what each finds, what another says better, and what the file asks to ignore."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..engine.results import Settlement
from ..model.agreement import Agreement
from ..problems import Fault
from ..source.ledger.booked import Booked
from .catalogue import RULES, ignored_in_vain, meant
from .facts import Case
from .rule import Hit, Rule
from .said import Years


class Found(NamedTuple):
    """A rule and what it found; ``because`` is the file's reason for ignoring it, if any."""

    rule: Rule
    hit: Hit
    because: str | None


def run(agreement: Agreement, settlement: Settlement | None, rules: Iterable[Rule] = RULES, booked: Sequence[Booked] = ()) -> list[Found]:
    """What these rules find, in the order of the rules. Without a settlement, the rules that read results find nothing.

    ``booked`` is what the books came to that figures of the agreement are taken from.
    """
    case = Case(agreement, settlement, booked)
    held = [rule for rule in rules if agreement.law in rule.laws]
    hits = {rule.code: list(rule.check(case)) for rule in held}
    for rule in held:
        said_better = {year for hit in hits[rule.code] for year in _years(hit)}
        for code in rule.supersedes:
            hits[code] = list(_without(hits.get(code, []), said_better))
    ignored = {entry.rule: entry.because for entry in agreement.ignore if entry.rule != ignored_in_vain.code}
    return [Found(rule, hit, ignored.get(rule.code)) for rule in held for hit in hits[rule.code]]


def unknown_rules(agreement: Agreement) -> Iterator[Fault]:
    """The entries of the file's `ignore` that name no rule that can be ignored."""
    codes = [rule.code for rule in RULES if rule is not ignored_in_vain]
    for position, entry in enumerate(agreement.ignore):
        if entry.rule in codes:
            continue
        text, remedy = f"there is no rule `{entry.rule}`", meant(entry.rule, codes)
        if entry.rule == ignored_in_vain.code:
            text, remedy = f"`{entry.rule}` cannot be ignored", "take away the entry that it is about"
        yield Fault(("ignore", position, "rule"), "unknown-rule", text, remedy)


def _years(hit: Hit) -> Years:
    years = hit.values.get("years")
    return years if isinstance(years, Years) else Years()


def _without(hits: Iterable[Hit], years: set[int]) -> Iterator[Hit]:
    """The findings without these years; a finding that has no other years is gone."""
    for hit in hits:
        left = Years(year for year in _years(hit) if year not in years)
        if left:
            yield hit._replace(values={**hit.values, "years": left})
