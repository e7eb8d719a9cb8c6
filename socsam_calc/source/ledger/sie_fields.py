"""The fields of a line of SIE 4: text bare or in quotes, lists of objects in braces, amounts with a decimal point, dates, checksums."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from ...amounts import in_kronor, plain
from ...problems import cut

QUOTED: Final = r'"(?:[^"\\]|\\"|\\(?!"))*+"'
"""A text in quotes: a backslash stands before a quote of the text, and before anything else for itself."""

_TOKEN: Final = re.compile(rf'({QUOTED})|(\{{(?:{QUOTED}|[^}}"])*+\}})|([^\s"{{][^ \t]*)|(["{{].*)')
_PART: Final = re.compile(rf"({QUOTED})|([^\s\"]+)")
_AMOUNT: Final = re.compile(r"(-?[0-9]{1,14})(?:\.([0-9]{1,2}))?")
_DAY: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DELIMITERS: Final = re.compile(rb'"((?:[^"\\]|\\"|\\(?!"))*+)"|[\s{}]+')

Objects = tuple[tuple[str, str], ...]
"""What a booking belongs to: the dimension and the number of each object, as they are written."""


class BadField(ValueError):
    """A field that cannot be read: ``text`` says why, ``remedy`` what to do."""

    def __init__(self, text: str, remedy: str) -> None:
        super().__init__(text)
        self.text, self.remedy = text, remedy


class Listed(NamedTuple):
    """A field in braces: the text between them."""

    text: str


Field = str | Listed


def fields_of(line: str) -> list[Field]:
    """The fields of a line, its label first. Raises BadField where quotes or braces are not closed."""
    return list(_fields(line))


def _fields(line: str) -> Iterator[Field]:
    for quoted, braced, bare, broken in _TOKEN.findall(line):
        if quoted:
            yield _unquoted(quoted)
        elif braced:
            yield Listed(braced[1:-1])
        elif bare:
            yield bare
        elif broken == "{":  # the rows of a voucher begin on its own line
            return
        else:
            what = "a quotation mark" if broken[0] == '"' else "a brace `{`"
            raise BadField(f"{what} is not closed on this line", "export the file again: it is damaged here")


def _unquoted(text: str) -> str:
    return text[1:-1].replace('\\"', '"')


def objects_of(text: str) -> Objects:
    """The objects between braces. Raises BadField where a dimension or an object stands alone."""
    parts = [named(_unquoted(quoted) if quoted else bare) for quoted, bare in _PART.findall(text)]
    if len(parts) % 2 or text.replace('\\"', "").count('"') % 2:
        raise BadField(f"`{{{cut(text)}}}` is no list of objects", 'each object has its dimension before it: `{1 "10"}`')
    return tuple(sorted(zip(parts[::2], parts[1::2], strict=True)))


def named(text: str) -> str:
    """The number of a dimension or an object as it is compared: in NFC, without blanks around it."""
    return unicodedata.normalize("NFC", text).strip()


def kronor(ore: int) -> str:
    """An amount of öre as a message names it."""
    return plain(in_kronor(ore))


def amount_of(text: Field) -> int:
    """An amount in öre: digits, a point and one or two decimals, a minus before them. Raises BadField for anything else."""
    match = _AMOUNT.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        said = text if isinstance(text, str) else f"{{{text.text}}}"
        raise BadField(
            f"`{cut(said)}` is no amount of SIE",
            "it writes `1234.50` and `-1234.50`: a point, at most two decimals, no blanks: export again",
        )
    return int(match[1] + ((match[2] or "") + "00")[:2])


def day_of(text: Field) -> date | None:
    """A date written as eight digits; None where none is given. Raises BadField for what is no day."""
    if text == "":
        return None
    match = _DAY.fullmatch(text) if isinstance(text, str) else None
    try:
        if match is not None:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    said = text if isinstance(text, str) else f"{{{text.text}}}"
    raise BadField(f"`{cut(said)}` is no day", "SIE writes a date as eight digits: `20240831`; correct it in the books, and export again")


def text_at(fields: Sequence[Field], index: int) -> str:
    """A field that is text; empty where the line ends before it, or has a list there."""
    held = fields[index] if index < len(fields) else ""
    return held if isinstance(held, str) else ""


def checksums(raw: bytes) -> set[int]:
    """What the checksum over these lines may be: CRC-32 of their labels and fields, without what parts them (SIE 4B); with the `#` of labels or not."""
    labelled = _DELIMITERS.sub(lambda found: (found[1] or b"").replace(b'\\"', b'"'), raw)
    bare = _DELIMITERS.sub(lambda found: (found[1] or b"").replace(b'\\"', b'"'), re.sub(rb"^[ \t]*#", b"", raw, flags=re.MULTILINE))
    return {zlib.crc32(labelled), zlib.crc32(bare)}
