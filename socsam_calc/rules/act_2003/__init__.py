"""What lag (2003:1210) on financial coordination of rehabilitation, and the guidance on it, ask of a coordination association.

Only what could be read in a published text of the law, or in guidance, is a rule here; where guidance is all that a rule rests on its source says so.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from ..rule import declared

rule: Final = partial(declared, laws=("2003:1210",))
"""Declares a rule of this pack."""
