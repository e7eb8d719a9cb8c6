"""Figures that look wrong, under whichever law: slips of typing, copying and units, which settle without a word."""

from __future__ import annotations

from functools import partial
from typing import Final

from ..rule import ANY_LAW, declared

rule: Final = partial(declared, laws=ANY_LAW, sources="arithmetic; this program's reading", reads="figures")
"""Declares a rule of this pack: a warning, whose threshold the file may set under `thresholds`."""
