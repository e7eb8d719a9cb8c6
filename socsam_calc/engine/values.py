"""The figures of a settled year by their path, as the JSON has them: ``1998.parties.kommun.settled``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..money import ORE_PER
from .figures import CELLS, STORY, Result
from .payments import derivations
from .results import Settlement, YearResult
from .steps import Money

Steps = Mapping[str, Money | None]


def figures(year: YearResult) -> dict[str, Money | None]:
    """Every figure of the year with its derivation, in the order of the arithmetic; None for what is not known. Lists are addressed by id."""
    found: dict[str, Money | None] = {}
    held = {part: list(_owners(year, part)) for part, _ in STORY}
    for part, named in STORY:
        for owner, steps in held[part]:
            for name in _chosen(steps, named) if named else steps:
                found.setdefault(f"{year.year}.{owner}.{name}", steps[name])
    return found


def known_figures(settlement: Settlement) -> dict[str, Money | None]:
    """Every figure of the settlement by its path."""
    return {path: step for year in settlement.years for path, step in figures(year).items()}


def all_ore(settlement: Settlement) -> dict[str, int | None]:
    """Every figure of the settlement by its path, in öre."""
    size = ORE_PER[settlement.agreement.rounding]
    return {path: None if step is None else step.value * size for path, step in known_figures(settlement).items()}


def units_at(settlement: Settlement, path: str, absent: int | None = None) -> int | None:
    """The figure at a path, in rounding units; None where it is not known, ``absent`` where this settlement has no such figure."""
    number, _, rest = path.partition(".")
    for year in settlement.years:
        if str(year.year) == number:
            for owner, steps in _owners(year, rest.partition(".")[0]):
                if rest.startswith(f"{owner}."):
                    name = rest[len(owner) + 1 :]
                    step = steps.get(name)
                    return step.value if step is not None else None if name in steps else absent
    return absent


def ore_at(settlement: Settlement, path: str) -> int | None:
    """The same in öre."""
    units = units_at(settlement, path)
    return None if units is None else units * ORE_PER[settlement.agreement.rounding]


def _chosen(steps: Steps, named: Iterable[str]) -> Iterator[str]:
    """The names of a part that the story names here: one of them is that of all cells."""
    for name in named:
        yield from (one for one in steps if one.startswith(f"{CELLS}.")) if name == CELLS else (name,)


def _owners(year: YearResult, part: str) -> Iterator[tuple[str, Steps]]:
    """Who has figures of this part, by the beginning of their path, each with all its figures."""
    match part:
        case "totals":
            yield part, _steps(year.totals)
        case "activities":
            for activity in year.activities:
                cells = {f"{CELLS}.{party}": cell for party, cell in activity.cells.items()}
                yield f"{part}.{activity.id}", {**_steps(activity), **cells}
        case "parties":
            for party in year.parties:
                yield f"{part}.{party.id}", _steps(party)
        case "sharing":
            yield part, {"withheld": year.sharing.withheld}
        case "body":
            yield part, _steps(year.body)
        case "payments":
            yield part, dict(zip(map(str, range(len(year.payments))), _payments(year), strict=True))
        case "instalments":
            yield part, {str(number): one.amount for number, one in enumerate(year.instalments)}
        case "to_date" if year.to_date is not None:
            for row in year.to_date.activities:
                yield f"{part}.activities.{row.id}", _steps(row)
            yield f"{part}.totals", _steps(year.to_date.totals)
        case "transferred":
            for paid in year.transferred:
                yield f"{part}.{paid.party}", _steps(paid)
        case "reserve" if year.reserve is not None:
            yield part, _steps(year.reserve)
        case "state_split" if year.state_split is not None:
            yield part, _steps(year.state_split)
        case "shortfall" if year.shortfall is not None:
            added = {f"parties.{party}": step for party, step in year.shortfall.parties.items()}
            yield part, {"amount": year.shortfall.amount, **added}


def _steps(result: Result) -> Steps:
    return {name: result.steps.get(name) for name in result.figures}


def _payments(year: YearResult) -> list[Money]:
    transfers = {party.id: party.steps.get("transfer") for party in year.parties} | {"body": year.body.steps.get("transfer")}
    return derivations(year.year, {node: step for node, step in transfers.items() if step is not None}, year.payments)
