"""``socsam norm``: what frames by the country's cost development would have given all areas of a country."""

from __future__ import annotations

import os
from typing import Annotated, Final, Literal

from ..answers.norm.luck import GROUPS
from ..library.formats import unit_of_amounts
from ..library.norms import MOST_DRAWS, MOST_GROUPS, Norm, derive, with_luck, with_terms
from ..library.scenarios import LARGEST_SEED, MOST_WORKERS, refuse_both
from ..problems import OutputError
from .declared import Argument, Given, Option, command
from .ending import interruptible
from .options import ROWS, Country, Destination, Excel, Manner, PanelUnit, Rounding, Unit, format_as, option, output_to
from .output import TO_FILES, Chosen
from .run import Run
from .simulate import progress


class ToPageToo(Destination):
    """Where a result goes that has a page as well."""

    format_: Annotated[Literal["table", "json", "csv", "markdown"] | None, format_as("How to print; a table by default.")] = None
    output: Annotated[str | None, output_to("Write to a file: .json, .csv, .md, .xlsx or .html.")] = None


_FILES: Final[tuple[Chosen, ...]] = (*TO_FILES, "html")
_INTERRUPTED: Final = 130


@command
def norm_command(
    given: Given,
    panel: Annotated[
        str,
        Argument(
            metavar="PANEL",
            help="Costs of many areas, .csv or .xlsx: area, year, cost, or a column for each year; - for standard input.",
            show_default=False,
        ),
    ],
    base: Annotated[
        list[str] | None,
        option("--base", "fixed:1996, moving, mean:3, mean:1994-1996 or all, the default; may be repeated.", metavar="BASE,…"),
    ] = None,
    country: Country = None,
    panel_unit: PanelUnit = None,
    rounding: Rounding = None,
    years: Annotated[str | None, option("--years", "Compare the bases over these years only.", metavar="A-B")] = None,
    area: Annotated[str | None, option("--area", "Show this area in full.", metavar="AREA")] = None,
    draws: Annotated[
        int | None,
        option("--draws", "Luck: let each area meet another's development so often.", metavar="N", min=1, max=MOST_DRAWS),
    ] = None,
    seed: Annotated[int, Option("--seed", metavar="N", min=0, max=LARGEST_SEED, help="The same seed gives the same draws.")] = 1,
    groups: Annotated[
        int, Option("--groups", metavar="N", min=1, max=MOST_GROUPS, help="Into how many groups by size areas are put.")
    ] = GROUPS,
    workers: Annotated[int, Option("--workers", metavar="N", min=1, max=MOST_WORKERS, help="Processes on this machine.")] = 1,
    dask: Annotated[str | None, option("--dask", "A Dask scheduler, such as tcp://host:8786.", metavar="ADDRESS")] = None,
    agreement: Annotated[str | None, option("--agreement", "Apply this agreement's terms to every area.", metavar="FILE")] = None,
    activity: Annotated[str | None, option("--activity", "By this row of the agreement, which has a base.", metavar="ID")] = None,
    *,
    to: ToPageToo,
    unit: Unit = None,
    rows: Annotated[Literal["areas", "years", "bases", "terms"], ROWS] = "areas",
    excel: Excel = False,
    manner: Manner,
) -> None:
    """What frames by the country's cost development would have given all areas of a country.

    \b
    Examples:
      socsam norm examples/norm/land.csv
      socsam norm examples/norm/land.csv --base fixed:1996,moving,mean:3 --area 'Ort 017'
      socsam norm examples/norm/land.csv --base moving --draws 1000
      socsam norm examples/norm/report.csv --country Riket --base fixed:1996
      socsam norm examples/norm/land.csv --base fixed:1999 -o norm.html
    """
    refuse_both(workers, dask)
    run = Run(given, to, manner, unit=unit, rows=rows, excel=excel, files=_FILES)
    if os.path.isdir(panel):
        raise OutputError(f"{panel} is a folder; a panel is one file\n   name a file in it")

    def work(name: str) -> Norm:
        found = derive(name, base=base or ["all"], country=country, panel_unit=panel_unit, rounding=rounding, years=years, area=area)
        unit_of_amounts(unit, found.panel)
        if draws is not None:
            try:
                with progress(draws, quiet=manner.quiet) as advance, interruptible() as ending:
                    found = with_luck(
                        found,
                        draws=draws,
                        seed=seed,
                        groups=groups,
                        workers=workers,
                        dask=dask,
                        progress=advance,
                        listening=ending.listening,
                    )
            except KeyboardInterrupt:
                raise SystemExit(_INTERRUPTED) from None
        return with_terms(found, agreement, activity)

    run.write(Norm, run.each([panel], "socsam/1", work))
