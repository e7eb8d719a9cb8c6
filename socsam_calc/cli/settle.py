"""``socsam settle``: frame, result, settlement, payments and balances of each agreement and year."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

from . import app as statuses
from .declared import Given, command
from .options import ROWS, Changed, Destination, Excel, Files, Manner, Unit, Year, format_as, output_to

if TYPE_CHECKING:
    from ..library.settlements import Settled
    from .run import Run


class Where(Destination):
    """Where a settlement goes: it may be a page too."""

    format_: Annotated[Literal["table", "json", "csv", "markdown", "html"] | None, format_as("How to print; a table by default.")] = None
    output: Annotated[str | None, output_to("Write to a file: .json, .csv, .md, .xlsx or .html.")] = None


@command
def settle_command(
    given: Given,
    files: Files,
    *,
    to: Where,
    year: Year = None,
    unit: Unit = None,
    changed: Changed,
    rows: Annotated[Literal["parties", "activities", "payments", "instalments", "figures"], ROWS] = "parties",
    excel: Excel = False,
    manner: Manner,
) -> None:
    """Settle agreements: frame, result, who is entitled to what, who pays whom.

    \b
    Examples:
      socsam settle examples/laholm.yaml
      socsam settle examples/ --format json
      socsam settle examples/complete.yaml --output OUT/settlement.xlsx
      socsam settle examples/laholm.yaml --set 'sharing.shared=100 %'
    """
    from ..library.files import FORMAT
    from ..library.settlements import Settled
    from .output import TO_FILES
    from .run import Run, several

    run = Run(given, to, manner, unit=unit, rows=rows, excel=excel, files=(*TO_FILES, "html"))
    run.write(Settled, run.each(files, FORMAT, settled(run, changed, year)), several=several(files))


def settled(run: Run, changed: Changed, year: int | None) -> Callable[[str], Settled]:
    """What settles an agreement by its name, in one year or in all, and complains of each expectation that failed."""
    from ..library.settlements import Settled

    load = changed.loader()

    def settle(name: str) -> Settled:
        document = load(name)
        settlement = Settled.of(document, year)
        if document.booked and not run.manner.quiet:
            from ..amounts import plain
            from ..report.told.books import left_out
            from ..report.told.words import Words

            run.complain([plain(line) for line in left_out(document.booked, Words(run.manner.lang))], statuses.DONE)
        run.warn_of_idle(settlement.document, settlement.whole)
        if not run.manner.quiet:
            _warn_of_slips(run, settlement, changed)
        if not settlement.met:
            from ..report.told.missed import missed

            run.complain(list(missed(settlement.document, settlement, run.unit)), statuses.UNMET)
        return settlement

    return settle


def _warn_of_slips(run: Run, settlement: Settled, changed: Changed) -> None:
    """Say in one line that figures look wrong, where some do."""
    import shlex

    from ..answers.looks_wrong import count
    from ..report.told.words import Words

    if found := count(settlement.document, settlement.whole):
        words, file = Words(run.manner.lang), settlement.document.file
        text = "{file}: {count} figure looks wrong; see {command}" if found == 1 else "{file}: {count} figures look wrong; see {command}"
        run.complain(
            [words(text, file=file, count=found, command=f"socsam check --select SOC7 {shlex.quote(file)}{changed.typed}")], statuses.DONE
        )
