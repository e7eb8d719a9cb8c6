"""Programs that a test drives for real. A test is skipped where one is missing, and the run says so by name at its end; where all have to be
there (``EVERY_PROGRAM=1``), it fails."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterable

import pytest

_MISSING = re.compile(r"(?:Skipped: )?(\S+) is missing \(((?:apt-get|npm) install [\w -]+)\)")


def program(name: str, package: str, by: str = "apt-get") -> str:
    """The path of a program; ``package`` is what to install on Debian, or ``by`` another manager."""
    path = shutil.which(name)
    if path is None:
        reason = f"{name} is missing ({by} install {package})"
        if os.environ.get("EVERY_PROGRAM"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def left_out(reasons: Iterable[str]) -> list[str]:
    """What the reasons of skipped tests say of missing programs: a line for each, with how many tests that left out."""
    missing = Counter(match.groups() for reason in reasons if (match := _MISSING.fullmatch(reason)))
    return [
        f"{name} is missing: {count} {'test' if count == 1 else 'tests'} left out ({install})"
        for (name, install), count in sorted(missing.items())
    ]
