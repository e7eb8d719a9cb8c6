"""Cases, versions and answers for programs: JSON, schema ``socsam.whatif/1``, and rows. Amounts in kronor, exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from typing import Any, Final

from ...answers.whatif.ask import Answered, Solved, Versions
from ...answers.whatif.cases import Held, minus
from ...answers.whatif.outcomes import Outcome, Piece
from ...answers.whatif.settling import Column
from ...answers.whatif.solve import Answer
from ...answers.whatif.whatif import OWN_CAPITAL, TOTALS, Comparison
from ...model.agreement import Agreement
from .json import Kronor, entries, idle_data, kronor
from .records import ORE, Columns, Field, Interleaved, Records, Value, amounts, numbers, texts

SCHEMA: Final = "socsam.whatif/1"


def document(files: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The whole document in pieces, a file at a time."""
    return entries(SCHEMA, "files", files)


def _entry(file: str, agreement_file: str, agreement: Agreement, title: str | None = None) -> dict[str, Any]:
    """What every entry has; a kind of question that was not asked is null, or an empty list."""
    return {
        "file": file, "agreement": agreement_file, "area": agreement.area, "title": title or agreement.title, "unit": agreement.unit,
        "rounding": agreement.rounding, "assumptions": list(agreement.assumptions), "without_effect": [], "scenarios": [],
        "against": None, "solve": None,
    }  # fmt: skip


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """The cases of a file, as they come; the first is the base case, the agreement as it stands."""
    agreement = comparison.document.agreement
    entry = _entry(comparison.file, comparison.document.file, agreement, comparison.title)
    entry["without_effect"] = [idle_data(one) for one in comparison.idle]
    entry["scenarios"] = (_scenario(comparison, outcome, base=not position) for position, outcome in enumerate(comparison.outcomes))
    return entry


def _scenario(comparison: Comparison, outcome: Outcome, *, base: bool) -> dict[str, Any]:
    case = outcome.case
    return {
        "name": case.name,
        "base": base,
        "set": [
            {"path": change.path, "value": change.as_set or change.text, "number": None if change.number is None else Kronor(change.number)}
            for change in case.changes
        ],
        "terms": case.terms,
        "note": case.note,
        "remarks": [remark.text.format(**dict(remark.values)) for remark in case.remarks],
        "years": [_year(comparison, outcome, number) for number in comparison.asked] if not outcome.problems else [],
        "bounds": [_bound(held, comparison.document.agreement.rounding) for held in outcome.held],
        "problems": [f"{problem.place}: {problem.text}" for problem in outcome.problems],
    }


def _year(comparison: Comparison, outcome: Outcome, number: int) -> dict[str, Any]:
    figures = _shown([comparison.figure])
    names = ["id", *_beside(figures)]
    parties = [
        dict(zip(names, [party, *_compared(comparison, outcome, number, party, figures)], strict=True)) for party in comparison.parties
    ]
    totals = {name: _ore(outcome.amounts.get(f"{number}.totals.{name}")) for name in TOTALS}
    closing, differs = map(_ore, comparison.compared(outcome, f"{number}.{OWN_CAPITAL}"))
    reserve = None if closing is None else {"closing": closing, "closing_difference": differs}
    return {"year": number, "totals": totals, "parties": parties, "reserve": reserve}


def _shown(figures: Iterable[str]) -> list[str]:
    """The figures of a party that every answer has, and those asked for."""
    return list(dict.fromkeys(("settled", "allocated", *figures)))


def _beside(figures: Iterable[str]) -> list[str]:
    """Their names, each with that of its difference to the base case."""
    return [name for figure in figures for name in (figure, f"{figure}_difference")]


def _compared(comparison: Comparison, outcome: Outcome, year: int, party: str, figures: Iterable[str]) -> Iterator[Value]:
    """A party's figures, each with its difference to the base case."""
    for figure in figures:
        yield from map(_ore, comparison.compared(outcome, f"{year}.parties.{party}.{figure}"))


