"""``socsam whatif``: the same agreement under other assumptions or other terms, beside the base case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Final, Literal

from ..library.scenarios import WhatIf
from ..problems import Problem
from . import app as statuses
from .declared import Argument, Given, command
from .options import AS_TABLE, Changed, Destination, Excel, Manner, Output, Outside, Unit, option
from .run import Run

if TYPE_CHECKING:
    from ..answers.whatif.whatif import Comparison

_MOST_SHOWN: Final = 5  # problems of cases, before the rest is counted


class Where(Destination):
    """Where an answer goes: bounds are for programs that collect such things too."""

    format_: Annotated[Literal["table", "json", "csv", "markdown", "sarif", "junit"] | None, AS_TABLE] = None
    output: Output = None


@command
def whatif_command(
    given: Given,
    file: Annotated[
        str,
        Argument(
            metavar="FILE",
            help="An agreement, a file of scenarios, or a folder of these; - for standard input.",
            show_default=False,
        ),
    ],
    *,
    changed: Changed,
    vary: Annotated[
        list[str] | None,
        option("--vary", "Take a number from A to B; twice for a grid.", metavar="PATH=A..B", completes="paths"),
    ] = None,
    steps: Annotated[
        list[int] | None,
        option("--steps", "In N equal steps (N + 1 values); 10 by default.", metavar="N", min=1, max=999_999),
    ] = None,
    terms: Annotated[
        list[str] | None,
        option("--terms", "Under the terms of another agreement; may be repeated.", metavar="OTHER.yaml"),
    ] = None,
    against: Annotated[
        str | None,
        option("--against", "What differs from another version of the file.", metavar="BASE.yaml"),
    ] = None,
    solve: Annotated[
        str | None,
        option("--solve", "Find the value of a number (from A to B) that meets --for.", metavar="PATH[=A..B]", completes="paths"),
    ] = None,
    goal: Annotated[str | None, option("--for", "What a figure is to come out at.", metavar="FIGURE=AMOUNT", completes="goals")] = None,
    figure: Annotated[
        str | None,
        option("--figure", "Which figure of each party to show: settled, transfer …", metavar="NAME", completes="figures of parties"),
    ] = None,
    year: Annotated[int | None, option("--year", "Only this year.", metavar="YEAR", completes="years")] = None,
    norm: Annotated[
        list[str] | None,
        option("--norm", "Frames of adjusted rows by fixed:1996, moving, mean:3 … side by side.", metavar="BASE,…"),
    ] = None,
    panel: Annotated[str | None, option("--panel", "With --norm: costs of years that the file lacks.", metavar="PANEL")] = None,
    area: Annotated[str | None, option("--area", "With --panel: the agreement's area in it.", metavar="AREA")] = None,
    allow_outside: Outside = False,
    to: Where,
    unit: Unit = None,
    excel: Excel = False,
    manner: Manner,
) -> None:
    """The same agreement under other assumptions or other terms, beside the base case.

    \b
    Examples:
      socsam whatif examples/gotland.yaml --set 'sharing.shared=50 %'
      socsam whatif examples/gotland.yaml --vary 'sharing.shared=0 %..100 %' --steps 4
      socsam whatif examples/gotland.yaml --terms examples/laholm.yaml --terms examples/hisingen.yaml
      socsam whatif examples/gotland.yaml --solve sharing.shared --for 1998.parties.kassa.settled=0
      socsam whatif examples/complete.yaml --norm fixed:1996,moving
      socsam whatif examples/whatif/budget.yaml
    """
    run = Run(given, to, manner, unit=unit, excel=excel)
    from ..answers.whatif.ask import Question, Solved, Versions, ask
    from ..answers.whatif.whatif import Comparison
    from ..model.scenarios import FORMAT

    asked = (vary or [], steps or [], terms or [], against, solve, goal, figure, year)
    question = Question(changed.settings or [], *asked, changed.ledger, allow_outside, norm or [], panel, area)

    def answer(name: str) -> WhatIf:
        found = ask(name, question)
        if run.chosen in ("csv", "xlsx") and not isinstance(found, Versions):  # the other formats have a place for it
            run.say_idle(found.idle, found.document.file)
        if isinstance(found, Comparison):
            _judge(run, found)
        elif isinstance(found, Solved) and not found.answer.found:
            run.status = max(run.status, statuses.UNMET)
        return WhatIf(found)

    answered = run.each([file], FORMAT, answer)

    def answers() -> Iterator[WhatIf]:
        if problems := list(question.problems()):
            run.complain(problems, statuses.BAD_INPUT)
        else:
            yield from answered

    run.write(WhatIf, answers())


def _judge(run: Run, comparison: Comparison) -> None:
    """Say which cases cannot be settled, and which bounds are missed."""
    from ..answers.whatif.cases import in_case
    from ..report.told.pen import OreScale
    from ..report.told.whatif import case_label, told_bound
    from ..report.told.words import Words

    words, agreement = Words("en"), comparison.document.agreement
    refused = [in_case(problem, case_label(outcome.case, words)) for outcome in comparison.refused() for problem in outcome.problems]
    if refused:
        run.complain(refused[:_MOST_SHOWN], statuses.BAD_INPUT)
        if more := len(refused[_MOST_SHOWN:]):
            run.complain([f"… and {more} {'problem' if more == 1 else 'problems'} more of this kind"], statuses.BAD_INPUT)
    scale = OreScale(agreement.rounding, run.unit or agreement.unit)

    def amount(units: int) -> str:
        return scale.with_unit(units * scale.factor)

    for outcome, held in comparison.missed():
        text, place = told_bound(outcome, held, amount, words)
        run.complain([Problem("bound", place, text, held.reason or "")], statuses.UNMET)
