"""The file formats that the program reads, each with its model."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from ..problems import OutputError, nearest

FORMATS: Final = {
    "socsam/1": ("agreement", "Agreement"),
    "socsam-evaluation/1": ("evaluation", "Evaluation"),
    "socsam-scenarios/1": ("scenarios", "Scenarios"),
}
"""Each file format, with the module and the name of its model."""


def model_of(format_: str) -> Any:
    """The model of a format. Raises OutputError for one that the program does not read."""
    if format_ not in FORMATS:
        near = nearest(format_, FORMATS)
        remedy = f"did you mean `{near}`?" if near else f"it reads {', '.join(FORMATS)}"
        raise OutputError(f"there is no format `{format_}`\n   {remedy}")
    module, name = FORMATS[format_]
    return getattr(import_module(f"..model.{module}", __package__), name)
