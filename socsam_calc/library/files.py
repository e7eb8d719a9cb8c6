"""What a call takes: a file, or the document that was loaded from it; or a list of these, in which a folder stands for its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Final, Generic, ParamSpec, Protocol, TypeVar, overload

from ..problems import AgreementError, OutputError, Problem
from ..source.arguments import expand
from ..source.document import Document
from ..source.loader import load
from .formats import Result

if TYPE_CHECKING:
    from ..source.evaluation import EvaluationDocument

Source = str | Path | Document
"""An agreement: its file, or the document that was loaded from it."""

FORMAT: Final = "socsam/1"

S = TypeVar("S")
R = TypeVar("R", bound=Result)
M = TypeVar("M")
T = TypeVar("T")

if TYPE_CHECKING:
    P = ParamSpec("P")
    Taken = TypeVar("Taken", contravariant=True)
    One = TypeVar("One", covariant=True)
    Many = TypeVar("Many", covariant=True)

    class Call(Protocol[Taken, One, Many, P]):
        """A call that gives One of what is Taken, and Many of a list of these."""

        @overload
        def __call__(self, source: Taken, /, *options: P.args, **named: P.kwargs) -> One: ...
        @overload
        def __call__(self, sources: Iterable[Taken], /, *options: P.args, **named: P.kwargs) -> Many: ...


class OneOrSeveral(Generic[S, R, M]):
    """Tells those who check types what a call takes and gives: an R of one source S, an M of a list of these."""

    def __call__(self, call: Callable[Concatenate[Any, P], Any]) -> Call[S, R, M, P]:
        return call


def alone(given: object) -> bool:
    """Whether it is one file or document, and no list. Raises OutputError for what is neither."""
    if isinstance(given, (str, Path)) or _is_document(given):
        return True
    if isinstance(given, Iterable) and not isinstance(given, (bytes, Result)):
        return False
    raise _no_file(given)


def a_file(given: object) -> None:
    """Raise OutputError for what is neither a file's name nor loaded from one."""
    if not (isinstance(given, (str, Path)) or _is_document(given)):
        raise _no_file(given)


def is_evaluation(given: object) -> bool:
    """Whether it is what was loaded from an evaluation file."""
    from ..source.evaluation import EvaluationDocument  # not before it is needed: a settlement needs none of it

    return isinstance(given, EvaluationDocument)


def _is_document(given: object) -> bool:
    return isinstance(given, Document) or is_evaluation(given)


def refuse_evaluation(source: Any) -> None:
    """Raise OutputError where an agreement is wanted and an evaluation was loaded."""
    if not isinstance(source, (str, Document)) and is_evaluation(source):
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


def answered(several: Callable[[list[R]], M], given: Any, format_: str, work: Callable[[Any], R], passed_over: str = "") -> R | M:
    """What comes of one file or document; or of each of a list, ``several`` of them."""
    return of_one(given, work) if alone(given) else several(of_each(given, format_, work, passed_over))


def of_one(given: Any, work: Callable[[Any], T]) -> T:
    """What comes of one file, by its name, or of what was loaded from it."""
    return work(str(given) if isinstance(given, Path) else given)


def of_each(given: Iterable[Any], format_: str, work: Callable[[Any], T], passed_over: str = "") -> list[T]:
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


def _expanded(given: Iterable[Any], format_: str) -> Iterator[Any]:
    for one in given:
        a_file(one)
        if isinstance(one, (str, Path)):
            yield from (problem or name for name, problem in expand([str(one)], format_))
        else:
            yield one


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
