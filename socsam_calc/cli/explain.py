"""``socsam explain``: any figure derived step by step, or a whole year told in order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from ..engine.results import Settlement, YearResult
from ..engine.steps import Money
from ..problems import AgreementError, OutputError, Place, Problem, nearest
from ..settling import settle
from ..source.loader import Document, load, text_of
from .options import File, Lang, NoColor, OutputOfText, Quiet, Run, Settings, Unit, command_app, write_blocks
from .output import Target, format_for, target

if TYPE_CHECKING:
    from ..report.evaluation_explanation import EvaluationExplanation
    from ..report.explanation import Explanation
    from ..source.evaluation import EvaluationDocument

_FORMATS: Final = ("table", "json", "markdown")
_MOST_NAMED: Final = 12

app = command_app()


@app.command()
def explain_command(
    file: File,
    figure: Annotated[
        str | None,
        typer.Argument(
            metavar="[FIGURE]",
            help="Its path in the JSON of settle, lists by id: 2000.parties.kommun.settled; a part of a path names all in it. "
            "Without it, the whole year; of an evaluation file, its total effect.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        Literal["table", "json", "markdown"] | None,
        typer.Option("--format", "-f", help="How to print; text by default.", show_default=False),
    ] = None,
    output: OutputOfText = None,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YEAR", help="The year to tell; by default the last one that is settled.", show_default=False),
    ] = None,
    unit: Unit = None,
    settings: Settings = None,
    lang: Lang = "en",
    no_color: NoColor = False,
    quiet: Quiet = False,
) -> None:
    """Derive a figure step by step, down to the lines of the file.

    Each step shows its formula, the formula with its numbers, its rule and its source. Without FIGURE the whole year is told in order.

    \b
    Examples:
      socsam explain examples/complete.yaml 2000.parties.kommun.settled
      socsam explain examples/complete.yaml --year 1999
      socsam explain examples/complete.yaml 1999.payments --lang sv
      socsam explain examples/evaluation/exempelby.yaml items.sickness_benefit.1999.effect
    """
    chosen = format_for(format_, output)
    if chosen not in _FORMATS:
        raise OutputError(f"{output}: an explanation is written as text, .json or .md\n   use one of these suffixes, or --format")
    if Path(file).is_dir():
        raise OutputError(f"{file} is a folder; an explanation is one of a single agreement\n   name a file in it")
    run = Run()
    with target(output, machine=chosen != "table") as opened:
        for document in run.documents([file], "socsam/1", lambda name: _load(name, settings or [])):
            try:
                explanation: Explanation | EvaluationExplanation
                if isinstance(document, Document):
                    explanation = _explanation(document, figure, year, lang, unit)
                else:
                    explanation = _of_evaluation(document, figure, year, lang, unit)
                _show(opened, explanation, chosen, no_color=no_color, hints=not quiet)
            except AgreementError as error:
                run.complain(error.problems, 2)
        run.finish(opened, output)
    raise typer.Exit(run.status)


def _load(name: str, settings: Sequence[str]) -> Document | EvaluationDocument:
    """The file, whichever of the two formats it states. Raises AgreementError with its problems."""
    text = text_of(name)
    try:
        return load(name, settings=settings, text=text)
    except AgreementError as error:
        if error.problems[0].code != "other-format":
            raise
    from ..source.evaluation import load_evaluation

    document = load_evaluation(name, text=text)
    if settings:
        place = Place(f"--set {settings[0]}")
        raise AgreementError([Problem("no-settings", place, "an evaluation is explained as its file stands", "change the file")])
    return document


def _explanation(document: Document, figure: str | None, year: int | None, lang: str, unit: str | None) -> Explanation:
    from ..report.explanation import Explanation
    from ..report.words import Words

    settlement = settle(document)
    told = _year(document, settlement, figure, year)
    path = _path(figure, told.year)
    figures = _figures(settlement, path)
    return Explanation(document, settlement, told, figures, Words(lang), unit, subject=path)


def _of_evaluation(
    document: EvaluationDocument, figure: str | None, year: int | None, lang: str, unit: str | None
) -> EvaluationExplanation:
    """The evaluation effect, or another figure of it."""
    from ..evaluation.evaluating import evaluate
    from ..report.evaluation_explanation import EvaluationExplanation, figures
    from ..report.explanation import under
    from ..report.words import Words

    if year is not None:
        remedy = "name the year in the path, such as `years_total.1998.effect`"
        raise AgreementError([Problem("no-year", Place(f"--year {year}"), "an evaluation is explained over all its years", remedy)])
    effect = evaluate(document)
    path = figure.strip(".") if figure and figure.strip(".") else "total.effect"
    known = figures(effect)
    named = under(path, list(known))
    if not named:
        raise AgreementError([Problem("unknown-figure", Place(path), "there is no such figure", _remedy(path, list(known)))])
    return EvaluationExplanation(document, effect, {one: known[one] for one in named}, Words(lang), unit, subject=path)


def _show(opened: Target, explanation: Explanation | EvaluationExplanation, chosen: str, *, no_color: bool, hints: bool) -> None:
    if chosen == "json":
        from ..report.json import write

        opened.stream.write(write(explanation.data()) + "\n")
    else:
        write_blocks(opened, explanation.blocks(hints=hints), chosen, no_color=no_color)


def _path(figure: str | None, year: int) -> str:
    """The path asked for, with its year."""
    if figure is None or not figure.strip("."):
        return str(year)
    return figure if re.match(r"[0-9]{4}(\.|$)", figure) else f"{year}.{figure}"


def _year(document: Document, settlement: Settlement, figure: str | None, year: int | None) -> YearResult:
    """The year that is meant: that of the path, or of `--year`, or the last one settled. Raises AgreementError where there is none."""
    stated = re.match(r"([0-9]{4})(\.|$)", figure or "")
    if stated and year is not None and int(stated[1]) != year:
        problem = Problem("two-years", Place(f"--year {year}"), f"the figure `{figure}` is one of {stated[1]}", "leave one of them out")
        raise AgreementError([problem])
    wanted = int(stated[1]) if stated else year
    if wanted is None:
        settled = [one for one in settlement.years if one.status != "budget"]
        return (settled or settlement.years)[-1]
    for one in settlement.years:
        if one.year == wanted:
            return one
    held = ", ".join(str(one.year) for one in settlement.years)
    place = document.place(("years",), on_key=True)
    raise AgreementError([Problem("no-such-year", place, f"the agreement holds no year {wanted}", f"it holds {held}")])


def _figures(settlement: Settlement, path: str) -> Mapping[str, Money]:
    """The figures that a path names. Raises AgreementError where there are none, or they are not known."""
    from ..report.explanation import known_figures, under

    known = known_figures(settlement)
    named = {one: known[one] for one in under(path, list(known))}
    figures = {one: step for one, step in named.items() if step is not None}
    if figures:
        return figures
    place = Place(path)
    if named:
        text = f"{'it is' if path in named else 'its figures are'} not known"
        raise AgreementError([Problem("not-known", place, text, _why(settlement, path))])
    if re.fullmatch(r"[0-9]{4}\.payments", path):
        text = "nobody pays anybody in this year, so there is nothing to derive"
        raise AgreementError([Problem("no-payments", place, text, "`carried` and `transfer` of a party say why")])
    raise AgreementError([Problem("unknown-figure", place, "there is no such figure", _remedy(path, list(known)))])


def _why(settlement: Settlement, path: str) -> str:
    year = settlement.year(int(path.partition(".")[0]))
    if year.status == "budget":
        return f"{year.year} is a budget: only its frame is computed until the costs are given"
    needed = "the frame or the costs by activity" if year.totals.units("final_frame") is None else "the costs by activity"
    return f"of {year.year} only the total result is given: what needs {needed} is not computed"


def _remedy(path: str, known: list[str]) -> str:
    """The nearest path, from the first name in it that is wrong; or what there is in that name's place."""
    names = path.split(".")
    right = 0
    while any(one.startswith(".".join(names[: right + 1]) + ".") for one in known):
        right += 1
    start = "".join(f"{name}." for name in names[:right])
    following = list(dict.fromkeys(one.split(".")[right] for one in known if one.startswith(start)))
    near = nearest(names[right], following) if right < len(names) else None
    if near is not None:
        whole = ".".join([*names[:right], near, *names[right + 1 :]])
        meant = whole if any(one == whole or one.startswith(f"{whole}.") for one in known) else start + near
        return f"did you mean `{meant}`?"
    listed = ", ".join(f"`{start}{name}`" for name in following[:_MOST_NAMED])
    return f"there is: {listed}" + (" …" if len(following) > _MOST_NAMED else "")
