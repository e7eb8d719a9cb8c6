"""When a result was made, and by which version: what is handed on can be told from what was made before."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Final

from ...problems import OutputError

_VARIABLE: Final = "SOURCE_DATE_EPOCH"


def made() -> str:
    """The day, and the program with its version, as in `2026-11-30, socsam 0.1.0`. Raises OutputError as ``day`` does."""
    return f"{day()}, socsam {version('socsam-calc')}"


def day() -> date:
    """The day of the run; or the one that SOURCE_DATE_EPOCH gives in seconds from 1970, so that a result can be made again byte by byte.

    Raises OutputError where that is no time.
    """
    seconds = os.environ.get(_VARIABLE, "")
    if not seconds:
        return date.today()
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise OutputError(f"{_VARIABLE} is no time\n   give the seconds since 1970-01-01, or leave it out") from None
