"""What the arithmetic itself refuses, with the place that is to be corrected."""

from __future__ import annotations

from ..problems import Fault, Path, Refused


def one(faults_at: Path, text: str, remedy: str, code: str = "settlement", on_key: bool = False) -> Refused:
    """A refusal with a single fault."""
    return Refused([Fault(faults_at, code, text, remedy, on_key=on_key)])
