"""The same agreement under other assumptions or other terms; who bears the next krona of cost, and who pays for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ..answers.incentives.incentives import Studied, YearIncentives, study
from ..problems import AgreementError, NotFoundError
from ..source.arguments import a_year, counts, listed, text
from ..source.document import Document
from .files import FORMAT, OneOrSeveral, Source, a_file, alone, answered, loaded, refuse_evaluation, unchanged
from .formats import Result, Several, Way
from .settlements import decimals

if TYPE_CHECKING:
    from ..answers.whatif.ask import Answered
    from ..report.data.records import Records
    from ..report.told.tables import Block

MOST_STEPS = 999_999


class WhatIf(Result):
    """What came of a question: every format of ``socsam whatif``. Amounts are what each party ends with and its difference to the base case.

    ``answer`` is a Comparison of cases, the Versions that differ, or a Solved goal; amounts in it count öre. A row is one of a case, year
    and party; or a field or figure that differs; or a value that was found.
    """

    answer: Answered

    def __init__(self, answer: Answered) -> None:
        self.__dict__["answer"] = answer

    @property
    def met(self) -> bool:
        """Whether every case could be settled, every bound is met and the goal is reached; the command's status is 0 then."""
        from ..answers.whatif.against import Versions
        from ..answers.whatif.ask import Solved

        if isinstance(self.answer, Versions):
            return True
        if isinstance(self.answer, Solved):
            return bool(self.answer.answer.found)
        return not any(True for _ in self.answer.missed()) and not any(True for _ in self.answer.refused())

    @property
    def source(self) -> str:
        from ..answers.whatif.against import Versions
        from ..answers.whatif.whatif import Comparison

        if isinstance(self.answer, Comparison):
            return self.answer.file
        return (self.answer.after if isinstance(self.answer, Versions) else self.answer.document).file

    @classmethod
    def _sheet(cls, results: Sequence[Self], kind: str) -> str:
        return {"Comparison": "Cases", "Versions": "Differences", "Solved": "Values"}[type(results[0].answer).__name__]

    def __repr__(self) -> str:
        from ..answers.whatif.whatif import Comparison

        if isinstance(self.answer, Comparison):
            return f"<WhatIf of {self.answer.file}: {len(self.answer.outcomes)} cases>"
        return f"<WhatIf: {type(self.answer).__name__.lower()}>"

    @classmethod
    def _shown(cls, results: Iterable[Self], way: Way) -> Iterable[Block]:
        from ..report.told.answered import blocks

        return (block for one in results for block in blocks(one.answer, way.words, way.unit, hints=way.hints))

    @classmethod
    def _json(cls, results: Iterable[Self], language: str) -> Iterable[str]:
        from ..report.data.whatif import document
        from ..report.told.answered import data

        return document(data(one.answer) for one in results)

    @classmethod
    def _rows(cls, results: Iterable[Self], kind: str) -> Records:
        from ..report.told.answered import records, streamed

        if not isinstance(results, Sequence):
            return streamed(one.answer for one in results)
        return records([one.answer for one in results])


class Incentives(Studied, Result):
    """An agreement's incentives in each year that has a result: every format of ``socsam incentives``.

    Parts of a krona are exact fractions, costs count rounding units. A row is one of `activities` (each point, each party) or of
    `payments` (whose own result ends at whom).
    """

    row_kinds = ("activities", "payments")

    def year(self, number: int) -> YearIncentives:
        """One year. Raises NotFoundError, a KeyError, where it has no result, or was not asked for."""
        for year in self.years:
            if year.year == number:
                return year
        raise NotFoundError.of(
            "year", number, (year.year for year in self.years), f" in the incentives of {self.settlement.agreement.area}"
        )

    @property
    def source(self) -> str:
        return self.document.file

    def __repr__(self) -> str:
        return f"<Incentives of {self.settlement.agreement.area}: {', '.join(str(year.year) for year in self.years)}>"

    @classmethod
    def _shown(cls, results: Iterable[Self], way: Way) -> Iterable[Block]:
        from ..report.told.incentives import report

        return (block for one in results for block in report(one.settlement, one.years, way.words, way.unit, hints=way.hints))

    @classmethod
    def _json(cls, results: Iterable[Self], language: str) -> Iterable[str]:
        from ..report.told.incentives import data, document

        return document(data(one.document.file, one.settlement, one.years) for one in results)

    @classmethod
    def _rows(cls, results: Iterable[Self], kind: str) -> Records:
        from ..report.told.incentives import payment_records, point_records

        found = ((one.document.file, one.settlement, one.years) for one in results)
        if kind == "payments":
            return payment_records(found, places=decimals(results, lambda one: one.settlement.agreement))
        return point_records(found)


