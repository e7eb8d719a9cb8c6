"""``socsam incentives``: who bears the next krona of cost in each activity; who pays for whom."""

from __future__ import annotations

from typing import Annotated, Literal

from ..answers.incentives.incentives import study
from ..library.files import FORMAT
from ..library.scenarios import Incentives
from .declared import Given, command
from .options import ROWS, Changed, Excel, Files, Manner, To, Unit, Year
from .run import Run


@command
def incentives_command(
    given: Given,
    files: Files,
    *,
    to: To,
    year: Year = None,
    unit: Unit = None,
    changed: Changed,
    rows: Annotated[Literal["activities", "payments"], ROWS] = "activities",
    excel: Excel = False,
    manner: Manner,
) -> None:
    """Who bears the next krona of cost in each activity; who pays for whom.

    \b
    Examples:
      socsam incentives examples/gotland.yaml
      socsam incentives examples/gotland.yaml --year 1998 --set 'sharing.shared=50 %'
      socsam incentives examples/ --format json
    """
    run, load = Run(given, to, manner, unit=unit, rows=rows, excel=excel), changed.loader()

    def studied(name: str) -> Incentives:
        found = Incentives(*study(load(name), year))
        run.warn_of_idle(found.document, found.settlement)
        return found

    run.write(Incentives, run.each(files, FORMAT, studied))
