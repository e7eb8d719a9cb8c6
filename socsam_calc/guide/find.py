"""What a reader asks the guide for: a page, a section, a rule, a field, a column, a figure's path, a word; and what is shown then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..model.meant import in_the_format
from ..problems import OutputError, cut, nearest
from ..report.starting.examples import names
from ..report.told.words import Words
from .pages import PAGES, Place, places, spoken, text

_CODE: Final = re.compile(r"SOC[0-9]{0,3}", re.IGNORECASE)
_SECTION: Final = re.compile(r"(?:§|section|avsnitt|sec\.) ?([0-9][0-9a-z.]*)(?<!\.)")
_RULES: Final = re.compile(r"(?:rules?|reg(?:el|ler)) ([0-9]+(?:(?:, ?| and | och |–|-)[0-9]+)*)")
_YEAR: Final = re.compile(r"[0-9]{4}\.")
_MOST_MENTIONS: Final = 8


def found(topic: str, words: Words) -> str:
    """The Markdown of what ``topic`` stands for in the guide; without a topic, the list of pages.

    Raises OutputError, with the nearest topic, where the guide has nothing of that name.
    """
    asked = " ".join(topic.split()).strip("`“”\"' ")
    if not asked:
        return contents(words)
    if (page := _page(asked)) is not None:
        note = "" if _is_translated(page, words) else words("*This page is in English alone.*") + "\n\n"
        return note + text(page, words.language)
    if _CODE.fullmatch(asked):
        return _rules(asked, words)
    everything = [place for page in PAGES for place in places(page, words.language)]
    for look in (_cited, _in_a_page, _field, _below, _named, _figure, _of_the_format, _mentioned, _entered, _source):
        if answer := look(asked, everything):
            return _shown(answer, everything, words)
    if asked.rpartition("/")[2] in {name.rpartition("/")[2] for name in names()}:
        return text("examples", words.language)
    near = nearest(asked, [*PAGES, *(name for place in everything for name in place.names)])
    remedy = words("did you mean `{topic}`?", topic=near) if near else words("`socsam guide` lists the pages")
    raise OutputError(words("the guide has nothing under `{topic}`", topic=cut(asked)) + f"\n   {remedy}")


def contents(words: Words) -> str:
    """The list of pages, and what else can be asked for."""
    lines = [f"# {words('The guide')}", ""]
    for page in PAGES:
        beside = "" if _is_translated(page, words) else f" ({words('in English')})"
        lines.append(f"- `socsam guide {page}`: {words(PAGES[page])}{beside}")
    more = words(
        "A topic may also be a section (`socsam guide settlement 4`), a rule of the domain (`socsam guide domain 19`), one of check's "
        "(`socsam guide SOC511`), a field (`socsam guide sharing.deficit`), a column or key (`socsam guide before_sharing`), or a word. "
        "The folder `examples` that the pages name is written by `socsam init --example all`."
    )
    return "\n".join([*lines, "", more]) + "\n"


def _is_translated(page: str, words: Words) -> bool:
    return spoken(page, words.language) == words.language


# --- ways to find ----------------------------------------------------------------------------------------------------------


def _page(asked: str) -> str | None:
    """The page that has this name, with or without the ending of its file."""
    name = asked.casefold().removesuffix(".md").replace(" ", "-")
    return name if name in PAGES else None


def _cited(asked: str, everything: Sequence[Place]) -> list[Place]:
    """The sections and rules that a citation names: `§ 4, rules 19, 20, 21; PM “Över- och underskott”`."""
    said = asked.casefold()
    answer = [place for number in _SECTION.findall(said) for place in _numbered("settlement", number, everything)]
    for numbers in _RULES.findall(said):
        for number in _counted(numbers):
            answer += _numbered("domain", number, everything)
    return answer


def _counted(numbers: str) -> Iterator[str]:
    """`19, 20, 21` and `25–27` as single numbers."""
    for piece in re.split(r", ?| and | och ", numbers):
        first, _, last = piece.replace("–", "-").partition("-")
        yield from map(str, range(int(first), int(last or first) + 1))


def _numbered(page: str, number: str, everything: Iterable[Place]) -> list[Place]:
    """The section of a page that has this number in its heading: `§ 3.4 …`, `Rule 19: …`."""
    wanted = re.compile(rf"(?:§|Rule|Regel) {re.escape(number)}(?![0-9.]*[0-9a-z])")
    return [place for place in everything if place.page == page and not place.is_entry and wanted.match(place.names[0])]


def _in_a_page(asked: str, everything: Sequence[Place]) -> list[Place]:
    """A page and a place in it: `settlement 4`, `format opening`, `domain 19`."""
    first, _, rest = asked.partition(" ")
    page = _page(first)
    if page is None or not rest:
        return []
    own = [place for place in everything if place.page == page]
    return _numbered(page, rest.casefold(), own) or _field(rest, own) or _named(rest, own) or _mentioned(rest, own)


def _field(asked: str, everything: Sequence[Place]) -> list[Place]:
    """A field by its dotted path, with names and years of a file in it or not: `sharing.deficit`, `years.2000.actual.sickness`."""
    given = [name for name in asked.split(".") if not (name.isdigit() and len(name) < 4)]  # the places of a list are no names
    if len(given) < 2:
        return []
    best: list[Place] = []
    longest = 0
    for place in everything:
        for path in place.paths:
            steps = path.split(".")
            left_over = len(given) - len(steps)
            fits = all(step.isupper() or step == name for step, name in zip(steps, given, strict=False))
            if fits and 0 <= left_over <= (2 if place.more else 0) and len(steps) >= longest:
                best = [*(best if len(steps) == longest else []), place]
                longest = len(steps)
    return best


def _below(asked: str, everything: Sequence[Place]) -> list[Place]:
    """A field by the end of its path: `to_date.actual`."""
    given = asked.split(".")
    return [place for place in everything if len(given) > 1 and any(path.split(".")[-len(given) :] == given for path in place.paths)]


def _named(asked: str, everything: Iterable[Place]) -> list[Place]:
    """Everything that has just this name."""
    wanted = _key(asked)
    return _outermost([place for place in everything if any(_fits(name, wanted) for name in place.names)])


def _fits(name: str, wanted: str) -> bool:
    """Whether a name is what is wanted; capitals in it stand for whatever a file puts there (`settled PARTY`)."""
    if not re.search(r"\b[A-Z]{4,}\b", name):
        return _key(name) == wanted
    pattern = re.sub(r"\b[A-Z]{4,}\b", "\0", name)
    return re.fullmatch(re.escape(_key(pattern)).replace("\0", ".+"), wanted) is not None


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split())


def _figure(asked: str, everything: Sequence[Place]) -> list[Place]:
    """The path of a figure, as `explain` takes it: what its last name that is a key means."""
    if "." not in asked or not (_YEAR.match(asked) or asked.startswith(("together.", "items.", "years_total."))):
        return []
    outputs = [place for place in everything if place.page == "outputs"]
    return next(filter(None, (_named(name, outputs) for name in reversed(asked.split(".")))), [])


def _of_the_format(asked: str, everything: Sequence[Place]) -> list[Place]:
    """What has the name that the format has for a Swedish word."""
    for word in in_the_format(asked):
        if answer := _named(word, everything):
            return answer
    return []


def _mentioned(asked: str, everything: Iterable[Place]) -> list[Place]:
    """The smallest places that mention it."""
    if len(asked) < 3:
        return []
    wanted = re.compile(rf"(?<!\w){re.escape(asked)}(?!\w)", re.IGNORECASE)
    mentions = [place for place in everything if wanted.search(place.text.replace("`", ""))]
    smallest = [place for place in mentions if not any(other is not place and other.text in place.text for other in mentions)]
    return smallest[:_MOST_MENTIONS]


def _entered(asked: str, everything: Sequence[Place]) -> list[Place]:
    """A field with what is entered in it, as messages write it: `state_split: none`, `reserve: {}`."""
    name, colon, _ = asked.partition(":")
    return (_field(name, everything) or _named(name, everything)) if colon else []


def _outermost(answer: Sequence[Place]) -> list[Place]:
    """Without the places that stand inside another one of them."""
    return [place for place in answer if not any(len(other.text) > len(place.text) and place.text in other.text for other in answer)]


def _source(asked: str, everything: Iterable[Place]) -> list[Place]:
    """What the source is that a citation begins with, where no rule cites that place of it: `Report 5.4`, `FINSAM Act 2 §`."""
    domain = [place for place in everything if place.page == "domain"]
    begun = re.split(r"[^\w-]+", _key(asked))
    named = [name for place in domain for name in place.names if begun[: len(_key(name).split())] == _key(name).split()]
    return _named(max(named, key=len), domain) if named else []


# --- what is shown -----------------------------------------------------------------------------------------------------------


def _shown(answer: Iterable[Place], everything: Sequence[Place], words: Words) -> str:
    """The places one below the other, each under where it stands; a field with what its section says of it."""
    lines: list[str] = []
    under = ""
    for place in dict.fromkeys(answer):
        english = "" if _is_translated(place.page, words) else f" ({words('in English')})"
        trail = " › ".join([place.page + english, *(title.replace("`", "") for title in place.above[1:])])
        if trail != under:
            lines += ["", f"## {trail}", ""]
            under = trail
        lines += [place.text, *_said_of(place, everything)]
        if not place.is_entry:
            lines.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _said_of(place: Place, everything: Iterable[Place]) -> Iterator[str]:
    """What the list below the fields of a section says of one of them."""
    if place.paths:
        name = f"`{place.names[0]}"
        sections = [other.text for other in everything if other.page == place.page and not other.is_entry and place.text in other.text]
        for line in min(sections, key=len, default="").splitlines():
            if line.startswith("- `") and re.search(rf"{re.escape(name)}[`:]", line):
                yield line


def _rules(code: str, words: Words) -> str:
    """A rule of `check` in full, or the catalogue of its family."""
    from ..report.render.markdown import render
    from ..report.told.rules import catalogue, one_rule
    from ..rules.catalogue import listed

    rules = listed(code.upper())
    return "".join(render(one_rule(rules[0], words) if len(rules) == 1 else catalogue(rules, words, hints=False)))
