"""Evaluate a document: the pure arithmetic, its refusals with their places in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from ...problems import AgreementError, Problem, Refused
from ...source.evaluation import EvaluationDocument
from .effect import Effect, by_base_year, leaving_one_out
from .effect import evaluate as evaluate_stated


class Evaluated(NamedTuple):
    """A file with its effect, and the effects under other base years or without an item where these were asked for."""

    document: EvaluationDocument
    effect: Effect
    base_years: Sequence[Effect] | None
    without: Mapping[str, Effect] | None


def evaluate(document: EvaluationDocument, *, base_year: int | None = None, items: Sequence[str] | None = None) -> Effect:
    """The evaluation effect of a loaded file: cost development against a control area, not the financial result.

    ``base_year`` takes the place of the file's, ``items`` are the ids counted. Exact; + is slower growth than in the control area,
    − faster. Raises AgreementError, with the place of each cause, for an item that is not there or a base year without costs.
    """
    try:
        return evaluate_stated(document.evaluation, base_year=base_year, items=items)
    except Refused as refused:
        raise AgreementError(map(document.problem, refused.faults)) from None


def weigh(
    document: EvaluationDocument,
    *,
    base_year: int | Literal["all"] | None = None,
    items: Sequence[str] | None = None,
    leave_one_out: bool = False,
) -> Evaluated:
    """The effect, and how much of it rests on one choice: the base year where it is ``all``, each item where one is left out.

    Raises AgreementError as ``evaluate`` does, and where the file holds nothing that the choice could change.
    """
    evaluation = document.evaluation
    year = None if base_year == "all" else base_year
    effect = evaluate(document, base_year=year, items=items)
    if base_year is not None and not evaluation.with_costs(items):
        text = "only published effects stand here, and they cannot be computed against another base year"
        raise _refused(document, "only-published", text, "leave `--base-year` out, or give `trial` and `control` year by year")
    without = leaving_one_out(evaluation, base_year=year, items=items) if leave_one_out else None
    if leave_one_out and not without:
        raise _refused(document, "one-item", "there is only one item, and nothing without it", "leave `--leave-one-out` out")
    return Evaluated(document, effect, by_base_year(evaluation, items) if base_year == "all" else None, without)


def _refused(document: EvaluationDocument, code: str, text: str, remedy: str) -> AgreementError:
    return AgreementError([Problem(code, document.place(("items",), on_key=True), text, remedy)])
