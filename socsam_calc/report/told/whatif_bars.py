"""What each party ends with in each case, as bars for the eye; or how far that is from the agreement as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...answers.whatif.whatif import Comparison
from ...engine.figures import PartyResult
from .tables import MOST_BARS, Bar, Bars, Cell
from .words import Words


def bars(
    comparison: Comparison, years: Sequence[int], names: Sequence[str], figure: str, words: Words, signed: Callable[[int], Cell]
) -> Iterator[Bars]:
    """The cases of each party below one another; nothing where they are too many, or nothing is known or differs.

    ``names`` are those of the cases in their order, ``figure`` is what is shown in words, ``signed`` writes an amount in öre. Of a figure
    that nobody gains, which is large and alike in every case, only the differences show.
    """
    differences = not PartyResult.figures[comparison.figure].gained
    drawn = []
    for party in comparison.parties:
        for position, (outcome, name) in enumerate(zip(comparison.outcomes, names, strict=True)):
            if outcome.problems or (differences and not position):
                continue
            amount = comparison.difference(outcome, party, years) if differences else comparison.amount(outcome, party, years)
            if amount is not None:
                drawn.append(Bar(party, name, amount, signed(amount)))
    cases = len({bar.label for bar in drawn})
    if cases > (0 if differences else 1) and len(drawn) <= MOST_BARS and any(bar.length for bar in drawn):
        title = words("{figure}: difference to the agreement as it stands", figure=figure) if differences else figure
        yield Bars(f"{title[:1].upper()}{title[1:]}", drawn)
