"""Evaluation effects: cost development against a control area, not the financial result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from ..answers import evaluate as derived
from ..answers.evaluate import Evaluated, weigh
from ..model.evaluation import FORMAT
from ..problems import OutputError
from ..source.arguments import a_year, listed, yes_or_no
from ..source.document import Document
from ..source.evaluation import EvaluationDocument, load_evaluation
from .files import OneOrSeveral, answered
from .formats import Result, Several, Way

if TYPE_CHECKING:
    from ..report.data.evaluation import Case
    from ..report.data.records import Records
    from ..report.told.tables import Block
    from ..report.told.words import Words

BaseYear = int | Literal["all"]


@dataclass(frozen=True, repr=False)
class Effect(derived.Effect, Result):
    """The evaluation effect of some items of a file against one base year: every format of ``socsam evaluate``.

    ``total``, ``transfers`` and ``item("id")`` are Measures, whose ``kronor()`` are exact; + is slower growth than in the control area, −
    faster. ``base_years`` are the effects under every base year and ``without`` those without each item, where asked for. A row is one of
    `items`, or of `years` (each item, each year).
    """

    row_kinds = ("items", "years")

    document: EvaluationDocument
    base_years: Sequence[derived.Effect] | None = None
    without: Mapping[str, derived.Effect] | None = None

    @property
    def source(self) -> str:
        return self.document.file

    def __repr__(self) -> str:
        years = f"{self.evaluation.years[0]}–{self.evaluation.years[-1]}"
        return f"<Effect of {self.evaluation.area}: {years}, base year {self.base_year}>"

    @classmethod
    def of_evaluated(cls, found: Evaluated) -> Self:
        """What a file came to, with every format."""
        stated = {field.name: getattr(found.effect, field.name) for field in fields(found.effect)}
        return cls(**stated, document=found.document, base_years=found.base_years, without=found.without)

    def _case(self) -> Case:
        return self.document.file, self, self.base_years, self.without

    @classmethod
    def _way(cls, results: Sequence[Self], words: Words, unit: str | None) -> Way:
        """Several are told side by side where none is asked for under several choices."""
        together = len(results) > 1 and all(one.base_years is None and one.without is None for one in results)
        return Way(words, unit, several=together)

    @classmethod
    def _shown(cls, results: Iterable[Self], way: Way) -> Iterator[Block]:
        from ..report.told.evaluation import comparison, told

        if not way.several:
            for one in results:
                yield from told(one._case(), way.words, way.unit, drawn=way.drawn, hints=way.hints)
        elif held := list(results):
            yield from comparison(held, way.words, way.unit, hints=way.hints)

    @classmethod
    def _json(cls, results: Iterable[Self], language: str) -> Iterable[str]:
        from ..report.data.evaluation import document, evaluation_data

        return document(evaluation_data(*one._case()) for one in results)

    @classmethod
    def _rows(cls, results: Iterable[Self], kind: str) -> Records:
        from ..report.data.evaluation import evaluation_records

        return evaluation_records((one._case() for one in results), kind)


@OneOrSeveral[str | Path | EvaluationDocument, Effect, Several[Effect]]()
def evaluate(
    evaluations: Any,
    *,
    base_year: BaseYear | None = None,
    items: str | Sequence[str] | None = None,
    leave_one_out: bool = False,
) -> Effect | Several[Effect]:
    """The evaluation effect of a file, or of each of a list: what the trial would have cost at the control area's pace, less what it cost.

    It is not the financial result (Report 7.2). ``base_year`` takes the place of the file's, ``"all"`` compares them; ``items`` are the
    ids counted; ``leave_one_out`` gives the effect without each in turn. Exact; + is slower growth than in the control area, − faster.
    Raises AgreementError, with the place of each cause, where a file is bad, for an item that is not there or a base year without costs.
    """
    base_year = base_year if base_year == "all" else a_year("base_year", base_year)
    counted = None if items is None else listed("items", items)
    if counted == []:
        raise OutputError("items=[]: the effect of no item is none\n   name one, or leave it out to count all")
    yes_or_no("leave_one_out", leave_one_out)

    def evaluated(source: str | EvaluationDocument) -> Effect:
        if isinstance(source, Document):
            raise OutputError(f"{source.file} is an agreement, not an evaluation\n   `settle` takes it")
        document = source if isinstance(source, EvaluationDocument) else load_evaluation(source)
        return Effect.of_evaluated(weigh(document, base_year=base_year, items=counted, leave_one_out=leave_one_out))

    return answered(partial(Several, Effect), evaluations, FORMAT, evaluated)
