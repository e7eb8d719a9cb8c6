"""``socsam whatif``: the same agreement under other assumptions or other terms, beside the base case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple

import typer

from ..problems import AgreementError, Place, Problem
from . import app as statuses
from .options import Lang, NoColor, Output, Quiet, Run, Settings, Unit, command_app, show_blocks
from .output import Target, format_for, target

if TYPE_CHECKING:
    from ..report.tables import Block
    from ..scenario.against import Versions
    from ..scenario.cases import Case
    from ..scenario.solve import Answer
    from ..scenario.whatif import Comparison
    from ..source.loader import Document
    from ..source.overlay import Override
    from ..source.scenarios import ScenarioFile
    from ..source.yaml import Tree

_DEFAULT_STEPS: Final = 10
_MOST_SHOWN: Final = 5  # problems of cases, before the rest is counted

app = command_app()


@app.command()
def whatif_command(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="An agreement, a file of scenarios, or a folder of these; - for standard input.",
            show_default=False,
        ),
    ],
    settings: Settings = None,
    vary: Annotated[
        list[str] | None,
        typer.Option("--vary", metavar="PATH=A..B", help="Take a number from A to B; twice for a grid.", show_default=False),
    ] = None,
    steps: Annotated[
        list[int] | None,
        typer.Option(
            "--steps", metavar="N", min=1, max=999_999, help="In N equal steps (N + 1 values); 10 by default.", show_default=False
        ),
    ] = None,
    terms: Annotated[
        list[str] | None,
        typer.Option("--terms", metavar="OTHER.yaml", help="Under the terms of another agreement; may be repeated.", show_default=False),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="BASE.yaml", help="What differs from another version of the file.", show_default=False),
    ] = None,
    solve: Annotated[
        str | None,
        typer.Option(
            "--solve", metavar="PATH[=A..B]", help="Find the value of a number (from A to B) that meets --for.", show_default=False
        ),
    ] = None,
    goal: Annotated[
        str | None, typer.Option("--for", metavar="FIGURE=AMOUNT", help="What a figure is to come out at.", show_default=False)
    ] = None,
    figure: Annotated[
        str | None,
        typer.Option("--figure", metavar="NAME", help="Which figure of each party to show: settled, transfer …", show_default=False),
    ] = None,
    year: Annotated[int | None, typer.Option("--year", metavar="YEAR", help="Only this year.", show_default=False)] = None,
    format_: Annotated[
        Literal["table", "json", "csv", "markdown"] | None,
        typer.Option("--format", "-f", help="How to print; a table by default.", show_default=False),
    ] = None,
    output: Output = None,
    unit: Unit = None,
    excel: Annotated[bool, typer.Option("--excel", help="CSV as a Swedish Excel opens it: BOM, semicolons, decimal commas.")] = False,
    lang: Lang = "en",
    no_color: NoColor = False,
    quiet: Quiet = False,
) -> None:
    """The same agreement under other assumptions or other terms, beside the base case.

    \b
    Examples:
      socsam whatif examples/gotland.yaml --set 'sharing.shared=50 %'
      socsam whatif examples/gotland.yaml --vary 'sharing.shared=0 %..100 %' --steps 4
      socsam whatif examples/gotland.yaml --terms examples/laholm.yaml --terms examples/hisingen.yaml
      socsam whatif examples/gotland.yaml --solve sharing.shared --for 1998.parties.kassa.settled=0
      socsam whatif examples/whatif/budget.yaml
    """
    chosen = format_for(format_, output)
    asked = _Asked(settings or [], vary or [], steps or [], terms or [], against, solve, goal, figure, year)
    run = _WhatIfRun(asked)
    encoding = "utf-8-sig" if excel and chosen == "csv" else "utf-8"
    with target(output, machine=chosen != "table", encoding=encoding) as opened:
        done = run.results(file)
        if chosen == "json":
            _json(opened, done)
        elif chosen == "csv":
            _csv(opened, done, excel=excel)
        else:
            for blocks in _blocks(done, lang, unit, hints=not quiet):
                if chosen == "markdown":
                    from ..report.markdown import render

                    opened.stream.writelines(render(blocks))
                else:
                    show_blocks(opened, blocks, no_color=no_color)
        run.finish(opened, output)
    raise typer.Exit(run.status)


class Solved(NamedTuple):
    """The answer of a goal seek and the agreement that it is about."""

    document: Document
    answer: Answer


Done = Any
"""A Comparison, Versions or Solved."""


def _blocks(done: Iterable[Done], lang: str, unit: str | None, *, hints: bool) -> Iterator[Iterable[Block]]:
    from ..report.whatif import answer, differences, report
    from ..report.words import Words
    from ..scenario.against import Versions

    words = Words(lang)
    for one in done:
        if isinstance(one, Solved):
            agreement = one.document.agreement
            yield answer(one.answer, agreement.area, agreement.rounding, words, unit or agreement.unit)
        elif isinstance(one, Versions):
            yield differences(one, words, unit)
        else:
            yield report(one, words, unit, hints=hints)


def _json(opened: Target, done: Iterable[Done]) -> None:
    from ..report.whatif_data import answer_data, comparison_data, document, versions_data
    from ..scenario.against import Versions

    def entries() -> Iterator[dict[str, Any]]:
        for one in done:
            if isinstance(one, Solved):
                agreement = one.document.agreement
                yield answer_data(one.answer, one.document.file, agreement.area, agreement.title, agreement.unit, agreement.rounding)
            else:
                yield versions_data(one) if isinstance(one, Versions) else comparison_data(one)

    opened.stream.writelines(document(entries()))


def _csv(opened: Target, done: Iterator[Done], *, excel: bool) -> None:
    from ..report.whatif_data import write_answer, write_comparisons, write_versions
    from ..scenario.against import Versions

    def comparisons() -> Iterator[Comparison]:
        for one in done:
            if isinstance(one, Solved):
                write_answer(opened.stream, one.answer, excel=excel)
            elif isinstance(one, Versions):
                write_versions(opened.stream, one, excel=excel)
            else:
                yield one

    write_comparisons(opened.stream, comparisons(), excel=excel)


class _Asked(NamedTuple):
    """What the options ask for."""

    settings: Sequence[str]
    vary: Sequence[str]
    steps: Sequence[int]
    terms: Sequence[str]
    against: str | None
    solve: str | None
    goal: str | None
    figure: str | None
    year: int | None

    def problems(self) -> Iterator[Problem]:
        """Options that do not go together."""
        if len(self.vary) > 2:
            yield Problem("options", Place("--vary"), "a grid has two sides at most", "vary one or two numbers")
        if self.steps and not self.vary:
            yield Problem("options", Place("--steps"), "there is nothing to vary", "add --vary PATH=A..B")
        if len(self.steps) > max(1, len(self.vary)):
            yield Problem("options", Place("--steps"), "there are more --steps than --vary", "give one for all, or one for each")
        if (self.solve is None) != (self.goal is None):
            missing, remedy = ("--for", "FIGURE=AMOUNT") if self.goal is None else ("--solve", "PATH")
            given = "--solve" if self.goal is None else "--for"
            yield Problem("options", Place(given), f"it needs {missing}", f"add {missing} {remedy}")
        if self.against is not None and (self.settings or self.vary or self.terms or self.solve):
            yield Problem("options", Place("--against"), "it compares two files as they are", "leave the other options out")
        if self.solve is not None and (self.vary or self.terms):
            yield Problem("options", Place("--solve"), "it goes with --set alone", "leave --vary and --terms out")
        if self.figure is not None:
            from ..scenario.whatif import party_figure

            if (problem := party_figure(self.figure)) is not None:
                yield problem


class _WhatIfRun(Run):
    """A run of this command."""

    def __init__(self, asked: _Asked) -> None:
        super().__init__()
        self.asked = asked

    def results(self, name: str) -> Iterator[Done]:
        """What was asked of each file, as it comes; the bad ones are complained of and passed over."""
        problems = list(self.asked.problems())
        if problems:
            self.complain(problems, statuses.BAD_INPUT)
            return
        from ..model.scenarios import FORMAT
        from .inputs import expand

        for one in expand([name], FORMAT):
            try:
                if one.problem is not None:
                    raise one.problem
                result = self._result(one.name)
            except AgreementError as error:
                self.complain(error.problems, statuses.BAD_INPUT)
            else:
                yield result

    def _result(self, name: str) -> Done:
        from ..source.loader import load, read_tree
        from ..source.scenarios import is_scenarios

        tree = read_tree(name)
        if is_scenarios(tree):
            if self.asked.against is not None or self.asked.solve is not None:
                option = "--against" if self.asked.against is not None else "--solve"
                raise _wrong(option, "it takes an agreement, not a file of scenarios", f"name the agreement: {tree.data.get('agreement')}")
            return self._of_scenarios(name, tree)
        document = load(name, text=tree.text)
        if self.asked.against is not None:
            return self._versions(document, self.asked.against)
        if self.asked.solve is not None:
            return self._solved(document)
        return self._of_options(document)

    # --- cases ---------------------------------------------------------------------------------------------------------

    def _of_scenarios(self, name: str, tree: Tree) -> Comparison:
        from ..scenario.whatif import compare, from_file
        from ..source.scenarios import load_scenarios

        held: ScenarioFile = load_scenarios(name, tree=tree)
        wanted = dict.fromkeys(stated.terms for stated in held.scenarios if stated.terms is not None)
        cases = [*from_file(held, {file: self._under(held.base, file) for file in wanted}), *self._cases(held.base)]
        comparison = compare(
            held.base, cases, file=name, title=held.stated.title, bounds=held.bounds, year=self.asked.year, figure=self.asked.figure
        )
        return self._judged(comparison)

    def _of_options(self, document: Document) -> Comparison:
        from ..scenario.vary import read
        from ..scenario.whatif import compare

        cases = self._cases(document)
        if not cases:
            remedy = "add --set, --vary, --terms, --against or --solve, or name a file of scenarios"
            raise _wrong(document.file, "there is nothing to compare it with", remedy)
        varied = [read(document, text).name for text in self.asked.vary] if not self.asked.terms else []
        return self._judged(compare(document, cases, year=self.asked.year, figure=self.asked.figure, varied=varied))

    def _cases(self, base: Document) -> list[Case]:
        """The cases that the options make: what --set says holds in all of them, and is one of its own where there is no other."""
        from ..scenario.cases import Case, Change
        from ..scenario.vary import cases, read
        from ..scenario.whatif import shown

        always = self._settings(base)
        made: list[Case] = []
        changes = tuple(Change(override.name, shown(override.value)) for override in always)
        for file in self.asked.terms:
            under = self._under(base, file)
            if isinstance(under, AgreementError):
                raise under
            area = self._area(file)
            made.append(Case(f"terms of {area}", (*under[0], *always), changes, terms=file, area=area, remarks=under[1]))
        if self.asked.vary:
            ranges = [read(base, text) for text in self.asked.vary]
            steps = self.asked.steps or [_DEFAULT_STEPS]
            made += cases(ranges, steps if len(steps) == len(ranges) else [steps[0]] * len(ranges), always)
        if always and not made:
            made.append(Case(", ".join(f"{change.path}={change.text}" for change in changes), always, changes))
        return made

    def _settings(self, base: Document) -> tuple[Override, ...]:
        from ..source.overlay import Override
        from ..source.settings import parse

        made: list[Override] = []
        problems: list[Problem] = []
        for setting in self.asked.settings:
            override = parse(base.tree.data, setting)
            if isinstance(override, Override):
                made.append(override)
            else:
                problems += override
        if problems:
            raise AgreementError(problems)
        return tuple(made)

    def _under(self, base: Document, file: str) -> tuple[tuple[Override, ...], tuple[Problem, ...]] | AgreementError:
        """What the terms of another agreement make of the base, or why they cannot be carried over."""
        from ..scenario.terms import overrides
        from ..source.loader import load

        try:
            return overrides(base, load(file))
        except AgreementError as error:
            return error

    def _area(self, file: str) -> str:
        from ..source.loader import load

        return load(file).agreement.area

    def _judged(self, comparison: Comparison) -> Comparison:
        """Say which cases cannot be settled, and which bounds are missed."""
        from ..report.whatif import OreScale, bound_text, case_label
        from ..report.words import Words
        from ..scenario.cases import in_case

        words, agreement = Words("en"), comparison.document.agreement
        refused = [in_case(problem, case_label(outcome.case, words)) for outcome in comparison.refused() for problem in outcome.problems]
        if refused:
            self.complain(refused[:_MOST_SHOWN], statuses.BAD_INPUT)
            if len(refused) > _MOST_SHOWN:
                self.complain([f"… and {len(refused) - _MOST_SHOWN} problems more of this kind"], statuses.BAD_INPUT)
        scale = OreScale(agreement.rounding, agreement.unit)
        for outcome, held in comparison.missed():
            wanted = bound_text(held, scale, words)
            value = "is not known" if held.value is None else f"is {scale.with_unit(held.value)}"
            text = f"{case_label(outcome.case, words)}: {held.figure} {value}; it should be {wanted}".replace("\u00a0", " ")
            place = held.bound.side(*held.missed[:1]) if held.bound.tree.knows((*held.bound.path, *held.missed[:1])) else held.bound.place
            self.complain([Problem("bound", place, text, held.bound.bound.reason or "")], statuses.UNMET)
        return comparison

    # --- versions and goals --------------------------------------------------------------------------------------------

    def _versions(self, document: Document, other: str) -> Versions:
        from ..scenario.against import versions
        from ..source.loader import load

        return versions(load(other), document, self.asked.year)

    def _solved(self, document: Document) -> Solved:
        from ..scenario.figures import whole
        from ..scenario.solve import default_range, solve
        from ..scenario.vary import Range, find_number, number, read
        from ..settling import settle
        from ..source.kinds import AMOUNT
        from ..source.loader import context
        from ..source.overlay import overlaid

        assert self.asked.solve is not None and self.asked.goal is not None
        base = overlaid(document, self._settings(document))
        known = context(base.tree.data)
        goal_option = f"--for {self.asked.goal}"
        figure, equals, amount = self.asked.goal.partition("=")
        if not equals:
            raise _wrong(goal_option, "this is not FIGURE=AMOUNT", "write, for example, --for 2000.parties.kommun.settled=0")
        found = whole(settle(base), figure.strip())
        if not isinstance(found, str):
            raise _wrong(goal_option, *found)
        goal = number(goal_option, AMOUNT, amount, known)
        if "=" in self.asked.solve:
            over = read(base, self.asked.solve, "--solve")
        else:
            option = f"--solve {self.asked.solve}"
            path, kind = find_number(base, option, self.asked.solve)
            over = Range(option, path, kind, *default_range(base, kind, path), known)
        from ..money import ORE_PER

        answer = solve(base, over, found, int(goal) * ORE_PER[known.rounding])
        if not answer.found:
            self.status = max(self.status, statuses.UNMET)
        return Solved(base, answer)


def _wrong(where: str, text: str, remedy: str) -> AgreementError:
    return AgreementError([Problem("options", Place(where), text, remedy)])
