"""Shares in assets and liabilities: as the contributions are, half, a quarter and a quarter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final, assert_never

from ...amounts import SPACE, rounded
from ...model.dividing import ByContributed, ByContributions, ByGroups, ByWeights, Key
from ...problems import Path
from ..facts import Case
from ..rule import ERROR, WARNING, Hit, hit
from ..said import Said, Years, percent, say
from . import rule
from .contributions import NAMES, TREASURY, Contributed, by_treasury, parts_of_the_law, put_in

_FINE: Final = Fraction(1, 10_000)
"""Shares are written with two decimals of a per cent."""


@rule(
    "SOC551",
    ERROR,
    """
    title: Shares unlike the contributions'
    statement: The shares in assets and liabilities follow the contributions: the state half, regions a quarter, municipalities a
        quarter.
    why: The charter states the shares in proportion to what each puts in. If the association cannot pay, or ends, whoever has another
        share pays or receives what others put in.
    remedy: Write the key of the contributions under `association_shares`, by its name where it has one.
    message: {years}: shares in assets and liabilities are {shares}
    sources: Act of 2003 9 §, 5 §
    """,
    reads="terms",
)
def shares_of_the_law(case: Case) -> Iterator[Hit]:
    def wrong(year: int) -> tuple[Path, tuple[Said, ...]] | None:
        shares, law = _shares(case, year), parts_of_the_law(case, year)
        unlike = [
            say("{treasury} {amount} (not {due})", treasury=NAMES[name], amount=percent(Fraction(share)), due=percent(law[name]))
            for name, share in by_treasury(case, shares, law).items()
            if abs(share - law[name]) > _FINE
        ]
        return (case.terms[year].place("association_shares"), tuple(unlike)) if shares and unlike else None

    found: dict[Path, dict[int, tuple[Said, ...]]] = {}
    for year in case.agreement.years:
        if (unlike := wrong(year)) is not None:
            found.setdefault(unlike[0], {})[year] = unlike[1]
    for path, by_year in found.items():
        yield hit(path, years=Years(by_year), shares=list(by_year[min(by_year)]))


@rule(
    "SOC552",
    WARNING,
    """
    title: Shares unlike the contributions' inside a quarter
    statement: Several municipalities, or several regions, have shares in assets and liabilities as they divide their quarter.
    why: They agree on the division themselves, but on one: who pays two thirds of the quarter and owns half of it has lent the other
        the rest.
    remedy: Write the key that divides the contributions under `association_shares`, or say in the party's `note` that they agreed
        otherwise.
    message: {years}, inside a quarter ({treasury}): {parties}
    sources: Act of 2003 9 §; guidance, finsam.se
    """,
    reads="figures",
)
def shares_inside_a_quarter(case: Case) -> Iterator[Hit]:
    found: dict[tuple[Path, str], dict[int, list[Said]]] = {}
    for settled in case.settled_years:
        shares, place = _shares(case, settled.year), case.terms[settled.year].place("association_shares")
        for treasury in ("regions", "municipalities") if shares else ():
            if unlike := _unlike(case, shares, put_in(case, settled), treasury):
                found.setdefault((place, treasury), {})[settled.year] = unlike
    for (path, treasury), by_year in found.items():
        yield hit(path, years=Years(by_year), treasury=NAMES[treasury], parties=by_year[min(by_year)])


def _unlike(case: Case, shares: Mapping[str, Fraction], paid: Contributed, treasury: str) -> list[Said]:
    """The parties of a treasury whose part of its shares is another than their part of its money; in words. A party's note may say why."""
    parties = [party for party in shares if TREASURY[case.agreement.parties[party].role] == treasury]
    share, money = sum(shares[party] for party in parties), sum(paid.cells[party] for party in parties)
    if not share or not money:
        return []
    owns = {party: shares[party] / share for party in parties}
    pays = {party: Fraction(paid.cells[party], money) for party in parties}
    return [
        say("{party} puts in {paid}, owns {share}", party=case.party(party), paid=_percent(pays[party]), share=_percent(owns[party]))
        for party in parties
        if abs(owns[party] - pays[party]) * money > paid.uncertain + _FINE * 4 * money and case.agreement.parties[party].note is None
    ]


def _percent(share: Fraction) -> str:
    return f"{rounded(share * 100, 2)}{SPACE}%"


def _shares(case: Case, year: int) -> dict[str, Fraction]:
    """Each party's share in assets and liabilities in a year; nothing where none is stated, or where it follows the contributions by itself."""
    key = case.terms[year].association_shares
    return {} if key is None else _divided(key, case.agreement.parties_of(year))


def _divided(key: Key, parties: list[str], whole: Fraction = Fraction(1)) -> dict[str, Fraction]:
    match key:
        case ByContributions() | ByContributed():
            return {}
        case ByWeights():
            weights = {party: Fraction(key.weight(party)) for party in parties}
            total = sum(weights.values())
            return {party: whole * weight / total for party, weight in weights.items()} if total else {}
        case ByGroups():
            shares: dict[str, Fraction] = dict.fromkeys(parties, Fraction(0))
            for name, stated in key.shares.items():
                inside = _divided(key.groups[name], parties, whole * stated.value) if name in key.groups else {name: whole * stated.value}
                for party, share in inside.items():
                    if party in shares:
                        shares[party] += share
            return shares
        case _:
            assert_never(key)