def _ore(amount: int | None) -> Kronor | int | None:
    return kronor(amount, "öre")


def _bound(held: Held, rounding: str) -> dict[str, Any]:
    bounded = held.bounded
    limits = {"min": bounded.least, "max": bounded.most, "equals": bounded.equals}
    value, own = kronor(held.value, rounding), kronor(bounded.own, rounding)
    sides = {side: kronor(limit, rounding) for side, limit in limits.items()}
    return {"figure": held.figure, **sides, "reason": held.reason, "value": value, "met": held.met, "own": own}


def versions_data(versions: Versions) -> dict[str, Any]:
    """Two versions of an agreement: what differs."""
    entry = _entry(versions.after.file, versions.after.file, versions.after.agreement)
    entry["against"] = {
        "file": versions.before.file,
        "fields": [field._asdict() for field in versions.fields],
        "figures": [
            {"path": change.path, "before": _ore(change.before), "after": _ore(change.after), "difference": _ore(change.difference)}
            for change in versions.figures
        ],
        "payments": [{"from": payer, "to": payee, "amount": _ore(amount)} for payer, payee, amount in versions.payments],
    }
    return entry


def answer_data(solved: Solved) -> dict[str, Any]:
    """The answers of a goal seek. A value is written as the file could hold it, or as a fraction where no decimal is exact."""
    entry = _entry(solved.document.file, solved.document.file, solved.document.agreement)
    entry["without_effect"] = [idle_data(one) for one in solved.idle]
    answer = solved.answer
    over = answer.range
    entry["solve"] = {
        "path": over.name,
        "figure": answer.figure,
        "goal": _ore(answer.goal),
        "from": over.as_set(over.first),
        "to": over.as_set(over.last),
        "values": [
            {
                "value": over.as_set(one.value),
                "from": over.as_set(one.first),
                "to": over.as_set(one.last),
                "number": Kronor(over.plain(one.value)),
            }
            for one in answer.found
        ],
        "refused": [{"from": over.as_set(one.first), "to": over.as_set(one.last), "reason": one.reason} for one in answer.refused],
        "not_known": [{"from": over.as_set(one.first), "to": over.as_set(one.last)} for one in answer.unknown],
        "passed": [
            {
                "from": over.as_set(jump.before),
                "figure_from": _ore(jump.figure_before),
                "to": over.as_set(jump.after),
                "figure_to": _ore(jump.figure_after),
            }
            for jump in answer.jumps
        ],
        "lowest": _ore(answer.lowest),
        "highest": _ore(answer.highest),
        "settlements": answer.settlements,
    }
    return entry


def data(one: Answered) -> dict[str, Any]:
    """A file's entry in the JSON document."""
    match one:
        case Comparison():
            return comparison_data(one)
        case Versions():
            return versions_data(one)
        case _:
            return answer_data(one)


# --- rows --------------------------------------------------------------------------------------------------------------


def comparison_records(
    comparisons: Iterable[Comparison], figures: Sequence[str] = (), *, places: int = ORE, capital: bool = False
) -> Records:
    """A row per file, scenario, year and party; a varied number has a column of its own. Own capital has its columns, in rows of the body.

    A case that cannot be settled has its rows too, without figures, so that nobody takes the others for the whole grid.
    The columns are those of the first comparison, of ``figures`` and of own ``capital``. ``places`` is how many decimals amounts have.
    """
    given = iter(comparisons)
    first = list(islice(given, 1))
    shown = _shown([*(one.figure for one in first), *figures])
    varied = [change.path for one in first for change in one.varied]
    labels = [*texts("file", "area", "scenario"), *numbers(_VARIED, *varied), Field("year", 0), Field("party")]
    capital = capital or any(one.document.agreement.has_capital for one in first)
    of_body = _beside(["own_capital"]) if capital else []
    return Records([*labels, *amounts(places, *_beside(shown), *of_body)], _comparison_rows(chain(first, given), shown, varied, of_body))


_VARIED: Final = 12
"""The decimals of a varied number, at most."""


