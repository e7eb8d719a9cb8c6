"""``socsam init --example``: the examples that come with the program, written where they run."""

from __future__ import annotations

import os
from pathlib import Path

from ..problems import OutputError
from ..report.starting.examples import ALL, FOLDER, command_for, content, wanted
from ..report.told.words import Words
from .output import target
from .streams import say


def write_example(example: str, output: str | None, lang: str, *, quiet: bool) -> None:
    """An example and what it needs, each where its path says; one that is there already just so stays, another one is never written over."""
    files = wanted(example)
    if output is not None:
        if len(files) > 1:
            raise OutputError(f"the example needs files beside it: {', '.join(files[1:])}\n   leave --output out")
        places = [output]
    else:
        places = [f"{FOLDER}/{name}" if example == ALL else name for name in files]
    for place, name in zip(places, files, strict=True):
        same = os.path.isfile(place) and Path(place).read_bytes() == content(name)
        if place != "-" and os.path.lexists(place) and not (same and len(files) > 1):
            raise OutputError(f"{place} is there already, and is left alone\n   go to another folder, or name another file with --output")
    for place, name in zip(places, files, strict=True):
        if place != "-":
            if os.path.lexists(place):
                continue
            _make_folder(Path(place).parent)
        with target(None if place == "-" else place, machine=True) as opened:
            opened.write_bytes(content(name))
    if quiet or places == ["-"]:
        return
    first = f"{FOLDER}/complete.yaml" if example == ALL else places[0]
    command, words = command_for("complete.yaml" if example == ALL else files[0]), Words(lang)
    if example == ALL or len(places) == 1:
        said = words(
            "{file} is written; now run\n   socsam {command} {first}",
            file=f"{FOLDER}/" if example == ALL else first,
            command=command,
            first=first,
        )
    else:
        said = words("{files} are written; now run\n   socsam {command} {first}", files=", ".join(places), command=command, first=first)
    say(said)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {error.strerror or error}") from None
