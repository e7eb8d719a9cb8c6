"""Cases, versions and answers for programs: JSON, schema ``socsam.whatif/1``, and tidy CSV. Amounts in kronor, exact."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any, Final, TextIO

from ..model.agreement import Agreement
from ..scenario.against import Versions
from ..scenario.ask import Solved
from ..scenario.cases import Held
from ..scenario.solve import Answer
from ..scenario.whatif import TOTALS, Comparison, Outcome
from .csv import harmless
from .json import Kronor, kronor, write

SCHEMA: Final = "socsam.whatif/1"


def document(files: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The whole document in pieces, a file at a time."""
    yield f'{{"schema": {encode_basestring(SCHEMA)}, "currency": "SEK", "files": ['
    separator = "\n"
    for file in files:
        yield separator + write(file)
        separator = ",\n"
    yield "\n]}\n"


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
        "values": [{"value": over.text(one.value), "from": over.text(one.first), "to": over.text(one.last)} for one in answer.found],
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


# --- CSV ---------------------------------------------------------------------------------------------------------------


class Sheet:
    """Writes rows; ``excel`` is the variant that a Swedish Excel opens by double-click: `;` and decimal commas."""

    def __init__(self, stream: TextIO, *, excel: bool) -> None:
        self.excel = excel
        self.writer = csv.writer(stream, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n")

    def number(self, text: str) -> str:
        """A number with the decimal mark that the reader expects."""
        return text.replace(".", ",") if self.excel else text

    def row(self, texts: Sequence[object], amounts: Sequence[int | None] = ()) -> None:
        """A row of texts and of amounts in öre."""
        written = ["" if amount is None else self.number(str(kronor(amount, "öre"))) for amount in amounts]
        self.writer.writerow([*(harmless(text) if self.excel else text for text in texts), *written])


def write_comparisons(stream: TextIO, comparisons: Iterable[Comparison], *, excel: bool) -> None:
    """A row per file, scenario, year and party; a varied number has a column of its own."""
    sheet, head = Sheet(stream, excel=excel), False
    for comparison in comparisons:
        figures = list(dict.fromkeys(("settled", "allocated", comparison.figure)))
        if not head:
            named = [name for figure in figures for name in (figure, f"{figure}_difference")]
            sheet.row(["file", "area", "scenario", *comparison.varied, "year", "party", *named])
            head = True
        numbers = [year.year for year in comparison.settlement.years if f"{year.year}.totals.result" in comparison.base.amounts]
        for outcome in comparison.outcomes:
            if outcome.problems:
                continue
            set_to = {change.path: change.number or change.text for change in outcome.case.changes}
            for number in numbers:
                for party in comparison.parties:
                    amounts: list[int | None] = []
                    for figure in figures:
                        path = f"{number}.parties.{party}.{figure}"
                        now, before = outcome.amounts.get(path), comparison.base.amounts.get(path)
                        amounts += [now, None if now is None or before is None else now - before]
                    varied = [sheet.number(set_to.get(path, "")) for path in comparison.varied]
                    sheet.row([comparison.file, comparison.document.agreement.area, outcome.case.name, *varied, number, party], amounts)


def write_versions(stream: TextIO, versions: Versions, *, excel: bool) -> None:
    """A row per field and per figure that differs."""
    sheet = Sheet(stream, excel=excel)
    sheet.row(["kind", "path", "before", "after", "difference"])
    for field in versions.fields:
        sheet.row(["field", field.path, field.before or "", field.after or "", ""])
    for change in versions.figures:
        sheet.row(["figure", change.path], [change.before, change.after, change.difference])


def write_answer(stream: TextIO, answer: Answer, *, excel: bool) -> None:
    """A row per value that was found."""
    sheet, over = Sheet(stream, excel=excel), answer.range
    sheet.row(["path", "value", "from", "to", "figure", "goal"])
    for one in answer.found:
        sheet.row([over.name, over.text(one.value), over.text(one.first), over.text(one.last), answer.figure], [answer.goal])
