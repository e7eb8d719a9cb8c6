"""Cases, versions and answers for programs: JSON, schema ``socsam.whatif/1``, and rows. Amounts in kronor, exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final

from ...answers.whatif.against import Versions
from ...answers.whatif.ask import Solved
from ...answers.whatif.cases import Held
from ...answers.whatif.solve import Answer
from ...answers.whatif.whatif import TOTALS, Comparison, Outcome
from ...model.agreement import Agreement
from .json import Kronor, entries, kronor
from .records import ORE, Field, Records, Value, numbers, texts

SCHEMA: Final = "socsam.whatif/1"


def document(files: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The whole document in pieces, a file at a time."""
    return entries(SCHEMA, "files", files)


def _entry(file: str, agreement_file: str, agreement: Agreement, title: str | None = None) -> dict[str, Any]:
    """What every entry has; a kind of question that was not asked is null, or an empty list."""
    return {
        "file": file, "agreement": agreement_file, "area": agreement.area, "title": title or agreement.title, "unit": agreement.unit,
        "rounding": agreement.rounding, "assumptions": list(agreement.assumptions), "scenarios": [], "against": None, "solve": None,
    }  # fmt: skip


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """The cases of a file; the first is the base case, the agreement as it stands."""
    agreement = comparison.document.agreement
    entry = _entry(comparison.file, comparison.document.file, agreement, comparison.title)
    numbers = [year.year for year in comparison.settlement.years if f"{year.year}.totals.result" in comparison.base.amounts]
    entry["scenarios"] = [
        _scenario(comparison, outcome, numbers, base=not position) for position, outcome in enumerate(comparison.outcomes)
    ]
    return entry


def _scenario(comparison: Comparison, outcome: Outcome, numbers: Sequence[int], *, base: bool) -> dict[str, Any]:
    case = outcome.case
    return {
        "name": case.name,
        "base": base,
        "set": [
            {"path": change.path, "value": change.text, "number": None if change.number is None else Kronor(change.number)}
            for change in case.changes
        ],
        "terms": case.terms,
        "note": case.note,
        "remarks": [remark.text.format(**dict(remark.values)) for remark in case.remarks],
        "years": [_year(comparison, outcome, number) for number in numbers] if not outcome.problems else [],
        "bounds": [_bound(held, comparison.document.agreement.rounding) for held in outcome.held],
        "problems": [f"{problem.place}: {problem.text}" for problem in outcome.problems],
    }


def _year(comparison: Comparison, outcome: Outcome, number: int) -> dict[str, Any]:
    def amount(path: str) -> Any:
        return kronor(outcome.amounts.get(f"{number}.{path}"), "öre")

    def difference(path: str) -> Any:
        now, before = outcome.amounts.get(f"{number}.{path}"), comparison.base.amounts.get(f"{number}.{path}")
        return None if now is None or before is None else kronor(now - before, "öre")

    parties = []
    for party in comparison.parties:
        figures: dict[str, Any] = {"id": party}
        for figure in dict.fromkeys(("settled", "allocated", comparison.figure)):
            figures[figure] = amount(f"parties.{party}.{figure}")
            figures[f"{figure}_difference"] = difference(f"parties.{party}.{figure}")
        parties.append(figures)
    return {"year": number, "totals": {name: amount(f"totals.{name}") for name in TOTALS}, "parties": parties}


def _bound(held: Held, rounding: str) -> dict[str, Any]:
    stated = held.bound.bound
    sides = {side: kronor(getattr(stated, side), rounding) for side in ("min", "max", "equals")}
    return {"figure": held.figure, **sides, "reason": stated.reason, "value": kronor(held.value, "öre"), "met": held.met}


def versions_data(versions: Versions) -> dict[str, Any]:
    """Two versions of an agreement: what differs."""
    entry = _entry(versions.after.file, versions.after.file, versions.after.agreement)
    entry["against"] = {
        "file": versions.before.file,
        "fields": [field._asdict() for field in versions.fields],
        "figures": [
            {
                "path": change.path,
                "before": kronor(change.before, "öre"),
                "after": kronor(change.after, "öre"),
                "difference": kronor(change.difference, "öre"),
            }
            for change in versions.figures
        ],
    }
    return entry


