"""One run of a command: its files as they come, what is wrong with them, and its result in the format asked for."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar, assert_never

from ..library.formats import HeldAgainst, OfOwnFormat, Result, Several, Way
from ..problems import AgreementError, OutputError, Problem
from ..source.arguments import Input, expand
from ..source.opened import Identity, is_named, which
from . import app as statuses
from .declared import Given
from .options import Destination, Manner
from .output import TO_FILES, Chosen, Target, format_for, target
from .streams import complain, harmless

if TYPE_CHECKING:
    from ..answers.effect import Idle
    from ..engine.results import Settlement
    from ..library.formats import LeftOut
    from ..report.data.verdicts import Verdict
    from ..report.told.tables import Block, Outline
    from ..rules.rule import Severity
    from ..source.document import Document
    from .annotations import Annotations

_MANY: Final = 50  # from here on, garbage is collected again
_NOT_HELD: Final = "no-such-year"
_SHOWN: Final = ("area", "title", "unit", "assumptions", "source", "note")  # of the file: these are read where they are shown

R = TypeVar("R", bound=Result)
T = TypeVar("T")


class Run:
    """What a command's options say of its result; the worst that happened so far decides its status."""

    opened: Target

    def __init__(
        self,
        given: Given,
        to: Destination,
        manner: Manner,
        *,
        unit: str | None = None,
        rows: str = "",
        excel: bool = False,
        files: Collection[Chosen] = TO_FILES,
    ) -> None:
        self.status = statuses.DONE
        self.failing: tuple[Severity, ...] = ("error",)
        """The severities that make a case fail, where files are held against rules or bounds."""
        self.without: frozenset[LeftOut] = frozenset()
        """What a page is to do without."""
        self.refusals: list[Problem] = []
        """Why files were refused, in the reader's language."""
        self.refused = 0
        """How many files were refused."""
        self.chosen = format_for(to.format_, to.output, files)
        self.output, self.manner, self.unit, self.rows, self.excel = to.output, manner, unit, rows, excel
        _refuse_outside_csv(given, self.chosen)

    def complain(self, problems: Iterable[object], status: int) -> None:
        """Say what is wrong, on standard error; under GitHub Actions at its line in the pull request too."""
        for problem in problems:
            shown = status != statuses.DONE and self.chosen != "github"
            told = complain(problem, self.manner.lang, annotated=shown, taken=self._takes)
            if isinstance(told, Problem) and status == statuses.BAD_INPUT:
                self.refusals.append(told)
        self.status = max(self.status, status)

    @cached_property
    def annotations(self) -> Annotations:
        """What was shown at lines of a pull request so far; it is loaded where there is one."""
        from .annotations import Annotations

        return Annotations()

    def _takes(self, command: str) -> bool:
        return self.annotations.takes(command)

    def warn_of_idle(self, document: Document, settlement: Settlement | None = None) -> None:
        """Say on standard error what was set with --set and has no effect."""
        if self.manner.quiet or not document.changes:
            return
        from ..answers.effect import idle_in

        self.say_idle([one for one in idle_in(document, settlement) if one.path.split(".")[0] not in _SHOWN], document.file)

    def say_idle(self, idle: Sequence[Idle], file: str) -> None:
        """Say on standard error what has no effect; ``file`` is the agreement's."""
        from ..report.told.effect import sentences
        from ..report.told.words import Words

        if not self.manner.quiet:
            self.complain(sentences(idle, file, Words(self.manner.lang)), statuses.DONE)

    def each(self, files: Sequence[str], format_: str, work: Callable[[str], T]) -> Iterator[T]:
        """What comes of each file, as it comes; the bad ones are complained of and passed over.

        So is one that lacks the year asked for, with a hint, beside others that have it; where none has, they are refused.
        """
        inputs = list(self._once(expand(files, format_)))
        for one in inputs:
            is_named(one.name)  # before a place for the result is opened
        return self._each(inputs, work)

    def _once(self, inputs: Iterable[Input]) -> Iterator[Input]:
        """Each file once, by whatever names: twice in one result, its figures would be added up twice."""
        met: dict[Identity | str, str] = {}
        for one in inputs:
            file = which(one.name) or (one.name if one.name == "-" else None)  # a pipe is read once too
            if file is None or file not in met:
                yield one
                if file is not None:
                    met[file] = one.name
            elif not self.manner.quiet:
                first = met[file]
                same = f"{one.name}: it is {first}" if first != one.name else f"{one.name}: it is named twice"
                self.complain([f"{same}; it counts once"], statuses.DONE)

    def _each(self, inputs: Sequence[Input], work: Callable[[str], T]) -> Iterator[T]:
        shown = False
        without: list[Problem] = []
        for number, (name, problem) in enumerate(inputs):
            if number == _MANY:
                gc.enable()
            try:
                if problem is not None:
                    raise problem
                result = work(name)
            except AgreementError as error:
                if all(one.code == _NOT_HELD for one in error.problems):
                    without += error.problems
                else:
                    self.refused += 1
                    self.complain(error.problems, statuses.BAD_INPUT)
            else:
                shown = True
                yield result
        if not shown:
            self.complain(without, statuses.BAD_INPUT)
        elif not self.manner.quiet:
            self.complain([f"{problem.place.file}: {problem.text}; it is passed over" for problem in without], statuses.DONE)

    def write(self, kind: type[R], results: Iterable[R], *, several: bool = False) -> NoReturn:
        """Write the results, one in full or ``several`` side by side, in the format asked for, as they come; leave with the status."""
        self.write_open(kind, results, several=several)
        raise SystemExit(self.status)

    def write_open(self, kind: type[R], results: Iterable[R], *, several: bool = False) -> None:
        """The same, and stay."""
        encoding = "utf-8-sig" if self.excel else "utf-8"
        with target(self.output, machine=self.chosen != "table", encoding=encoding, commands=self.chosen == "github") as self.opened:
            self._write(kind, results, several)
            refused = self.status == statuses.BAD_INPUT and self.output is not None and not self.opened.direct
            if refused and self.chosen not in ("sarif", "junit"):
                self.opened.kept = False
                self.complain([f"{self.output} was not written"], self.status)
        try:
            if "annotations" in self.__dict__:
                self.annotations.summarise()
        except OSError as error:
            raise OutputError(f"GITHUB_STEP_SUMMARY cannot be written: {error.strerror or error}") from None

    def _write(self, kind: type[R], results: Iterable[R], several: bool) -> None:
        stream, lang = self.opened.stream, self.manner.lang
        match self.chosen:
            case "json":
                stream.writelines(kind._json(results, lang))
            case "csv":
                from ..report.render.rows import write
                from ..report.told.words import Words

                records = kind._rows(results, self.rows)
                if records.fields:
                    write(stream, records, Words(lang), excel=self.excel)
            case "xlsx":
                if held := list(results):
                    self.opened.write_bytes(Several(kind, held)._workbook(self.unit, lang))
            case "sarif" | "junit":
                assert issubclass(kind, HeldAgainst), "the options of a command offer the formats that its results have"
                self._write_verdicts(kind._verdicts(results, self._way(several)))
            case "html" | "github":
                assert issubclass(kind, OfOwnFormat), "the options of a command offer the formats that its results have"
                for text, remark in kind._own_format(results, self._way(several)):
                    if self.chosen != "github" or self.annotations.takes(text):
                        stream.write(text if self.chosen == "html" else harmless(text))
                    if remark and not self.manner.quiet:
                        self.complain([remark], statuses.DONE)
            case "table" | "markdown":
                self._write_blocks(iter(kind._shown(results, self._way(several))))
            case _:
                assert_never(self.chosen)

    def _write_verdicts(self, verdicts: Iterable[Verdict]) -> None:
        """What was held against the files, and which of them were refused, for programs that collect such things."""
        from ..report.data.verdicts import junit, of_problem, sarif

        held = [*verdicts, *map(of_problem, self.refusals)]  # they are known once the files are read
        if self.chosen == "junit":
            self.opened.stream.write(junit(held, self.failing))
        else:
            from importlib.metadata import version

            self.opened.stream.write(sarif(held, version("socsam-calc")))

    def _way(self, several: bool) -> Way:
        from ..report.told.words import Words

        drawn = self.opened.terminal and self.chosen == "table"
        return Way(Words(self.manner.lang), self.unit, several, hints=not self.manner.quiet, drawn=drawn, without=self.without)

    def _write_blocks(self, blocks: Iterator[Block | Outline]) -> None:
        """As tables or in Markdown, as they come: tables as wide as the terminal, or of their natural width in a pipe."""
        for first in blocks:  # what writes them is loaded once there are any
            told, opened = chain([first], blocks), self.opened
            if self.chosen == "markdown":
                from ..report.render.markdown import render

                opened.stream.writelines(render(told))
            else:
                from ..report.render.terminal import show

                if not opened.terminal:
                    show(told, opened.stream)
                    continue
                from shutil import get_terminal_size  # with all of its archives

                from .pager import paged

                with paged(opened, wanted=not self.manner.no_pager) as stream:
                    width, colour = get_terminal_size().columns, not self.manner.no_color and colours_wanted()
                    show(told, stream, width=width, colour=colour)


def colours_wanted() -> bool:
    """Whether the environment wants colours on a terminal."""
    return "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _refuse_outside_csv(given: Given, chosen: Chosen) -> None:
    """Refuse an option that shapes CSV alone where another format is written. Raises OutputError."""
    for name in ("rows", "excel") if chosen != "csv" else ():
        if name in given:
            raise OutputError(f"--{name} shapes CSV, and no CSV is written here\n   write CSV (--format csv), or leave --{name} out")


def several(files: Sequence[str]) -> bool:
    """Whether more than one file may be meant."""
    return len(files) > 1 or any(map(os.path.isdir, files))
