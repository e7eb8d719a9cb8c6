"""The figures of a settled year by their path, as the JSON has them: ``1998.parties.kommun.settled``."""

from __future__ import annotations

from .payments import derivations
from .results import Result, YearResult
from .steps import Money


def figures(year: YearResult) -> dict[str, Money | None]:
    """Every amount of the year with its derivation, in the order of the arithmetic; None for what is not known. Lists are addressed by id."""
    number = year.year
    found: dict[str, Money | None] = {}

    def of(part: str, result: Result, *names: str) -> None:
        found.update({f"{number}.{part}.{name}": result.steps.get(name) for name in names or result.figures})

    for activity in year.activities:
        part = f"activities.{activity.id}"
        of(part, activity, "preliminary", "adjustment", "correction", "conversion")
        found.update({f"{number}.{part}.cells.{party}": cell for party, cell in activity.cells.items()})
        of(part, activity, "final")
    of("totals", year.totals, "preliminary_frame", "final_frame")
    for party in year.parties:
        of(f"parties.{party.id}", party, "preliminary", "contribution")
    for activity in year.activities:
        of(f"activities.{activity.id}", activity, "actual", "result")
    of("totals", year.totals, "actual", "result")
    for activity in year.activities:
        of(f"activities.{activity.id}", activity, "shared")
    found[f"{number}.sharing.withheld"] = year.sharing.withheld
    of("totals", year.totals, "shared", "kept")
    for activity in year.activities:
        of(f"activities.{activity.id}", activity, "kept")
    of("totals", year.totals, "uses", "settled")
    for party in year.parties:
        of(f"parties.{party.id}", party)
    of("body", year.body)
    transfers = {party.id: party.steps.get("transfer") for party in year.parties} | {"body": year.body.steps.get("transfer")}
    known = {node: step for node, step in transfers.items() if step is not None}
    for position, step in enumerate(derivations(number, known, year.payments)):
        found[f"{number}.payments.{position}"] = step
    if year.state_split is not None:
        of("state_split", year.state_split)
    if year.shortfall is not None:
        found[f"{number}.shortfall.amount"] = year.shortfall.amount
        found.update({f"{number}.shortfall.parties.{party}": part for party, part in year.shortfall.parties.items()})
    return found
