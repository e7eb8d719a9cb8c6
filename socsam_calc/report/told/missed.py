"""Expectations that failed, each as something to mend, with its line in the file."""

from __future__ import annotations

from collections.abc import Iterator

from ...amounts import SPACE, Scale
from ...engine.results import Settlement
from ...problems import Problem
from ...source.document import Document
from .pen import wanted_text
from .words import Words


def missed(document: Document, settlement: Settlement, unit: str | None = None) -> Iterator[Problem]:
    """Each expectation that failed; amounts in ``unit``, the file's where it is None."""
    agreement = settlement.agreement
    for _, expectation in settlement.unmet():
        scale = Scale(agreement.rounding, unit or agreement.unit, expectation.amounts)
        expected = wanted_text(expectation, scale.with_unit, Words("en"))
        if expectation.known_error:
            text = f"{expectation.path} is the known error after all: {expected}"
        else:
            computed = "not known" if expectation.computed is None else scale.with_unit(expectation.computed)
            text = f"{expectation.path} should be {expected}, and is {computed}"
        yield Problem("expectation", document.place(expectation.place), text.replace(SPACE, " "))
