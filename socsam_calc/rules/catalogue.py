"""The catalogue: every rule by its code, and what of it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..engine.results import Settlement
from ..model.agreement import Agreement
from . import application, board, changes, costs, distribution, frame, governance, parties, period, sharing, sources, split
from .rule import ANY_LAW, WARNING, Hit, Rule, Wording, hit, rule
from .said import READING

_OF_THE_AGREEMENT: Final = (
    *parties.RULES, *period.RULES, *governance.RULES, *board.RULES, *costs.RULES, *frame.RULES, *changes.RULES,
    *sharing.RULES, *distribution.RULES, *split.RULES, *application.RULES, *sources.RULES,
)  # fmt: skip


@rule(
    "SOC690",
    WARNING,
    en=Wording(
        title="Ignore that matches nothing",
        statement="Every entry of `ignore` silences a finding.",
        why="An entry left over from an earlier version would silence the next real finding with a reason that no longer holds.",
        remedy="Remove the entry.",
        message="{rule} is ignored (“{because}”) but finds nothing here",
    ),
    sv=Wording(
        title="Undantag utan träff",
        statement="Varje post i `ignore` tystar en anmärkning.",
        why="En post som blivit kvar från en tidigare version skulle tysta nästa verkliga anmärkning med ett skäl som inte längre gäller.",
        remedy="Ta bort posten.",
        message="{rule} undantas (”{because}”) men ger ingen anmärkning här",
    ),
    sources=(READING,),
    laws=ANY_LAW,
)
def ignored_in_vain(agreement: Agreement, settlement: Settlement | None) -> Iterator[Hit]:
    for position, entry in enumerate(agreement.ignore):
        for one in _OF_THE_AGREEMENT:
            if one.code == entry.rule and agreement.law in one.laws and not any(True for _ in one.check(agreement, settlement)):
                yield hit(("ignore", position, "rule"), rule=entry.rule, because=entry.because)


RULES: Final[tuple[Rule, ...]] = tuple(sorted((*_OF_THE_AGREEMENT, ignored_in_vain), key=lambda one: one.code))
"""Every rule, by its code."""


def matching(code: str) -> list[Rule]:
    """The rules that a code, or the beginning of one such as `SOC4`, stands for."""
    wanted = code.upper()
    return [one for one in RULES if one.code == wanted or (len(wanted) > 2 and one.code.startswith(wanted))]
