"""Evaluate a document: the pure arithmetic, its refusals with their places in the file."""

from __future__ import annotations

from collections.abc import Sequence

from ..problems import AgreementError, Refused
from ..source.evaluation import EvaluationDocument
from .effect import Effect
from .effect import evaluate as evaluate_stated


def evaluate(document: EvaluationDocument, *, base_year: int | None = None, items: Sequence[str] | None = None) -> Effect:
    """The evaluation effect of a loaded file: cost development against a control area, not the financial result.

    ``base_year`` takes the place of the file's, ``items`` are the ids counted. Exact; + is slower growth than in the control area,
    − faster. Raises AgreementError, with the place of each cause, for an item that is not there or a base year without costs.
    """
    try:
        return evaluate_stated(document.evaluation, base_year=base_year, items=items)
    except Refused as refused:
        raise AgreementError(map(document.problem, refused.faults)) from None
