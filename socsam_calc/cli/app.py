"""The program's name, its commands, and what every run of it has in common: statuses, broken pipes, faults of our own."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any, Final

from ..problems import AgreementError, SocsamError
from ..report.told.words import LANGUAGES
from ..source.opened import files_of_a_run
from .declared import COMMANDS, declaration
from .short import as_they_stand, plainly
from .streams import complain, guarded

_NONE_OF: Final = r"'(?P<given>[^']*)' is not one of (?P<choices>'[^']*'(?:, '[^']*')*)"

DONE, UNMET, BAD_INPUT, OUR_FAULT = 0, 1, 2, 3


def run(arguments: Sequence[str] | None = None, ready: Callable[[], object] = int) -> int:
    """Run the command line, that of the process by default; the exit status. What makes a process ``ready`` is done before a plain one."""
    lang = language(sys.argv[1:] if arguments is None else arguments)
    with guarded(), files_of_a_run():
        status = _ran(lang, _run, arguments, lang, ready)
        return max(status, _ran(lang, sys.stdout.flush))  # what was written may still be on its way


def language(arguments: Sequence[str]) -> str:
    """The language that a command line asks for, known before it is read: what is wrong with it is told in that language too."""
    asked = [os.environ.get("SOCSAM_LANG", "")]
    for at, argument in enumerate(arguments):
        option, equals, value = argument.partition("=")
        if option == "--lang":
            asked += [value] if equals else arguments[at + 1 : at + 2]
    return next((one for one in reversed(asked) if one in LANGUAGES), LANGUAGES[0])


def _run(arguments: Sequence[str] | None, lang: str, ready: Callable[[], object]) -> int:
    """By the short way where the command line says plainly what it wants, by Typer where not: of a command alone, if it names one."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words and words[0] in COMMANDS and as_they_stand(words):
        if said := plainly(command := declaration(words[0]), words[1:]):
            ready()
            command.run(*said)
            return DONE
        from .commands import typed

        left = typed(words[0], lang).main(words[1:], prog_name=f"socsam {words[0]}", standalone_mode=False, obj=lang)
    else:
        from .commands import group

        left = group(lang).main(arguments, prog_name="socsam", standalone_mode=False, obj=lang)
    return left if isinstance(left, int) else DONE


def _ran(lang: str, work: Callable[..., int | None], *given: Any) -> int:
    """Do something; the status that it ends with, and on standard error why."""
    try:
        return work(*given) or DONE
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else DONE
    except AgreementError as error:
        for problem in error.problems:
            complain(problem, lang)
        return BAD_INPUT
    except SocsamError as error:
        complain(str(error), lang)
        return BAD_INPUT
    except Exception as fault:
        if hasattr(fault, "format_message"):  # a command line that the library under the commands refuses; its class moves between versions
            complain(_misused(fault), lang)
            return BAD_INPUT
        # whatever else it is, the user gets a sentence and a status, not a traceback
        if os.environ.get("SOCSAM_TRACEBACK"):
            raise
        complain(
            f"socsam: a fault of the program, not of your file: {type(fault).__name__}: {fault}\n"
            "   please report it with the command line, the file and `socsam --version`; SOCSAM_TRACEBACK=1 prints the details to enclose",
            lang,
        )
        return OUR_FAULT


def _misused(error: Any) -> str:
    """What is wrong with a command line, as the library says it; of a word that is none of a few, the one that was probably meant."""
    from io import StringIO

    from ..model.meant import meant

    stream = StringIO()
    error.show(stream)
    said = stream.getvalue().rstrip("\n").replace("Value error, ", "")
    wrong = re.search(_NONE_OF, said)
    near = meant(wrong["given"], re.findall("'([^']*)'", wrong["choices"])) if wrong else None
    return f"{said}\n   did you mean `{near}`?" if near else said
