"""A commented agreement file to fill in: that of a coordination association, or of a trial."""

from __future__ import annotations

from ..told.words import Words
from .asked import Asked
from .association import AssociationFile
from .trial import TrialFile


def starting_file(asked: Asked, lang: str, workbook: str | None = None) -> str:
    """The text of the file; ``workbook`` is the name of the one that is to hold the years' amounts, if any."""
    kind = AssociationFile if asked.law == "2003:1210" else TrialFile
    return kind(asked, Words(lang), workbook).text()
