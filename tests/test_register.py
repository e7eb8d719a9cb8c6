"""What is known of every figure beside its value: whether anybody gains it, whether it may be added up over years, in which order it is told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from socsam_calc.engine.figures import REGISTER, STORY, ActivityResult, Figure, PartyResult, Totals, figure_at
from socsam_calc.engine.steps import given

FRAMES = {
    "totals.preliminary_frame", "totals.final_frame", "activities.*.preliminary", "activities.*.final", "activities.*.cells.*",
    "parties.*.preliminary", "parties.*.contribution", "instalments.*",
}  # fmt: skip
COSTS = {
    "totals.actual", "totals.budget", "activities.*.actual", "activities.*.budget", "parties.*.paid", "body.paid",
    *(f"to_date.{row}.{figure}" for row in ("totals", "activities.*") for figure in ("budget", "booked", "remaining", "expected")),
}  # fmt: skip
LIMITS = {"reserve.ceiling"}
BALANCES = {"parties.*.carried", "body.carried", "reserve.opening", "reserve.closing", "reserve.ceiling"}


def test_frames_costs_and_limits_are_what_nobody_gains() -> None:
    assert {path for path, figure in REGISTER.items() if not figure.gained} == FRAMES | COSTS | LIMITS


def test_what_stands_at_a_years_end_is_not_added_up_over_years() -> None:
    assert {path for path, figure in REGISTER.items() if figure.stock} == BALANCES


def test_the_figures_of_a_part_are_told_before_what_follows_from_them() -> None:
    """§§ 1 to 7: the frame row by row and in all, plans, contributions, costs to date; costs and results; what is shared; who ends with what."""
    told = [(part, figure) for part, figures in STORY for figure in figures or ("…",)]
    assert told == [
        ("activities", "preliminary"), ("activities", "adjustment"), ("activities", "correction"), ("activities", "conversion"),
        ("activities", "cells"), ("activities", "final"), ("totals", "preliminary_frame"), ("totals", "final_frame"),
        ("activities", "budget"), ("totals", "budget"), ("parties", "preliminary"), ("parties", "contribution"), ("instalments", "…"),
        ("to_date", "…"), ("activities", "actual"), ("activities", "result"), ("totals", "actual"), ("totals", "result"),
        ("activities", "shared"), ("sharing", "…"), ("totals", "shared"), ("totals", "kept"), ("activities", "…"), ("totals", "…"),
        ("parties", "…"), ("body", "…"), ("reserve", "…"), ("transferred", "…"), ("payments", "…"), ("state_split", "…"), ("shortfall", "…"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("2000.totals.result", "totals.result"),
        ("2000.parties.kommun.settled", "parties.*.settled"),
        ("2000.activities.sjuk.final", "activities.*.final"),
        ("2000.activities.sjuk.cells.kommun", "activities.*.cells.*"),
        ("2000.payments.3", "payments.*"),
        ("2000.instalments.12", "instalments.*"),
        ("2000.transferred.kommun.stated", "transferred.*.stated"),
        ("2000.to_date.totals.booked", "to_date.totals.booked"),
        ("2000.to_date.activities.sjuk.booked", "to_date.activities.*.booked"),
        ("2000.shortfall.amount", "shortfall.amount"),
        ("2000.shortfall.parties.kommun", "shortfall.parties.*"),
        ("2000.reserve.closing", "reserve.closing"),
        ("2000.body.transfer", "body.transfer"),
        ("2000.sharing.withheld", "sharing.withheld"),
        ("2000.state_split.state", "state_split.state"),
    ],
)
def test_a_figure_is_found_by_its_path(path: str, pattern: str) -> None:
    assert figure_at(path) is REGISTER[pattern]
    assert REGISTER[pattern].name in ("", pattern.rsplit(".", 1)[-1])


@pytest.mark.parametrize("path", ["2000.totals.nothing", "2000.parties.kommun.nothing", "2000.payments", "2000"])
def test_what_is_no_figure_is_not_found(path: str) -> None:
    with pytest.raises(KeyError):
        figure_at(path)


@pytest.mark.parametrize(("rounding", "kronor"), [("öre", Decimal("0.07")), ("kr", Decimal(7)), ("tkr", Decimal(7_000))])
def test_a_figure_is_an_exact_amount_of_kronor(rounding: str, kronor: Decimal) -> None:
    totals = Totals({"result": given("result", 2000, (), 7, None), "uses": None}, rounding)
    assert (totals.result, totals.units("result")) == (kronor, 7)
    assert totals.uses is None and totals.shared is None and totals.units("shared") is None
    assert repr(totals) == f"Totals(result={kronor})"
    assert isinstance(Totals.result, Figure) and Totals.result.__doc__ == "Final frame minus actual cost, R; + surplus, − deficit (§ 2)."


def test_results_are_equal_where_all_that_they_say_is() -> None:
    def row(units: int, rounding: str = "kr", name: str = "sjuk", cell: int = 3) -> ActivityResult:
        return ActivityResult(
            {"final": given("final", 2000, (), units, None)}, rounding, name, name, {"kassa": given("cell", 2000, (), cell, None)}
        )

    assert row(3) == row(3) and hash(row(3)) == hash(row(3))
    for other in (row(4), row(3, "tkr"), row(3, name="omsorg"), row(3, cell=4), Totals({}, "kr"), 3):
        assert row(3) != other
    party = PartyResult({}, "kr", "kassa", "Kassan", "insurance_office")
    assert party == PartyResult({}, "kr", "kassa", "Kassan", "insurance_office")
    assert party != PartyResult({}, "kr", "kassa", "Kassan", "municipality") and party != PartyResult(
        {}, "kr", "kommun", "Kassan", "insurance_office"
    )
