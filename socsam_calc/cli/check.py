"""``socsam check``: what the rules find in each agreement."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Final, Literal

import typer

from ..answers.check import Checked, check
from ..problems import AgreementError, Problem
from ..report.told.findings import check_document, closing, finding_records, findings, findings_report, github, github_problem
from ..report.told.tables import Block
from ..report.told.words import Words
from ..rules.choice import chosen
from ..rules.rule import ERROR, WARNING, Rule
from ..source.loader import load
from . import app as statuses
from .options import (
    Excel,
    Figures,
    Files,
    Lang,
    NoColor,
    Output,
    Quiet,
    Run,
    Settings,
    command_app,
    one_ledger,
    refuse_outside_csv,
    several,
    write_blocks,
    write_workbook,
)
from .output import Target, format_for, target

FORMAT: Final = "socsam/1"
_MANY: Final = 50  # from here on, garbage is collected again

app = command_app()


@app.command()
def check_command(
    context: typer.Context,
    files: Files,
    format_: Annotated[
        Literal["table", "json", "csv", "markdown", "github"] | None,
        typer.Option("--format", "-f", help="How to print; a table by default, github under GitHub Actions.", show_default=False),
    ] = None,
    output: Output = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODE", help="Only this rule, or family such as SOC4; may be repeated.", show_default=False),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="CODE", help="Not this rule or family; may be repeated.", show_default=False),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="A warning makes the status 1, as an error does.")] = False,
    settings: Settings = None,
    figures: Figures = None,
    excel: Excel = False,
    lang: Lang = "en",
    no_color: NoColor = False,
    quiet: Quiet = False,
) -> None:
    """Hold agreements against the Act, the memorandum and their own figures.

    Each finding comes with its place, its rule and the rule's source. The status is 1 when an error is found, with --strict also when a warning is. A file may ignore a rule and say why
    (`ignore:`, a list of `rule` and `because`).

    \b
    Examples:
      socsam check examples/gotland.yaml
      socsam check examples/ --strict --ignore SOC6
      socsam check examples/haninge.yaml --select SOC611 --format json
    """
    written = _format(format_, output)
    refuse_outside_csv(context, written)
    rules = chosen(select or [], ignore or [])
    run = _CheckRun(settings or [], one_ledger(figures), rules, strict=strict, github=written == "github")
    words = Words(lang)
    with target(output, machine=written != "table", encoding="utf-8-sig" if excel else "utf-8") as opened:
        run.opened = opened
        checked = run.checked(files)
        if written == "json":
            opened.stream.writelines(check_document(checked, words))
        elif written == "csv":
            from ..report.render.csv import write

            write(opened.stream, finding_records(checked, words), excel=excel)
        elif written == "github":
            opened.stream.writelines(github(one, words) for each in checked for one in findings(each, words) if not one.ignored)
        elif written == "xlsx":
            from ..library.checks import Checked as Result

            write_workbook(opened, [Result(one, lang) for one in checked], lang)
        else:
            for blocks in run.reports(checked, words, full=not several(files), hints=not quiet):
                write_blocks(opened, blocks, written, no_color=no_color)
        run.finish(opened, output)
    raise typer.Exit(run.status)


def _format(wanted: str | None, output: str | None) -> str:
    if wanted is None and output is None and os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return format_for(wanted, output)


class _CheckRun(Run):
    """A run of this command: by which rules, and how strictly."""

    opened: Target

    def __init__(self, settings: Sequence[str], figures: str | None, rules: Sequence[Rule], *, strict: bool, github: bool) -> None:
        super().__init__()
        self.settings, self.figures, self.rules, self.github = settings, figures, rules, github
        self.failing = (ERROR, WARNING) if strict else (ERROR,)

    def checked(self, files: Sequence[str]) -> Iterator[Checked]:
        """Each agreement checked, as it comes; the bad ones are complained of and passed over."""
        loaded = self.documents(files, FORMAT, lambda name: load(name, settings=self.settings, figures=self.figures))
        for number, document in enumerate(loaded):
            if number == _MANY:
                gc.enable()
            try:
                checked = check(document, self.rules)
            except AgreementError as error:
                self.complain(error.problems, statuses.BAD_INPUT)
                continue
            if checked.problems:
                self.complain(checked.problems, statuses.BAD_INPUT)
            if any(checked.count(severity) for severity in self.failing):
                self.status = max(self.status, statuses.UNMET)
            yield checked

    def complain(self, problems: Iterable[object], status: int) -> None:
        """On standard error, and under GitHub Actions at the line of the file as well."""
        problems = list(problems)
        super().complain(problems, status)
        if self.github:
            self.opened.stream.writelines(github_problem(problem) for problem in problems if isinstance(problem, Problem))

    def reports(self, checked: Iterator[Checked], words: Words, *, full: bool, hints: bool) -> Iterator[Iterable[Block]]:
        """A file in full; several files shorter, and their sum at the end."""
        files = errors = warnings = 0
        for each in checked:
            yield findings_report(each, words, full=full, application=full and each.tells_application)
            files += 1
            errors += each.count(ERROR)
            warnings += each.count(WARNING)
        if not full:
            yield closing(errors, warnings, files, words, hints=hints)
