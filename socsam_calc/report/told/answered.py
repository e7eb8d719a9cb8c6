"""What came of a question about an agreement, whichever of the three it was: as blocks of a report, as JSON, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from ...answers.whatif.against import Versions
from ...answers.whatif.ask import Answered, Solved
from ...answers.whatif.whatif import Comparison
from ..data.records import ORE, Records
from ..data.whatif import answer_data, answer_records, comparison_data, comparison_records, versions_data, versions_records
from .goal_seek import answer
from .tables import Block
from .versions import differences
from .whatif import report
from .words import Words


def blocks(one: Answered, words: Words, unit: str | None = None, *, hints: bool = True) -> Iterator[Block]:
    """The cases side by side, what differs between two versions, or the values that meet a goal."""
    if isinstance(one, Comparison):
        return report(one, words, unit, hints=hints)
    if isinstance(one, Versions):
        return differences(one, words, unit)
    return answer(one, words, unit)


def data(one: Answered) -> dict[str, Any]:
    """A file's entry in the JSON document."""
    if isinstance(one, Comparison):
        return comparison_data(one)
    if isinstance(one, Versions):
        return versions_data(one)
    return answer_data(one)


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
