"""Which files are ours: those that state a format, and those that seem to have lost the line that does."""

from __future__ import annotations

import re
from typing import Final

from ..problems import nearest

FIELDS: Final = {
    "socsam/1": [{"parties", "sharing"}],
    "socsam-evaluation/1": [{"population", "items"}],
    "socsam-scenarios/1": [{"agreement", "scenarios"}, {"agreement", "expect"}, {"agreement", "uncertain"}],
}
"""What a file of each format holds, and hardly any other YAML: one that does, and states no format, has lost its line."""

_STATED: Final = rb"^(?:\xef\xbb\xbf)?[\"']?format[\"']?[ \t]*:[ \t]*[\"']?(%s)[\"']?[ \t]*(?:#.*)?\r?$" % "|".join(FIELDS).encode()
_ANYWHERE: Final = (
    r"(?:^|[{,\n\r])[ \t]*[\"']?format[\"']?[ \t]*:\s*(?:[&!]\S*\s+)*[\"']?(?:" + "|".join(FIELDS) + r")[\"']?\s*(?:[,}#\n\r]|$)"
)
"""The same in any YAML, in braces, as JSON or with the line ends of an old Macintosh."""

YAML_SUFFIXES: Final = (".yaml", ".yml")
_ENTRY: Final = r"\W*(?:(?P<key>[\w-]+)[\"'`]?(?:\s*[:：=;]\s*|\s+)(?:[&!]\S*\s+)*[\"'`]?)?(?P<value>[^\s\"'`#,}]+)"
_NAME: Final = r"^[\"']?(\w+)[\"']?[ \t]*:"
_FIRST_LINES: Final = 20  # those that say something: comments and empty ones do not count
_LONGEST: Final = 1000  # letters of such a line that are looked at


def stated(raw: bytes) -> set[str]:
    """The formats of ours that a file states, as it does where it is written plainly."""
    return {name.decode() for name in re.findall(_STATED, raw, re.MULTILINE)}


def resembles(text: str, format_: str) -> bool:
    """Whether a file without a readable line `format:` seems to be one of ours: a slip in that line, or the line is not there."""
    names = set(re.findall(_NAME, text, re.MULTILINE))
    if any(fields <= names for fields in FIELDS[format_]):
        return True
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for entry in filter(None, (re.match(_ENTRY, line[:_LONGEST]) for line in lines[:_FIRST_LINES])):
        key, value = (entry["key"] or "").lower(), entry["value"].lower()
        if re.match(r"socsam[\w-]*/[0-9]", value):
            return True
        if nearest(key, ["format"]) and (value.startswith("socsam") or nearest(value, FIELDS)):
            return True
    return False


def is_ours(text: str) -> bool:
    """Whether a text states a format of ours or seems to be one that lost the line: only then are lines of it shown to anybody."""
    return bool(stated(text.encode("utf-8", "replace"))) or any(resembles(text, format_) for format_ in FIELDS)


def is_by_hand(raw: bytes, suffix: str) -> bool:
    """Whether the content of a file is one of ours that somebody wrote. A page of the guide shows such files, between fences, and is none."""
    utf_16 = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = raw.decode("utf-16" if utf_16 else "utf-8-sig", "replace")
    if suffix.lower() in YAML_SUFFIXES and is_ours(text):
        return True
    return re.search(_ANYWHERE, text) is not None and not re.search(r"^```", text, re.MULTILINE)