def _comparison_rows(
    comparisons: Iterable[Comparison], figures: Sequence[str], varied: Sequence[str], of_body: Sequence[str]
) -> Interleaved:
    return Interleaved(
        list(_in_columns(comparison, piece, figures, varied, of_body))
        for comparison in comparisons
        for piece in comparison.outcomes.pieces()
    )


def _in_columns(
    comparison: Comparison, piece: Piece, figures: Sequence[str], varied: Sequence[str], of_body: Sequence[str]
) -> Iterator[Columns]:
    """The first row of every case of a piece, the second of every case, and so on, by their columns."""
    numbers_set = [{change.path: Kronor(change.number) for change in case.changes if change.number is not None} for case in piece.cases]
    names = [case.name for case in piece.cases]
    columns = [[of_case.get(path) for of_case in numbers_set] for path in varied]
    labels: Columns = [repeat(comparison.file), repeat(comparison.document.agreement.area), names, *columns]

    def compared(paths: Iterable[str]) -> Iterator[Iterable[Value]]:
        for path in paths:
            now, before = piece.columns.get(path), comparison.base.amounts.get(path)
            yield repeat(None) if now is None else _kronor(now)
            yield repeat(None) if now is None or before is None else _kronor([minus(one, before) for one in now])

    for number in comparison.asked:
        for party in comparison.parties:
            of_party = compared(f"{number}.parties.{party}.{figure}" for figure in figures)
            yield [*labels, repeat(number), repeat(party), *of_party, *(repeat(None) for _ in of_body)]
        if of_body:
            held = compared([f"{number}.{OWN_CAPITAL}"])
            yield [*labels, repeat(number), repeat("body"), *(repeat(None) for _ in _beside(figures)), *held]


def _kronor(amounts: Column) -> list[Value]:
    """Öre as exact kronor."""
    return [None if ore is None else _ore(ore) if ore % 100 else ore // 100 for ore in amounts]


def versions_records(versions: Versions, *, places: int = ORE) -> Records:
    """A row per field and per figure that differs; fields as each file states them, amounts in kronor."""
    rows: list[list[Value]] = [["field", field.path, field.before, field.after, None] for field in versions.fields]
    rows += (["figure", one.path, *map(_ore, (one.before, one.after, one.difference))] for one in versions.figures)
    return Records([*texts("kind", "path", "before", "after"), *amounts(places, "difference")], rows)


def answer_records(answer: Answer, *, places: int = ORE) -> Records:
    """A row per value that was found; amounts in kronor, others as decimals of twelve digits at most."""
    over, goal = answer.range, _ore(answer.goal)
    fields = [*texts("path"), *numbers(_VARIED, "value", "from", "to"), *texts("figure"), *amounts(places, "goal")]
    rows = [
        [over.name, *(Kronor(over.plain(value)) for value in (one.value, one.first, one.last)), answer.figure, goal] for one in answer.found
    ]
    return Records(fields, rows)


def records(answers: Sequence[Answered]) -> Records:
    """The rows of the answers to one question."""
    places = ORE if any(_rounding(one) == "öre" for one in answers) else 0
    compared = [one for one in answers if isinstance(one, Comparison)]
    if len(compared) == len(answers):
        capital = any(one.document.agreement.has_capital for one in compared)
        return comparison_records(compared, [one.figure for one in compared], places=places, capital=capital)
    found = [versions_records(one, places=places) for one in answers if isinstance(one, Versions)]
    found += [answer_records(one.answer, places=places) for one in answers if isinstance(one, Solved)]
    return Records(found[0].fields, chain.from_iterable(one.rows for one in found))


def streamed(answers: Iterable[Answered]) -> Records:
    """The rows of the answers to one question, as they come; without any there are no columns either."""
    given = iter(answers)
    for first in given:
        if isinstance(first, Comparison):
            return comparison_records(chain([first], (one for one in given if isinstance(one, Comparison))))
        return records([first, *given])
    return Records([], [])


def _rounding(one: Answered) -> str:
    return (one.after if isinstance(one, Versions) else one.document).agreement.rounding
