"""``socsam evaluate``: the evaluation effect, cost development against a control area; how much rests on one choice."""

from __future__ import annotations

from typing import Annotated, Literal

from ..answers.evaluate import weigh
from ..library.evaluations import BaseYear, Effect
from ..model.evaluation import FORMAT
from ..problems import OutputError
from ..source.evaluation import load_evaluation
from .declared import Given, Option, command
from .options import ROWS, Excel, Manner, To, Unit, files_of, option
from .run import Run, several


@command
def evaluate_command(
    given: Given,
    files: Annotated[list[str], files_of("Evaluation files; a folder stands for those in it, - for standard input.")],
    *,
    to: To,
    base_year: Annotated[
        str | None,
        option("--base-year", "Another base year than the file's; all compares them.", metavar="YEAR|all"),
    ] = None,
    leave_one_out: Annotated[bool, Option("--leave-one-out", help="The effect without each item in turn.")] = False,
    item: Annotated[list[str] | None, option("--item", "Count only this item; may be repeated.", metavar="ID")] = None,
    unit: Unit = None,
    rows: Annotated[Literal["items", "years"], ROWS] = "items",
    excel: Excel = False,
    manner: Manner,
) -> None:
    """The evaluation effect: cost development against a control area, not the financial result.

    \b
    Examples:
      socsam evaluate examples/evaluation/
      socsam evaluate examples/evaluation/exempelby.yaml --base-year all
      socsam evaluate examples/evaluation/hisingen.yaml --item sickness_benefit --item rehabilitation_benefit
      socsam explain examples/evaluation/exempelby.yaml items.sickness_benefit.effect
    """
    run = Run(given, to, manner, unit=unit, rows=rows, excel=excel)
    base, items = _base_year(base_year), item or None
    together = several(files) and base != "all" and not leave_one_out

    def evaluate(name: str) -> Effect:
        return Effect.of_evaluated(weigh(load_evaluation(name), base_year=base, items=items, leave_one_out=leave_one_out))

    run.write(Effect, run.each(files, FORMAT, evaluate), several=together)


def _base_year(text: str | None) -> BaseYear | None:
    """The year, ``all``, or None for the file's. Raises OutputError for anything else."""
    if text is None or text == "all":
        return "all" if text else None
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise OutputError(f"--base-year {text}: this is not a year\n   write four digits, such as 1996, or `all`")
    return int(text)
