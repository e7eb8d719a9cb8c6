"""The manual page: what `--help` says of the program and of every command, set for `man`. What is installed is a file that was made here."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any, Final

import typer

from ..report.told.words import Words
from .commands import EXAMPLES, group, typed
from .declared import COMMANDS
from .spoken import Formatter, told

_WIDTH: Final = 79
_OPTION: Final = r"(?<![\w/-])--?[a-z][\w-]*"
_LITERAL: Final = re.compile(rf"`(?P<quoted>[^`]+)`|{_OPTION}|\b[A-Z]+_[A-Z]+\b")
_BOLD: Final = re.compile(r"^\\%\w+$|\\%(\\-){1,2}\w(\w|\\-)*")
_SENTENCE: Final = re.compile(r"(?<=[.]) +(?=[^\Wa-z\d_])")
_SIGNS: Final = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "~": r"\(ti", "^": r"\(ha"}


def manual(lang: str) -> str:
    """The page as `man` reads it, in a language; the same on every machine."""
    words, page = Words(lang), _Page()
    head = f'.TH SOCSAM 1 "" "socsam {version("socsam-calc")}" "{_plain(words("User commands"))}"'
    page.lines += ["'\\\" -*- coding: UTF-8 -*-", head, ".ad l"]
    program, formatter = group(lang), Formatter(page, words)
    summary, _, more = program.help.partition("\n\n")
    context = _context(program, "socsam", lang)
    with page.section(words("Name")):
        page.lines += textwrap.wrap(rf"socsam \- {summary[0].lower()}{summary[1:].rstrip('.')}", 60)  # `apropos` reads it letter by letter
    with page.section(words("Synopsis")):
        program.format_usage(context, formatter)
    with page.section(words("Description")):
        page.write_text(f"{summary}\n\n{more}\n\n{told(EXAMPLES, words)}")
    program.format_options(context, formatter)
    for name in COMMANDS:
        command = typed(name, lang)
        context = _context(command, f"socsam {name}", lang)
        with page.command():
            command.format_usage(context, formatter)
            page.write_text(command.help)
            command.format_options(context, formatter)
    with page.section(words("Exit status")):
        page.write_dl(
            [
                ("0", words("Done.")),
                ("1", words("A figure, a bound or a rule does not hold, or what was looked for is not found.")),
                ("2", words("A file or the command line is refused; nothing is written.")),
                ("3", words("A fault of the program.")),
                ("130", words("Ended by Ctrl-C; what a simulation knows by then is shown.")),
                ("141", words("Nobody reads the output any more.")),
            ]
        )
    with page.section(words("Environment")):
        page.write_dl(
            [
                ("SOCSAM_LANG", words("The language of results, messages and help.")),
                ("PAGER", words("What shows results that are longer than the screen; empty, nothing does. Without it, `less` or `more`.")),
                ("NO_COLOR", words("Set, no colours.")),
                ("TERM", words("A terminal that is `dumb` gets neither colours nor a pager.")),
                (
                    "SOURCE_DATE_EPOCH",
                    words("The time that pages and workbooks are dated by, in seconds since 1970-01-01; now by default."),
                ),
                ("GITHUB_ACTIONS", words("If `true`, what is wrong is shown at its line in the pull request.")),
                ("GITHUB_STEP_SUMMARY", words("The file that takes what is wrong beyond ten of a kind.")),
                ("SOCSAM_TRACEBACK", words("Set, a fault of the program shows its details.")),
            ]
        )
    return "\n".join(page.lines) + "\n"


def _context(command: Any, name: str, lang: str) -> typer.Context:
    return typer.Context(command, info_name=name, obj=lang, **command.context_settings)


class _Page:
    """What the library writes help to, as the source of a manual page."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._of_a_command = False

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """A part of the page, or of a command, with its heading."""
        self.lines += [".PP", rf"\fB{_plain(name)}:\fR"] if self._of_a_command else [f'.SH "{_plain(name.upper())}"']
        yield

    @contextmanager
    def command(self) -> Iterator[None]:
        """The part of a command, which its usage is the heading of."""
        self.lines.append(".SS")
        self._of_a_command = True
        yield
        self._of_a_command = False

    def write_usage(self, program: str, arguments: str = "", prefix: str | None = None) -> None:
        """The command and what it takes."""
        self.lines.append(rf"\fB{program}\fR {_whole(arguments)}")

    def write_text(self, text: str) -> None:
        """Paragraphs of prose; under the heading of examples stand commands, a line each."""
        for part in text.split("\n\n"):
            mark, heading, *examples = part.split("\n") if part.startswith("\b\n") else ("", part)
            self.lines += [*([] if self.lines[-1].startswith((".SH", r"\fBsocsam")) else [".PP"]), *_set(heading)]
            if mark:
                self.lines += [".PP", ".RS", ".EX", *(_protected(_typed(line.strip())) for line in examples), ".EE", ".RE"]

    def write_dl(self, rows: Iterable[tuple[str, str]]) -> None:
        """A list of names and what they are."""
        for name, text in rows:
            self.lines += [".TP", _BOLD.sub(r"\\fB\g<0>\\fR", _whole(name)), *_set(text)]


def _set(text: str) -> Iterator[str]:
    """Prose, each sentence on lines of its own."""
    for sentence in _SENTENCE.split(" ".join(text.split())):
        yield from map(_protected, textwrap.wrap(_prose(sentence), _WIDTH, break_long_words=False, break_on_hyphens=False))


def _prose(text: str) -> str:
    """A text with its words of the command line in bold."""
    return _plain(_LITERAL.sub(lambda found: rf"\fB{_whole(found['quoted'] or found[0])}\fR", text))


def _whole(text: str) -> str:
    """What one types, its words not broken but between alternatives."""
    return re.sub(r"(?<!\S)(?=\S)", r"\\%", _typed(text)).replace("|", r"|\:")


def _typed(text: str) -> str:
    """What one types, with the very signs."""
    return _plain("".join(_SIGNS.get(sign, sign) for sign in text))


def _plain(text: str) -> str:
    """A text in letters that every program for manual pages reads."""
    return "".join(sign if sign.isascii() else rf"\[u{ord(sign):04X}]" for sign in text.replace("…", "..."))


def _protected(line: str) -> str:
    """A line that is text even where it begins as a macro does."""
    return rf"\&{line}" if line.startswith((".", "'")) else line
