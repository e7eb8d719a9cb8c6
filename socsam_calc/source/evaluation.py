"""Load an evaluation file: text to model, or all the problems of the file at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Final

from ..model.evaluation import FORMAT, ROUNDING, Evaluation
from ..model.reading import Context
from ..problems import Fault
from .arguments import content, named
from .document import Placed, held, read_tree, refuse_other
from .tree import Tree

_STAND_INS: Final = {"format": FORMAT, "area": "-", "unit": "kr", "population": "1", "years": "2000", "kind": "transfer"}
"""What is read in the place of a value that the model needs and a field refused, so that the rest of the file is still looked at."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EvaluationDocument(Placed):
    """An evaluation with the text that it was read from: where every figure stands, for messages and explanations."""

    file: str
    evaluation: Evaluation
    tree: Tree

    def __repr__(self) -> str:
        return f"<EvaluationDocument of {self.evaluation.area}: {self.file}>"


def load_evaluation(file: str | FilePath, *, text: str | None = None) -> EvaluationDocument:
    """Read an evaluation file; ``-`` reads standard input, ``text`` stands for the file's content.

    Raises AgreementError carrying every problem of the file, OutputError for an argument that is no text.
    """
    named("file", file)
    name = str(file)
    tree = read_tree(name, content(text), FORMAT)
    refuse_other(tree, FORMAT)
    unit = tree.data.get("unit")
    context = Context(unit=unit if unit in ("kr", "tkr", "mkr") else "kr", rounding=ROUNDING)
    return EvaluationDocument(name, held(tree, Evaluation, context, faults, _STAND_INS), tree)


def faults(evaluation: Evaluation) -> Iterator[Fault]:
    """What keeps the evaluation as a whole from being computed."""
    base, costed = evaluation.base_year, evaluation.with_costs()
    if base is None and costed:
        yield Fault(
            ("items", costed[0]), "no-base-year", f"`{costed[0]}` has yearly costs, and the file no base year",
            f"write `base_year: {evaluation.years[0] - 1}`, the year before the trial began",
            rests_on=(("base_year",), ("years",)), on_key=True,
        )  # fmt: skip
    if base is not None and base >= evaluation.years[0]:
        yield Fault(
            ("base_year",), "late-base-year", f"the base year {base} does not lie before the first year evaluated, {evaluation.years[0]}",
            "the base is the year before the trial began; `--base-year` shows what another one would give",
            rests_on=(("years",),),
        )  # fmt: skip
    needed = sorted({*evaluation.years, *([] if base is None else [base])})
    for name in costed:
        for area, whose in (("trial", "of the trial"), ("control", "of the control area")):
            known = getattr(evaluation.items[name], area)
            missing = [year for year in needed if year not in known]
            if missing:
                yield Fault(
                    ("items", name, area), "missing-years", f"`{name}` has no cost {whose} for {', '.join(map(str, missing))}",
                    "every year evaluated and the base year need one",
                    rests_on=(("years",), ("base_year",)), on_key=True,
                )  # fmt: skip
