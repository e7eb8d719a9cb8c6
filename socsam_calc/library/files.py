"""What a call takes: a file, or the document that was loaded from it; or a list of these, in which a folder stands for its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

from ..problems import AgreementError, OutputError, Problem
from ..source.document import Document
from ..source.evaluation import EvaluationDocument
from ..source.inputs import expand
from ..source.loader import load
from .formats import Result

Source = str | Path | Document
"""An agreement: its file, or the document that was loaded from it."""

FORMAT: Final = "socsam/1"

S = TypeVar("S", Document, EvaluationDocument)
T = TypeVar("T")


def alone(given: object) -> bool:
    """Whether it is one file or document, and no list. Raises OutputError for what is neither."""
    if isinstance(given, (str, Path, Document, EvaluationDocument)):
        return True
    if isinstance(given, Iterable) and not isinstance(given, (bytes, Result)):
        return False
    raise _no_file(given)


def a_file(given: object) -> None:
    """Raise OutputError for what is neither a file's name nor loaded from one."""
    if not isinstance(given, (str, Path, Document, EvaluationDocument)):
        raise _no_file(given)


def refuse_evaluation(source: object) -> None:
    """Raise OutputError where an agreement is wanted and an evaluation was loaded."""
    if isinstance(source, EvaluationDocument):
        raise OutputError(f"{source.file} is an evaluation, not an agreement\n   `evaluate` takes it")


def _no_file(given: object) -> OutputError:
    if isinstance(given, Result):
        return OutputError(
            f"a call takes the name of a file, or what `load` gave; this is a result, {given!r}\n   give what it was made from"
        )
    return OutputError(
        f"a call takes the name of a file, or what `load` gave, or a list of these; this is of the type {type(given).__name__}\n"
        "   give one of them"
    )


def of_one(given: str | Path | S, work: Callable[[str | S], T]) -> T:
    """What comes of one file, by its name, or of what was loaded from it."""
    return work(given if isinstance(given, (Document, EvaluationDocument)) else str(given))


def of_each(given: Iterable[str | Path | S], format_: str, work: Callable[[str | S], T], passed_over: str = "") -> list[T]:
    """What comes of each; a folder stands for the files of ``format_`` in it. Raises AgreementError with the problems of all of them.

    A file that is asked for what it does not hold, a problem with the code ``passed_over``, is left out where another holds it.
    """
    made: list[T] = []
    problems: list[Problem] = []
    lacking: list[Problem] = []
    for one in _expanded(given, format_):
        try:
            if isinstance(one, AgreementError):
                raise one
            made.append(work(one))
        except AgreementError as error:
            lacks = all(problem.code == passed_over for problem in error.problems)
            (lacking if lacks else problems).extend(error.problems)
    if problems or (lacking and not made):
        raise AgreementError(problems or lacking)
    return made


def _expanded(given: Iterable[str | Path | S], format_: str) -> Iterator[str | S | AgreementError]:
    for one in given:
        a_file(one)
        if isinstance(one, (Document, EvaluationDocument)):
            yield one
        else:
            yield from (problem or name for name, problem in expand([str(one)], format_))


def loaded(source: str | Document, settings: str | Sequence[str] = (), figures: str | Path | None = None) -> Document:
    """The agreement. ``settings`` and ``figures`` are for one that is read here: raises OutputError where it is loaded already."""
    refuse_evaluation(source)
    if not isinstance(source, Document):
        return load(source, settings=settings, figures=figures)
    unchanged(source, settings, figures)
    return source


def unchanged(source: Document | EvaluationDocument, settings: str | Sequence[str] = (), figures: str | Path | None = None) -> None:
    """Raise OutputError where something is to be set in what is loaded already."""
    if settings or figures is not None:
        raise OutputError(
            f"{source.file} is loaded already, and nothing can be set in it any more\n   give `settings` and `figures` to load"
        )
