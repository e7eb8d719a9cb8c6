"""A drawing as a small piece of SVG for a page: no metadata, ids of its own, the page's colours and font, a text alternative."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, MUTED, LINE, TOTAL, GAIN, LOSS, GAIN_MARK, LOSS_MARK, BAND = (f"#0000{number:02x}" for number in range(1, 10))
"""Stand-ins for the page's colours, which differ between light and dark."""

_VARIABLES: Final = dict(
    zip(
        (INK, MUTED, LINE, TOTAL, GAIN, LOSS, GAIN_MARK, LOSS_MARK, BAND),
        ("ink", "muted", "line", "total", "gain", "loss", "gain-mark", "loss-mark", "band"),
        strict=True,
    )
)
SETTINGS: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",  # text stays text: it can be searched, and read aloud
    "svg.hashsalt": "socsam",  # the same figures give the same bytes
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "text.usetex": False,
    "font.family": "DejaVu Sans",  # comes with the library, so that it is the same everywhere
    "font.size": 12.0,
    "hatch.linewidth": 1.2,
    "axes.unicode_minus": True,
}
_KEPT: Final = {"svg", "g", "path", "text", "tspan", "use", "defs", "pattern", "rect"}
_ATTRIBUTES: Final = {"d", "x", "y", "width", "height", "transform", "patternUnits"}
_STYLES: Final = {"fill", "stroke", "stroke-width", "stroke-linejoin", "font", "font-size", "font-weight", "text-anchor", "opacity"}
_DEFAULTS: Final = {"font-size: 12px", "text-anchor: start", "opacity: 1", "stroke-linejoin: miter"}
_NUMBER: Final = re.compile(r"-?\d+\.\d+")
CLASSES: Final = {
    "total": "fill: var(--total); stroke: var(--ink); stroke-width: 0.8",
    "band": "fill: var(--band); stroke: var(--total); stroke-width: 0.6",
    "gained": "fill: none; stroke: var(--gain-mark); stroke-width: 0.8",
    "lost": "fill: none; stroke: var(--loss-mark); stroke-width: 0.8",
    "joint": "fill: none; stroke: var(--muted); stroke-width: 0.8",
    "axis": "fill: none; stroke: var(--line)",
    "right": "text-anchor: end",
    "strong": "font-weight: 700",
    "sum": "font-weight: 700; text-anchor: end",
}
"""Styles that most drawings are made of, by the class that the page's style sheet has for each."""
_CLASS: Final = {style: name for name, style in CLASSES.items()}


def svg(figure: Figure, key: str, title: str, description: str) -> str:
    """The figure as one ``<svg>`` element. ``key`` is unique in the page; it begins every id."""
    raw = io.StringIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the reader's browser has other fonts for other scripts
        figure.savefig(raw, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    root = ElementTree.fromstring(raw.getvalue())
    texts = ElementTree.tostring(root, encoding="unicode")
    used = set(re.findall(r"url\(#([^)]+)\)", texts)) | set(re.findall(r'href="#([^"]+)"', texts))
    children = [element for child in root for element in _slim(child, used, key)]
    box = root.get("viewBox", "")
    drawing = ElementTree.Element(
        "svg", {"viewBox": box, "role": "img", "aria-labelledby": f"{key}-title {key}-desc", "class": "chart", "focusable": "false"}
    )
    for name, text in (("title", title), ("desc", description)):
        ElementTree.SubElement(drawing, name, {"id": f"{key}-{name}"}).text = text
    drawing.extend(children)
    return ElementTree.tostring(drawing, encoding="unicode", short_empty_elements=True)


def _slim(element: ElementTree.Element, used: set[str], key: str) -> list[ElementTree.Element]:
    """The element with what a page needs of it; a group that says nothing gives way to what it holds."""
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if name not in _KEPT:
        return []
    attributes: dict[str, str] = {}
    for full, value in element.attrib.items():
        attribute = full.rpartition("}")[2]
        if attribute == "id" and value in used:
            attributes["id"] = f"{key}-{value}"
        elif attribute == "href":
            attributes["href"] = f"#{key}-{value.removeprefix('#')}"
        elif attribute == "style":
            attributes |= _styled(_style(value, key, name))
        elif attribute == "fill" and value in _VARIABLES:
            attributes["fill"] = f"var(--{_VARIABLES[value]})"
        elif attribute in _ATTRIBUTES:
            short = " ".join(_NUMBER.sub(_shorter, value).split())
            attributes[attribute] = re.sub(r" ?([A-Za-z]) ?", r"\1", short) if attribute == "d" else short
    attributes = {entry: value for entry, value in attributes.items() if (entry, value) != ("transform", "rotate(-0 0 0)")}
    children = [child for held in element for child in _slim(held, used, key)]
    if name in ("g", "defs") and (not children or (name == "g" and not attributes)):
        return children
    if name == "text":
        attributes["transform"] = re.sub(r" ?rotate\(-?0[^)]*\)", "", attributes.get("transform", ""))
        attributes = {entry: value for entry, value in attributes.items() if value}
    if name == "path" and attributes.get("style") == "fill: none":
        return []  # the figure's own frame, not drawn
    slim = ElementTree.Element(name, attributes)
    slim.text = element.text if name in ("text", "tspan") else None
    slim.extend(children)
    return [slim]


def _styled(style: str) -> dict[str, str]:
    if style in _CLASS:
        return {"class": _CLASS[style]}
    return {"style": style} if style else {}


def _style(value: str, key: str, element: str) -> str:
    """The declarations that matter, in the page's colours and font."""
    kept = []
    for declaration in value.split(";"):
        name, _, content = (part.strip() for part in declaration.partition(":"))
        if name not in _STYLES:
            continue
        if name == "font":
            size = re.search(r"\d+(\.\d+)?px", content)
            name, content = "font-size", size.group() if size else "12px"
            if re.search(r"\b(bold|[6-9]00)\b", declaration):
                kept.append("font-weight: 600")
        content = re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", content)
        content = f"var(--{_VARIABLES[content]})" if content in _VARIABLES else content
        kept.append(f"{name}: {content}")
    own = {"fill: var(--ink)"} if element == "text" else set()  # what the page's style sheet gives to all text
    return "; ".join(part for part in kept if part not in _DEFAULTS | own)


def _shorter(number: re.Match[str]) -> str:
    return f"{float(number.group()):.1f}".removesuffix(".0")
