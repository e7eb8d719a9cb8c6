"""Figures that look wrong: those that a file expects and does not get, and those that a source prints wrongly."""

from __future__ import annotations

from functools import partial
from typing import Final

from ..rule import ANY_LAW, declared

rule: Final = partial(declared, laws=ANY_LAW)
"""Declares a rule of this pack."""
