"""What a path was found to name, told in a language and a unit."""

from __future__ import annotations

from typing import assert_never

from ...answers.explain import Found, OfEvaluation, OfYear
from ..told.words import Words
from .evaluation import EvaluationExplanation
from .explanation import Explanation
from .telling import Telling


def explained(found: Found, words: Words, unit: str | None = None) -> Telling:
    """The derivation of the figures that were found; ``unit`` None is the file's own."""
    match found:
        case OfYear(document, settlement, year, figures, subject):
            return Explanation(document, settlement, year, figures, words, unit, subject=subject)
        case OfEvaluation(evaluation, effect, figures, subject):
            return EvaluationExplanation(evaluation, effect, figures, words, unit, subject=subject)
        case _:
            assert_never(found)
