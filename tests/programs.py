"""Programs that a test drives for real. A test is skipped where one is missing, and the run says so by name at its end; where all have to be
there (``EVERY_PROGRAM=1``), it fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import pytest

_MISSING = re.compile(r"(?:Skipped: )?(\S+) is missing \(((?:apt-get|npm) install [\w@. -]+)\)")


def program(name: str, package: str, by: str = "apt-get", since: str = "") -> str:
    """The path of a program; ``package`` is what to install on Debian, or ``by`` another manager.

    What Debian has only ``since`` a release does not have to be there on an older one.
    """
    path = shutil.which(name)
    if path is None:
        _missing(name, f"{by} install {package}", wanted=not since)
    return path


def npm_package(name: str, version: str) -> Path:
    """The folder in which a package of npm is installed, in the user's cache: once, and then for good.

    It is fetched only where every program is wanted: a test run is no time to find out that there is no network.
    """
    npm = program("npm", "npm")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "socsam-tests" / f"{name}-{version}"
    if not (folder / "node_modules" / name).is_dir():
        if not os.environ.get("EVERY_PROGRAM"):
            _missing(name, f"npm install {name}@{version}")
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), f"{name}@{version}"],
            check=False,
            capture_output=True,
            timeout=300,
        )
        if done.returncode:
            _missing(name, f"npm install {name}@{version}")
    return folder


def _missing(name: str, installed_by: str, *, wanted: bool = True) -> NoReturn:
    reason = f"{name} is missing ({installed_by})"
    if wanted and os.environ.get("EVERY_PROGRAM"):
        pytest.fail(reason)
    pytest.skip(reason)


def left_out(reasons: Iterable[str]) -> list[str]:
    """What the reasons of skipped tests say of missing programs: a line for each, with how many tests that left out."""
    missing = Counter(match.groups() for reason in reasons if (match := _MISSING.fullmatch(reason)))
    return [
        f"{name} is missing: {count} {'test' if count == 1 else 'tests'} left out ({installed_by})"
        for (name, installed_by), count in sorted(missing.items())
    ]