def answer_data(solved: Solved) -> dict[str, Any]:
    """The answers of a goal seek. A value is written as the file could hold it, or as a fraction where no decimal is exact."""
    entry = _entry(solved.document.file, solved.document.file, solved.document.agreement)
    answer = solved.answer
    over = answer.range
    entry["solve"] = {
        "path": over.name,
        "figure": answer.figure,
        "goal": kronor(answer.goal, "öre"),
        "from": over.text(over.first),
        "to": over.text(over.last),
        "values": [
            {
                "value": over.text(one.value),
                "from": over.text(one.first),
                "to": over.text(one.last),
                "number": Kronor(over.plain(one.value)),
            }
            for one in answer.found
        ],
        "refused": [{"from": over.text(one.first), "to": over.text(one.last), "reason": one.reason} for one in answer.refused],
        "not_known": [{"from": over.text(one.first), "to": over.text(one.last)} for one in answer.unknown],
        "passed": [
            {
                "from": over.text(jump.before),
                "figure_from": kronor(jump.figure_before, "öre"),
                "to": over.text(jump.after),
                "figure_to": kronor(jump.figure_after, "öre"),
            }
            for jump in answer.jumps
        ],
        "lowest": kronor(answer.lowest, "öre"),
        "highest": kronor(answer.highest, "öre"),
        "settlements": answer.settlements,
    }
    return entry


# --- rows --------------------------------------------------------------------------------------------------------------


def comparison_records(comparisons: Iterable[Comparison], figures: Sequence[str] = (), *, places: int = ORE) -> Records:
    """A row per file, scenario, year and party; a varied number has a column of its own.

    The columns are those of the first comparison and of ``figures``. ``places`` is how many decimals the amounts have.
    """
    given = iter(comparisons)
    first = list(islice(given, 1))
    shown = list(dict.fromkeys(["settled", "allocated", *(one.figure for one in first), *figures]))
    varied = [path for one in first for path in one.varied]
    named = [name for figure in shown for name in (figure, f"{figure}_difference")]
    labels = [*texts("file", "area", "scenario"), *numbers(_VARIED, *varied), Field("year", 0), Field("party")]
    return Records([*labels, *numbers(places, *named)], _comparison_rows(chain(first, given), shown, varied))


_VARIED: Final = 12
"""The decimals of a varied number, at most."""


def _comparison_rows(comparisons: Iterable[Comparison], figures: Sequence[str], varied: Sequence[str]) -> Iterator[list[Value]]:
    for comparison in comparisons:
        numbers = [year.year for year in comparison.settlement.years if f"{year.year}.totals.result" in comparison.base.amounts]
        for outcome in comparison.outcomes:
            if outcome.problems:
                continue
            numbers_set = {change.path: Kronor(change.number) for change in outcome.case.changes if change.number is not None}
            labels = [comparison.file, comparison.document.agreement.area, outcome.case.name, *map(numbers_set.get, varied)]
            for number in numbers:
                for party in comparison.parties:
                    amounts: list[Value] = []
                    for figure in figures:
                        path = f"{number}.parties.{party}.{figure}"
                        now, before = outcome.amounts.get(path), comparison.base.amounts.get(path)
                        difference = None if now is None or before is None else now - before
                        amounts += [kronor(now, "öre"), kronor(difference, "öre")]
                    yield [*labels, number, party, *amounts]


def versions_records(versions: Versions, *, places: int = ORE) -> Records:
    """A row per field and per figure that differs; fields as each file states them, amounts in kronor."""
    rows: list[list[Value]] = [["field", field.path, field.before, field.after, None] for field in versions.fields]
    for change in versions.figures:
        amounts = [kronor(amount, "öre") for amount in (change.before, change.after, change.difference)]
        rows.append(["figure", change.path, *amounts])
    return Records([*texts("kind", "path", "before", "after"), Field("difference", places)], rows)


def answer_records(answer: Answer, *, places: int = ORE) -> Records:
    """A row per value that was found; amounts in kronor, others as decimals of twelve digits at most."""
    over, goal = answer.range, kronor(answer.goal, "öre")
    fields = [*texts("path"), *numbers(_VARIED, "value", "from", "to"), *texts("figure"), Field("goal", places)]
    rows = [
        [over.name, *(Kronor(over.plain(value)) for value in (one.value, one.first, one.last)), answer.figure, goal] for one in answer.found
    ]
    return Records(fields, rows)
