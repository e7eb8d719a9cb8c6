"""What came of a question about an agreement, whichever of the three it was: as blocks of a report, as JSON, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from ..scenario.against import Versions
from ..scenario.ask import Answered, Solved
from ..scenario.whatif import Comparison
from .records import ORE, Records
from .tables import Block
from .whatif import answer, differences, report
from .whatif_data import answer_data, answer_records, comparison_data, comparison_records, versions_data, versions_records
from .words import Words


def blocks(one: Answered, words: Words, unit: str | None = None, *, hints: bool = True) -> Iterator[Block]:
    """The cases side by side, what differs between two versions, or the values that meet a goal."""
    if isinstance(one, Comparison):
        return report(one, words, unit, hints=hints)
    if isinstance(one, Versions):
        return differences(one, words, unit)
    agreement = one.document.agreement
    return answer(one.answer, agreement.area, agreement.rounding, words, unit or agreement.unit)


def data(one: Answered) -> dict[str, Any]:
    """A file's entry in the JSON document."""
    if isinstance(one, Comparison):
        return comparison_data(one)
    if isinstance(one, Versions):
        return versions_data(one)
    agreement = one.document.agreement
    return answer_data(one.answer, one.document.file, agreement.area, agreement.title, agreement.unit, agreement.rounding)


def records(answers: Sequence[Answered]) -> Records:
    """The rows of the answers to one question."""
    places = ORE if any(_rounding(one) == "öre" for one in answers) else 0
    compared = [one for one in answers if isinstance(one, Comparison)]
    if len(compared) == len(answers):
        return comparison_records(compared, [one.figure for one in compared], places=places)
    differing = [versions_records(one, places=places) for one in answers if isinstance(one, Versions)]
    solved = [answer_records(one.answer, places=places) for one in answers if isinstance(one, Solved)]
    found = differing or solved
    return Records(found[0].fields, chain.from_iterable(one.rows for one in found))


def _rounding(one: Answered) -> str:
    return (one.after if isinstance(one, Versions) else one.document).agreement.rounding