@OneOrSeveral[Source, WhatIf, Several[WhatIf]]()
def whatif(
    files: Any,
    *,
    settings: str | Sequence[str] = (),
    vary: str | Sequence[str] = (),
    steps: int | Sequence[int] = (),
    terms: Source | Sequence[Source] = (),
    against: Source | None = None,
    solve: str | None = None,
    goal: str | None = None,
    figure: str | None = None,
    year: int | None = None,
    figures: str | Path | None = None,
    allow_outside: bool = False,
) -> WhatIf | Several[WhatIf]:
    """The same agreement under other assumptions or other terms, beside the base case; or every case of a file of scenarios.

    ``settings`` (``PATH=VALUE``) hold in every case, and make one by themselves; ``vary`` (``PATH=A..B``, one or two) a line or a grid, in ``steps`` equal steps; ``terms``
    one for each other agreement; ``against`` compares with another version; ``solve`` (``PATH`` or ``PATH=A..B``) finds the value
    that meets ``goal`` (``FIGURE=AMOUNT``, the command's ``--for``). ``figure`` is the party's figure to show, ``settled`` by default.
    ``figures`` (a .csv or .xlsx file) takes the place of those that the agreement names, and in a file given as ``against`` as well. ``allow_outside`` lets scenarios read files that lie neither beside nor below them.

    + is what a party gains, − what it bears, exact kronor in every format. Raises AgreementError where a file is bad, an option does not
    fit, or the base case cannot be settled; a case that cannot be is left out, and ``met`` is False.
    """
    from ..answers.whatif.ask import Question, ask, ask_of
    from ..model.scenarios import FORMAT as SCENARIOS

    steps, year = counts("steps", steps, 1, MOST_STEPS), a_year("year", year)
    others: Any = [terms] if alone(terms) else terms
    under = [_named(one) for one in others]
    other = None if against is None else _named(against)
    for name, value in (("solve", solve), ("goal", goal), ("figure", figure)):
        if value is not None:
            text(name, value)
    ledger = None if figures is None else str(figures)
    question = Question(
        listed("settings", settings), listed("vary", vary), steps, under, other, solve, goal, figure, year, ledger, allow_outside
    )
    if problems := list(question.problems()):
        raise AgreementError(problems)

    def asked(source: str | Document) -> WhatIf:
        refuse_evaluation(source)
        if isinstance(source, Document):
            unchanged(source, figures=figures)
            return WhatIf(ask_of(source, question))
        return WhatIf(ask(source, question))

    return answered(partial(Several, WhatIf), files, SCENARIOS, asked)


def _named(source: Source) -> str | Document:
    a_file(source)
    refuse_evaluation(source)
    return source if isinstance(source, Document) else str(source)


@OneOrSeveral[Source, Incentives, Several[Incentives]]()
def incentives(
    agreements: Any, *, year: int | None = None, settings: str | Sequence[str] = (), figures: str | Path | None = None
) -> Incentives | Several[Incentives]:
    """Who bears the next krona of cost in each activity of an agreement, now and beyond each point where that changes; who pays for whom.

    In one ``year``, or in all that have a result. Parts of the krona are exact fractions, + borne by the party; of the payments, + is a
    gain and − a burden. Derived from the terms without rounding. ``settings`` and ``figures`` are those of ``load``. Of a
    list, agreements without a result in the year are left out. Raises AgreementError where a file is bad, or none has a result in that year.
    """

    year = a_year("year", year)

    def studied(source: str | Document) -> Incentives:
        return Incentives(*study(loaded(source, settings, figures), year))

    return answered(partial(Several, Incentives), agreements, FORMAT, studied, passed_over="no-such-year")
