"""The report page, read as text: its figures are those of the JSON, its words are complete, nothing of a file becomes markup."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import EXAMPLES, ROOT, Outcome

from socsam_calc import load
from socsam_calc.report.swedish import SWEDISH

pytest.importorskip("jinja2")

Socsam = Callable[..., Outcome]
FILES = sorted(EXAMPLES.glob("*.yaml"))
TABLES_OWN = (".in_hand", ".brought")  # figures of the settlement's table that the JSON gives no name
WORTH = {"kr": 1, "tkr": 1000, "mkr": 1_000_000}
VOID = {"meta", "link", "br", "path", "rect", "line", "use", "input"}


class Element(NamedTuple):
    """An element of the page: its name, attributes, the elements around it, and all the text in it."""

    name: str
    attributes: dict[str, str | None]
    within: tuple[Element, ...]
    pieces: list[str]

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()

    def is_in(self, key: str) -> bool:
        return any(outer.attributes.get("id") == key for outer in self.within)


class Page(HTMLParser):
    """All the elements of a page. Fails where one is left open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.all: list[Element] = []
        self._open: list[Element] = []
        self._by_id: dict[str, Element] = {}
        self.feed(text)
        self.close()
        assert not self._open, f"left open: {[element.name for element in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), tuple(self._open), [])
        self.all.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append(Element(tag, dict(attrs), tuple(self._open), []))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop().name == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def named(self, *names: str) -> list[Element]:
        return [element for element in self.all if element.name in names]

    def inside(self, outer: Element, *names: str) -> list[Element]:
        return [element for element in self.named(*names) if any(one is outer for one in element.within)]

    def figures(self) -> Iterator[Figure]:
        """The figures of tables, tiles and sentences, each with what it opens."""
        for element in self.all:
            paths = element.attributes.get("data-figure")
            if paths is None:
                continue
            yield Figure(paths.split(), element, self.opened(element))

    def opened(self, button: Element) -> list[Element]:
        """The steps that a button opens: one, or those of several figures that are added up."""
        if button.name != "button":
            return []
        opens = self.by_id()[str(button.attributes["popovertarget"])]
        assert "popover" in opens.attributes
        return [opens] if opens.name == "li" else [one for one in self.inside(opens, "span") if one.within[-1] is opens]

    def by_id(self) -> dict[str, Element]:
        """The elements that have an id."""
        if not self._by_id:
            self._by_id.update({str(one.attributes["id"]): one for one in self.all if one.attributes.get("id")})
        return self._by_id

    def shown(self, cell: Element) -> str:
        """The text of a cell as it stands before anything is opened."""
        folded = self.inside(cell, "button", "span")
        return folded[0].text if folded else cell.text


class Figure(NamedTuple):
    """A figure of the page by its path (a sentence may hold two), the element that shows it, and the steps that it opens."""

    paths: list[str]
    element: Element
    steps: list[Element]


def number(text: str) -> Decimal:
    """A number as the page writes it: spaces between groups, a comma before decimals, a real minus."""
    assert re.fullmatch(r"[+−]?\d{1,3}(\u00a0\d{3})*(,\d+)?", text), repr(text)
    return Decimal(text.replace("\u00a0", "").replace(",", ".").replace("−", "-"))


def numbers(text: str) -> list[Decimal]:
    """The number that a cell is, or those of a sentence."""
    return [number(found) for found in re.findall(r"(?<![\w.])[+−]?\d{1,3}(?:\u00a0\d{3})*(?:,\d+)?(?![\w.])", text)]


def at(year: dict[str, Any], path: str) -> Any:
    """A figure of the JSON by its path: lists are addressed by id, payments by their position."""
    found: Any = year
    for step in path.split(".")[1:]:
        if isinstance(found, list):
            found = found[int(step)] if step.isdecimal() else next(entry for entry in found if entry["id"] == step)
        else:
            found = found[step]
    return found["amount"] if isinstance(found, dict) else found


def amounts(value: Any) -> Iterator[int | Decimal]:
    """Every number in a piece of JSON."""
    if isinstance(value, dict):
        for held in value.values():
            yield from amounts(held)
    elif isinstance(value, list):
        for held in value:
            yield from amounts(held)
    elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        yield value


def settled(socsam: Socsam, *arguments: object) -> list[dict[str, Any]]:
    outcome = socsam("settle", *arguments, "--format", "json")
    return list(json.loads(outcome.out, parse_float=Decimal)["settlements"])


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_figure_is_that_of_the_json(socsam: Socsam, file: Path) -> None:
    page = Page(socsam("report", file).out)
    [agreement] = settled(socsam, file)
    years = {str(year["year"]): year for year in agreement["years"]}
    shown = set()
    for paths, element, _ in page.figures():
        shown.update(paths)
        if paths[0].endswith(TABLES_OWN):
            continue
        amounts = [at(years[path.split(".")[0]], path) for path in paths]
        told = [amount * WORTH[agreement["unit"]] for amount in numbers(element.text)]
        if paths[0].endswith(".used"):
            assert told == [-amounts[0]]
        elif element.within[-1].name == "li":
            assert set(amounts) <= set(told), element.text
        else:
            assert told == [sum(amounts)], paths
    assert shown >= set(known(agreement, load(file).agreement.law))


def known(agreement: dict[str, Any], law: str) -> Iterator[str]:
    """The figures that the page must show: where they are known."""
    for year in agreement["years"]:
        wanted = {
            "totals": [("", year["totals"], ["final_frame", "actual", "result", "shared"] if year["activities"] else ["result", "shared"])]
        }
        made = [] if law == "2003:1210" else ["preliminary", "adjustment"]  # an association's contributions are decided once
        wanted["activities"] = [(f"{row['id']}.", row, [*made, "final", "actual", "result"]) for row in year["activities"]]
        party = ["before_sharing", "kept", "allocated", "settled", "transfer", *(["contribution"] if year["activities"] else [])]
        wanted["parties"] = [(f"{row['id']}.", row, party) for row in year["parties"] if row["allocated"] is not None]
        wanted["payments"] = [(f"{position}.", row, [""]) for position, row in enumerate(year["payments"])]
        for part, rows in wanted.items():
            for key, row, figures in rows:
                for figure in figures:
                    if not figure or row[figure] is not None:
                        yield f"{year['year']}.{part}.{key}{figure}".rstrip(".")


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_the_columns_of_a_table_add_up(socsam: Socsam, file: Path) -> None:
    """What is not in the JSON is a sum: of a column, or of corrections and conversions."""
    page = Page(socsam("report", file).out)
    tables = [
        table
        for table in page.named("table")
        if any(row.attributes.get("class") == "total" and table in row.within for row in page.named("tr"))
    ]
    for table in tables:
        rows = [row for row in page.named("tr") if table in row.within]
        cells = [[page.shown(cell) for cell in page.inside(row, "td")] for row in rows]
        *parts, total = [row for row in cells if row]
        for index, shown in enumerate(total):
            column = [row[index] for row in parts]
            if shown and "–" not in (shown, *column):
                assert sum(map(number, column)) == number(shown)


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_number_of_a_chart_is_a_figure(socsam: Socsam, file: Path) -> None:
    """Also: the sum of all adjustments, of other changes, of what one pays or receives, and what is left with the body."""
    page = Page(socsam("report", file).out)
    [agreement] = settled(socsam, file)
    worth = WORTH[agreement["unit"]]
    for chart in page.named("svg"):
        section = next(outer for outer in reversed(chart.within) if outer.name == "section")
        years = [year for year in agreement["years"] if str(section.attributes["id"]).endswith(("-years", f"-{year['year']}"))]
        known = {abs(amount) for year in years for amount in amounts(year)}
        for year in years:
            changes = [sum(row[figure] for row in year["activities"]) for figure in ("adjustment", "correction", "conversion")]
            known |= {abs(changes[0]), abs(changes[1] + changes[2])}
            paid_in, paid = (sum(party[figure] or 0 for party in year["parties"]) for figure in ("preliminary", "paid"))
            left = paid_in - paid - (year["body"]["paid"] or 0)
            known |= {abs(left), max(paid_in, paid_in - left)}
        texts = [text.text for text in page.named("text") if chart in text.within]
        numbers = [found for text in texts for found in re.findall(r"(?:^|(?<= ))[+−]?\d{1,3}(?:\u00a0\d{3})*(?:,\d+)?$", text)]
        numbers = [found for found in numbers if found not in {str(year["year"]) for year in agreement["years"]}]
        assert numbers
        assert {abs(number(found)) * worth for found in numbers} <= known


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_figure_opens_how_it_came_about(socsam: Socsam, file: Path) -> None:
    """What it opens is headed by the same amount, and rests on a rule or on a line of the file; only what nothing enters opens nothing."""
    page = Page(socsam("report", file).out)
    found = list(page.figures())
    assert len(found) > len(page.named("table"))
    for paths, element, steps in found:
        if not steps:
            assert number(element.text) == 0, paths
            continue
        assert len(steps) == len(paths)
        heads = [number(head.text.rpartition(": ")[2]) for step in steps for head in page.inside(step, "b")]
        if element.within[-1].name == "li":
            assert set(map(abs, heads)) <= set(map(abs, numbers(element.text))), element.text
        elif paths[0].endswith(".used"):
            assert heads == [-number(element.text)]
        else:
            assert sum(heads) == number(element.text), paths
        for step in steps:
            assert re.search(r"§ |line \d+  \||derived with", step.text), step.text


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_derived_figure_of_a_table_can_be_opened(socsam: Socsam, file: Path) -> None:
    """As `socsam explain` derives them: what has inputs, or stands in the file, opens."""
    page = Page(socsam("report", file).out)
    opened = {path for paths, _, steps in page.figures() if steps for path in paths}
    shown = {path for paths, _, _ in page.figures() for path in paths}
    for year in settled(socsam, file)[0]["years"]:
        told = json.loads(socsam("explain", file, year["year"], "--format", "json").out)
        assert {figure["path"] for figure in told["figures"]} & shown <= opened


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_number_in_brackets_opens_its_step(socsam: Socsam, file: Path) -> None:
    """The step of that number, which stands once, in the list of its year."""
    page = Page(socsam("report", file).out)
    opening = [button for button in page.named("button") if re.match(r"\[\d+\]", button.text)]
    assert opening
    for button in opening:
        step = page.by_id()[str(button.attributes["popovertarget"])]
        assert step.name == "li" and "derivation" in {outer.attributes.get("class") for outer in step.within}
        assert step.text.startswith(button.text.partition(" ")[0] + " ")


def test_agreements_side_by_side_lead_to_each_ones_own_figures(socsam: Socsam) -> None:
    page = Page(socsam("report", EXAMPLES / "complete.yaml", EXAMPLES / "gotland.yaml").out)
    links = [
        button
        for button in page.named("button")
        if "data-figure" not in button.attributes and any(one.name == "td" for one in button.within)
    ]
    assert len(links) > 25
    for link in links:
        [step] = page.opened(link)
        [head] = page.inside(step, "b")
        assert number(head.text.rpartition(": ")[2]) == number(link.text)
        row = next(outer for outer in link.within if outer.name == "tr")
        area = page.inside(row, "th")[0].text
        article = next(outer for outer in step.within if outer.name == "article")
        assert re.match(rf"\d+\. {area}: ", page.inside(article, "h2")[0].text)


def test_what_the_rules_find_is_on_the_page(socsam: Socsam) -> None:
    """As sentences for a board: its rule, its line and what to do are folded behind each."""
    page = Page(socsam("report", EXAMPLES / "gotland.yaml").out)
    found = json.loads(socsam("check", EXAMPLES / "gotland.yaml", "--format", "json").out)["files"][0]["findings"]
    told = [finding for finding in found if not finding["ignored"]]
    items = [one for one in page.named("li") if one.is_in("a1-check") and page.inside(one, "details")]
    assert len(items) == len(told) > 0
    for item, finding in zip(items, told, strict=True):
        [folded] = page.inside(item, "details")
        sentence = item.text[: -len(folded.text)].replace("\u00a0", " ")
        assert finding["message"].replace("`", "") in re.sub("[“”]", "", sentence)
        assert finding["code"] not in sentence and f"line {finding['line']}" not in sentence
        assert f"{finding['code']}, line {finding['line']}." in folded.text


def test_a_page_of_one_year_tells_what_is_found_in_that_year_in_its_unit(socsam: Socsam, tmp_path: Path) -> None:
    """Two expectations fail, of 1998 by 1 tkr and of 1999 by 2 tkr: the page of 1999 in kr tells of the second alone, in kr."""
    text = (EXAMPLES / "complete.yaml").read_text("utf-8")
    assert text.count("final_frame: 59 000") == text.count("final_frame: 139 371") == 1
    text = text.replace("final_frame: 59 000", "final_frame: 59 001").replace("final_frame: 139 371", "final_frame: 139 373")
    (tmp_path / "false.yaml").write_text(text, "utf-8")
    page = Page(socsam("report", tmp_path / "false.yaml", "--year", 1999, "--unit", "kr").out)
    found = " ".join(one.text for one in page.named("li") if one.is_in("a1-check")).replace("\u00a0", " ")
    assert "139 373 000 kr" in found and "139 371 000 kr" in found
    assert "59 001" not in found and "`" not in found


def test_a_chart_says_in_words_what_it_shows(socsam: Socsam) -> None:
    page = Page(socsam("report", ROOT / "tests" / "worked_example.yaml").out)
    charts = page.named("svg")
    assert (
        len([chart for chart in charts if "broad" not in str(chart.attributes["class"]).split()]) == 3
    )  # a flow is drawn for wide windows too
    for chart in charts:
        assert chart.attributes["role"] == "img"
        ids = str(chart.attributes["aria-labelledby"]).split()
        told = {element.attributes.get("id"): element.text for element in page.named("title", "desc") if chart in element.within}
        assert list(told) == ids and all(told.values())
    descriptions = " ".join(element.text for element in page.named("desc")).replace("\u00a0", " ")
    assert "Preliminary frame 173 000; Adjustment +3 280; Final frame 176 280; Actual cost −175 350; Result +930" in descriptions
    assert "Exempelköpings kommun receives 1 285 tkr from Försäkringskassan" in descriptions


def test_gains_and_burdens_differ_without_colour(socsam: Socsam) -> None:
    page = Page(socsam("report", EXAMPLES / "complete.yaml").out)
    patterns = {str(element.attributes["d"]) for element in page.named("path") if any(outer.name == "pattern" for outer in element.within)}
    assert len(patterns) == 2


def test_it_is_whole_in_itself(socsam: Socsam) -> None:
    """No script, no address outside the page, ids that occur once and are all there; smaller than a megabyte with every example."""
    text = socsam("report", EXAMPLES).out
    page = Page(text)
    assert len(text.encode()) < 1_000_000
    assert len(socsam("report", EXAMPLES, "--lang", "sv").out.encode()) < 1_000_000
    assert not page.named("script", "iframe", "object", "embed", "img", "form", "base")
    ids = [element.attributes["id"] for element in page.all if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for element in page.all:
        assert not [name for name in element.attributes if name.startswith("on")]
        for name in ("href", "src", "xlink:href"):
            target = element.attributes.get(name)
            assert target is None or target == "data:," or target.removeprefix("#") in ids
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)
    assert not re.search(r"url\((?!#)|@import|https?:", text.replace("http-equiv", ""))


@pytest.mark.parametrize(
    ("bytes_", "derived", "drawn"),
    [
        (1_000_000, ["1998", "1999", "2000"], ["1998", "1999", "2000"]),
        (260_000, ["2000"], ["1998", "1999", "2000"]),
        (85_000, [], ["2000"]),
    ],
)
def test_a_page_that_would_be_large_leaves_out_the_oldest_derivations_then_charts(
    socsam: Socsam, monkeypatch: pytest.MonkeyPatch, bytes_: int, derived: list[str], drawn: list[str]
) -> None:
    """And says so; its tables are whole, and no link leads to what is left out."""
    whole = Page(socsam("report", EXAMPLES / "complete.yaml").out)
    monkeypatch.setattr("socsam_calc.report.page.page.LARGEST", bytes_)
    text = socsam("report", EXAMPLES / "complete.yaml").out
    page = Page(text)
    assert len(text.encode()) <= bytes_
    opened = {paths[0].partition(".")[0] for paths, _, steps in page.figures() if steps}
    assert sorted(opened) == derived
    years = ["1998", "1999", "2000"]
    assert [year for year in years if any(chart.is_in(f"a1-{year}") for chart in page.named("svg"))] == drawn
    left_out = {"derivations": set(years) - set(derived), "charts": set(years) - set(drawn)}
    for what, missing in left_out.items():
        told = [element for element in page.named("p") if element.text.startswith(f"The {what} of ") and "are left out" in element.text]
        assert [re.findall(r"\d{4}", one.text)[0] for one in told] == sorted(missing)
        assert all(one.is_in(f"a1-{year}") for one, year in zip(told, sorted(missing), strict=True))
        remedy = "“socsam explain complete.yaml" if what == "derivations" else "“--year” makes a page of one year, with its charts."
        assert all(remedy in one.text for one in told)
    assert any(chart.is_in("a1-years") for chart in page.named("svg"))
    assert [paths for paths, _, _ in page.figures()] == [paths for paths, _, _ in whole.figures()]
    ids = {element.attributes.get("id") for element in page.all}
    assert {str(link.attributes["href"]).removeprefix("#") for link in page.named("a")} <= ids


def test_where_even_the_tables_are_too_large_nothing_is_drawn_and_that_is_said(
    socsam: Socsam, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The charts of all years together go last. One who writes the page is told, unless he wants it quiet."""
    file = EXAMPLES / "complete.yaml"
    monkeypatch.setattr("socsam_calc.report.page.page.LARGEST", 20_000)
    outcome = socsam("report", file)
    assert outcome.status == 0
    assert re.fullmatch(r"the page has 0,\d MB: its tables alone are larger than 0 MB; --year makes a smaller one\n", outcome.err)
    page = Page(outcome.out)
    assert not page.named("svg") and len(page.named("table")) == 9
    [told] = [one.text for one in page.named("p") if one.is_in("a1-years")]
    assert told.startswith("The charts of all years together are left out") and "“--year” makes" in told
    alone = socsam("report", file, "--year", 2000, "--lang", "sv")
    assert "--year" not in alone.err and "0 MB" in alone.err
    assert "Diagrammen för 2000 har utelämnats, så att sidan förblir liten.</p>" in alone.out
    assert "larger than" in socsam("settle", file, "-o", tmp_path / "a.html").err
    assert socsam("settle", file, "-o", tmp_path / "a.html", "--quiet").err == ""
    monkeypatch.undo()
    assert socsam("report", file).err == ""


def test_a_page_says_what_was_set(socsam: Socsam, tmp_path: Path) -> None:
    """Its figures are not those of the file alone. Of a file of figures it tells the name, not where it lies."""
    file, said = ROOT / "tests" / "worked_example.yaml", "Computed by socsam-calc from the file named; amounts are exact."
    plain = socsam("report", file).out
    assert said in plain and "What is set" not in plain
    page = Page(socsam("report", file, "--set", "sharing.shared = 50 %", "--set", "sharing.distribute=at_end").out)
    told = [one.text for one in page.named("li") if one.is_in("a1-answer")]
    assert told[:2] == ["sharing.shared = 50 %", "sharing.distribute = at_end"]
    assert "What is set" in [one.text for one in page.named("h3") if one.is_in("a1-answer")]
    footer = page.named("footer")[0].text
    assert footer == "Computed by socsam-calc from the file named, with the changes listed; amounts are exact."

    (tmp_path / "ledger.csv").write_text("year;activity;actual\n1998;projects;1450\n", "utf-8")
    without = tmp_path / "agreement.yaml"
    without.write_text(file.read_text("utf-8").replace("      projects: 1 450\n", ""), "utf-8")
    whole = Page(socsam("report", without, "--figures", tmp_path / "ledger.csv").out)
    assert "figures = ledger.csv" in [one.text for one in whole.named("li") if one.is_in("a1-answer")]
    assert str(tmp_path) not in "".join(one.text for one in whole.named("li", "p"))


def said(page: Page, name: str) -> list[str]:
    """The texts of the answer's elements of this name."""
    return [one.text.replace("\u00a0", " ") for one in page.named(name) if one.is_in("a1-answer")]


def test_a_page_begins_with_the_answer(socsam: Socsam) -> None:
    """For all years and each, who bears it and who pays whom. By hand: 1 050 + 1 541 − 4 375 = −1 784; of it 300 were used, so 2 084 are borne."""
    page = Page(socsam("report", EXAMPLES / "complete.yaml").out)
    [whole] = said(page, "p")
    assert whole == (
        "Over 1998–2000 the deficit was 1 784 tkr; Försäkringskassan bore 1 173 tkr, Landstinget bore 569 tkr, Exempelby kommun bore 217 tkr, "
        "Grannby kommun bore 125 tkr, 300 tkr was used in the area. Net over 1999–2000: the body receives 3 921 tkr from Försäkringskassan, "
        "1 789 tkr from Landstinget, 675 tkr from Exempelby kommun, 675 tkr from Grannby kommun."
    )
    assert 1_173 + 569 + 217 + 125 == 300 + 1_784
    years = [line for line in said(page, "li") if line.startswith("In ")]
    assert [line.partition(";")[0] for line in years] == [
        "In 1998 the surplus was 1 050 tkr",
        "In 1999 the surplus was 1 541 tkr",
        "In 2000 the deficit was 4 375 tkr",
    ]
    assert years[0].endswith("Nothing is paid this year: it is carried.")
    assert years[2].endswith(
        "Försäkringskassan receives 202 tkr from Landstinget; the body receives 926 tkr from Landstinget, 1 095 tkr from Exempelby kommun, "
        "529 tkr from Grannby kommun."
    )
    assert said(page, "tr")[-1] == "result+1 050+1 541−4 375−1 784"
    assert "Every party, amount, share, date and decision is invented." in said(page, "li")
    badge = next(one for one in page.named("span") if one.attributes.get("class") == "badge")
    assert badge.text == "1998–2000 final. Rests on assumptions"


def test_of_an_association_whose_capital_takes_every_result_it_says_what_members_pay_in(socsam: Socsam) -> None:
    """The frame of 2023, 8 550 001, is the state's half, a quarter of the region, and the rest of the municipalities'."""
    page = Page(socsam("report", EXAMPLES / "samordningsforbund.yaml", "--lang", "sv").out)
    assert said(page, "p") == ["Över 2021–2023 var underskottet 268 070 kr; eget kapital bar 268 070 kr."]
    assert said(page, "h3")[0] == "Vad varje part betalar in, kr"
    rows = said(page, "tr")
    assert any(row.startswith("Försäkringskassan") and "4 275 001" in row for row in rows)
    assert any(row.startswith("Regionen") and "2 137 500" in row for row in rows)
    assert rows[-1] == "fastställd ram8 400 0007 800 0008 550 0018 700 000"
    assert any(line.startswith("2024, budget: ") for line in said(page, "li"))
    told = next(one.text for one in page.named("span") if one.attributes.get("class") == "badge")
    assert told.startswith("2021–2023 fastställd, 2024 budget")


def test_the_day_is_the_one_that_the_environment_gives(socsam: Socsam, monkeypatch: pytest.MonkeyPatch) -> None:
    """86 400 seconds are a day: 10 957 of them lie between the first days of 1970 and of 2000."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(10_957 * 86_400))
    text = socsam("report", EXAMPLES / "laholm.yaml").out
    assert "2000-01-01, socsam " in Page(text).named("header")[0].text and text == socsam("report", EXAMPLES / "laholm.yaml").out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    refused = socsam("report", EXAMPLES / "laholm.yaml")
    assert refused.status == 2 and refused.err.startswith("SOURCE_DATE_EPOCH is no time\n")


def test_parts_are_left_out_where_they_are_not_wanted(socsam: Socsam) -> None:
    file = EXAMPLES / "complete.yaml"
    board = Page(socsam("report", file, "--without", "check, derivations").out)
    assert not [one for one in board.all if one.is_in("a1-check")] and not board.named("button") and board.named("svg")
    assert not [one for one in board.named("p") if "left out" in one.text]
    assert not Page(socsam("report", file, "--without", "charts").out).named("svg")
    refused = socsam("report", file, "--without", "chek")
    assert refused.status == 2 and "a page has no such part\n   it may be check, derivations, charts" in refused.err


def test_quiet_says_nothing_but_what_is_wrong(socsam: Socsam) -> None:
    file = ROOT / "tests" / "worked_example.yaml"
    idle = ("--set", "years.1998.actual.projects=1 450", "--set", "sharing.surplus=equal", "--set", "parties.kassa.note=x")
    assert socsam("report", file, *idle, "--quiet").err == ""


def test_one_payment_is_a_sentence_and_no_chart(socsam: Socsam) -> None:
    """On Gotland one pays the other, in every year in which anybody pays."""
    page = Page(socsam("report", EXAMPLES / "gotland.yaml").out)
    payments = [year["payments"] for year in settled(socsam, EXAMPLES / "gotland.yaml")[0]["years"]]
    assert max(map(len, payments)) == 1
    assert not [one.text for one in page.named("title") if one.text.startswith("Who pays whom")]


def test_parties_with_one_name_are_told_apart_by_their_ids(socsam: Socsam, tmp_path: Path) -> None:
    text = (ROOT / "tests" / "worked_example.yaml").read_text("utf-8").replace("Landstinget", "Exempelköpings kommun")
    (tmp_path / "alike.yaml").write_text(text, "utf-8")
    page = Page(socsam("report", tmp_path / "alike.yaml").out)
    assert "Exempelköpings kommun (landsting) gained 290 tkr" in said(page, "p")[0]
    names = [one.text for one in page.named("th") if one.attributes.get("scope") == "row" and one.is_in("a1-answer")]
    assert names == ["Försäkringskassan", "Exempelköpings kommun (landsting)", "Exempelköpings kommun (kommun)", "result"]


def test_a_text_in_another_language_says_so(socsam: Socsam) -> None:
    """The example states its assumptions in English, and names rows in Swedish."""
    for lang, other, text in (("sv", "en", "Every party, amount"), ("en", "sv", "Sjukpenning och rehab")):
        page = Page(socsam("report", EXAMPLES / "complete.yaml", "--lang", lang).out)
        marked = [one for one in page.named("li", "th") if one.text.startswith(text)]
        assert marked and {one.attributes.get("lang") for one in marked} == {other}
    assert "lang" not in next(one for one in page.named("li") if one.text.startswith("Every party")).attributes


def test_what_came_from_standard_input_is_no_dash(socsam: Socsam) -> None:
    text = (ROOT / "tests" / "worked_example.yaml").read_text("utf-8")
    for lang, said in (("en", "File: standard input"), ("sv", "Fil: standard in")):
        assert said in [one.text for one in Page(socsam("report", "-", "--lang", lang, text=text).out).named("p")]


def test_what_one_would_type_stands_in_quotation_marks(socsam: Socsam) -> None:
    """In derivations too; a line of the file stands as it is."""
    page = Page(socsam("report", EXAMPLES / "complete.yaml", "--year", 2000).out)
    told = " ".join(one.text for one in page.named("p", "li"))
    assert "`" not in told and "“rest”: what the other shares leave of the whole" in told
    assert "derived by “socsam explain complete.yaml 1999." in told


def test_an_amount_and_its_remainder_each_have_their_unit(socsam: Socsam) -> None:
    """Where the page is in kronor and the agreement is settled in thousands; a remainder of nothing is not told."""
    page = Page(socsam("report", EXAMPLES / "complete.yaml", "--unit", "kr").out)
    told = " ".join(one.text for one in page.named("p", "li")).replace("\u00a0", " ")
    assert "= 245 000 kr + 0,6644… tkr: down to 245 000" in told and "+ 0 tkr" not in told


def test_it_does_not_tell_where_on_a_machine_the_file_lay(socsam: Socsam, tmp_path: Path) -> None:
    folder = tmp_path / "secret-folder"
    folder.mkdir()
    (folder / "complete.yaml").write_bytes((EXAMPLES / "complete.yaml").read_bytes())
    text = socsam("report", folder / "complete.yaml").out
    assert "secret-folder" not in text
    assert "File: complete.yaml" in text


def test_own_capital_stands_against_its_ceiling_over_the_years(socsam: Socsam) -> None:
    """A bar a year and a dashed mark; only that of 2021 reaches beyond its mark. What is 0 for every party in every year has no chart."""
    page = Page(socsam("report", EXAMPLES / "samordningsforbund.yaml").out)
    charts = {page.inside(chart, "title")[0].text: chart for chart in page.named("svg") if chart.is_in("a1-years")}
    assert list(charts) == ["Own capital at the end of the year, and its ceiling, kr"]
    [chart] = charts.values()
    bars = [str(one.attributes["style"]) for one in page.inside(chart, "rect") if one.attributes.get("class") == "total"]
    marks = [str(one.attributes["style"]) for one in page.inside(chart, "line") if one.attributes.get("class") == "limit"]
    ends = [sum(map(float, re.findall(r"[\d.]+", bar))) for bar in bars]  # where it begins, and how long it is
    limits = [float(re.findall(r"[\d.]+", mark)[0]) for mark in marks]
    assert [end > limit for end, limit in zip(ends, limits, strict=True)] == [True, False, False, False]
    told = page.inside(chart, "desc")[0].text.replace("\u00a0", " ")
    assert "2021: ceiling 1 680 000 +1 885 573" in told and "2024: ceiling 1 740 000 +761 930" in told
    swedish = Page(socsam("report", EXAMPLES / "samordningsforbund.yaml", "--lang", "sv").out)
    assert "Eget kapital vid årets slut, och dess tak, kr" in {one.text for one in swedish.named("title")}


def test_what_a_result_becomes_adds_up_with_own_capital(socsam: Socsam) -> None:
    """The deficit of 2022, 477 435, is own capital's alone; in the last year of Norrskogen it gives 13,85 and all that is left, 636."""
    page = Page(socsam("report", EXAMPLES / "samordningsforbund.yaml", "--year", 2022).out)
    [chart] = [one for one in page.named("svg") if "to the parts settled" in page.inside(one, "title")[0].text]
    assert page.inside(chart, "desc")[0].text.replace("\u00a0", " ").endswith("Result −477 435; Own capital −477 435.")
    page = Page(socsam("report", EXAMPLES / "avveckling.yaml", "--year", 2023).out)
    [chart] = [one for one in page.named("svg") if "to the parts settled" in page.inside(one, "title")[0].text]
    told = page.inside(chart, "desc")[0].text
    parts = [Decimal(found.replace("−", "-").replace(",", ".")) for found in re.findall(r"[+−]\d+,\d+", told.partition("scale)")[2])]
    assert parts[0] == Decimal("-13.85") == sum(parts[1:]) and parts[-1] == Decimal("-649.85")


def test_names_that_begin_and_end_alike_are_told_apart_in_charts(socsam: Socsam, tmp_path: Path) -> None:
    """Where a chart has no room for what differs, their ids do it; its text alternative has every name in full."""
    text = (ROOT / "tests" / "worked_example.yaml").read_text("utf-8")
    names = [f"Kommunalförbundet för samordnad rehabilitering i {part} och dess många grannkommuner" for part in ("norra", "södra")]
    text = text.replace("Landstinget", names[0]).replace("Exempelköpings kommun", names[1])
    (tmp_path / "long.yaml").write_text(text, "utf-8")
    page = Page(socsam("report", tmp_path / "long.yaml").out)
    chart = next(chart for chart in page.named("svg") if "pays whom" in page.inside(chart, "title")[0].text)
    drawn = " ".join(one.text for one in page.inside(chart, "text"))
    assert "kommun: Kommunal" in drawn and "…" in drawn and "grannkommuner" in drawn
    assert page.inside(chart, "desc")[0].text.count(names[1]) == 1


def many(parties: int, name: str = "") -> str:
    """An agreement of so many parties, each with an activity of its own, in which money flows through the body and every party pays."""
    ids = [f"p{number}" for number in range(1, parties + 1)]
    names = "".join(f"  {id_}: {{role: municipality{f', name: {name} {id_}' if name else ''}}}\n" for id_ in ids)
    funded = "".join(f"  a{id_}: {{funder: {id_}, cost: health_care}}\n" for id_ in ids)
    frame, cost = ("".join(f"      a{id_}: {1000 + at * 10 + more}\n" for at, id_ in enumerate(ids)) for more in (0, 7))
    return (
        f"format: socsam/1\narea: Många\nunit: tkr\nperiod: {{start: 1998-01-01, end: 1998-12-31}}\nparties:\n{names}activities:\n{funded}"
        f"sharing: {{surplus: frame, deficit: equal, flow: real}}\nyears:\n  1998:\n    frame:\n{frame}    actual:\n{cost}"
    )


def test_many_parties_are_drawn_so_that_they_can_be_read_on_paper(socsam: Socsam, tmp_path: Path) -> None:
    """Bars on several charts, none higher than a sheet; a flow shows twelve at a side, the smallest as one; its text names all."""
    (tmp_path / "many.yaml").write_text(many(30, "Kommunalförbundet för samordnad rehabilitering i"), "utf-8")
    page = Page(socsam("report", tmp_path / "many.yaml").out)
    charts = {page.inside(chart, "title")[0].text: chart for chart in page.named("svg")}
    sheets = [title for title in charts if title.startswith("From the preliminary frame")]
    assert [title.rpartition(" ")[2] for title in sheets] == [f"({number}/{len(sheets)})" for number in range(1, len(sheets) + 1)]
    assert len(sheets) > 2 and all(
        float(str(chart.attributes.get("height") or str(chart.attributes["viewbox"]).split()[3])) < 1000 for chart in charts.values()
    )
    for title in (
        "Money through the body before the settlement, 1998, tkr",
        "What the parties put into the frame, and what it is for, 1998, tkr",
    ):
        drawn = [one.text for one in page.inside(charts[title], "text")]
        assert "19 other parties" in " ".join(drawn)
        assert all(page.inside(charts[title], "desc")[0].text.count(f"i p{number} ") for number in range(1, 31))
        bands = [one for one in page.inside(charts[title], "path") if one.attributes.get("class") == "band"]
        assert len(bands) == 24 + title.startswith("Money")  # and what the body advanced
    paid = [text.text for text in page.inside(charts["Who pays whom, 1998, tkr"], "text")]
    assert sum(text.startswith(("pays", "receives")) for text in paid) <= 24


def test_a_party_without_a_name_is_called_by_its_id_everywhere(socsam: Socsam, tmp_path: Path) -> None:
    (tmp_path / "ids.yaml").write_text(many(3), "utf-8")
    page = Page(socsam("report", tmp_path / "ids.yaml").out)
    drawn = {text.text for text in page.named("text")}
    assert "p1" in drawn and "P1" not in drawn


def test_very_long_names_are_shortened_at_once(socsam: Socsam, tmp_path: Path) -> None:
    """As long as a name can be kept at three lines: nothing more of it is cut than must be."""
    from socsam_calc.report.page.svg import wrapped

    name = "Kommunalförbundet för samordnad rehabilitering i norra delen och dess många grannkommuner " * 3
    lines = wrapped(name, 17)
    assert len(lines) == 3 and max(map(len, lines)) <= 17
    assert sum(map(len, lines)) > 3 * 17 - 12 and "…" in "".join(lines)
    assert wrapped("Kommun", 17) == ("Kommun",) and wrapped("", 17) == ("",)


def test_a_text_too_broad_for_its_room_is_squeezed_into_it() -> None:
    """Whatever font the reader has: a table says how wide letters are in the broadest."""
    from socsam_calc.report.page.svg import Drawing, wide

    assert wide("WWWW") > wide("nnnn") > wide("iiii") and wide("1\u00a0234", strong=True) > wide("1\u00a0234")
    drawing = Drawing("k")
    drawing.lines(0, 10, ["Kommun", "MMMMMMMMMM"], 100)
    drawn = drawing.chart(30, "Names", "Kommun").drawing
    assert re.findall("<text[^>]*>", drawn) == [
        '<text x="0" y="6.6">',
        '<text textLength="100" lengthAdjust="spacingAndGlyphs" x="0" y="21.6">',
    ]


def test_a_drawing_stands_alone() -> None:
    """It is whole XML, tells itself in words, escapes its texts, and every id of it begins with its key; it can stand outside a page."""
    from xml.etree import ElementTree

    from socsam_calc.report.page.charts import Panel, Row, bars

    rows = [
        Row('<Frame> & "cost"', 0, 100, "100", True),
        Row("gain", 100, 130, "+30"),
        Row("loss", 130, 90, "−40"),
        Row("none", 90, 90, "0"),
    ]
    [chart] = bars(iter(["k7"]), "Who & what", [Panel("", rows, True)])
    root = ElementTree.fromstring(chart.drawing)
    assert [element.text for element in root][:2] == ["Who & what", '<Frame> & "cost" 100; gain +30; loss −40; none 0.']
    ids = [str(element.get("id")) for element in root.iter() if element.get("id")]
    assert ids == ["k7-title", "k7-desc", "k7-gain", "k7-loss"]
    assert [element.get("class") for element in root.iter("rect") if element.get("class")] == ["total", "gained", "lost"]


def test_a_page_of_many_years_derives_each_once(socsam: Socsam, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Once more only a year whose years before are left out: what it would lead to is told instead. Where no derivation has room, at most one is made."""
    from socsam_calc.report.page import page as module

    years = "".join(
        f"  {year}: {{frame: {{kassa: 100, kommun: 50}}, actual: {{kassa: 90, kommun: {year - 1950}}}}}\n" for year in range(1994, 2014)
    )
    (tmp_path / "many.yaml").write_text(
        "format: socsam/1\narea: Många år\nunit: tkr\nperiod: {start: 1994-01-01, end: 2013-12-31}\n"
        "parties:\n  kassa: {role: insurance_office}\n  kommun: {role: municipality}\n"
        f"sharing: {{surplus: frame, deficit: equal}}\nyears:\n{years}",
        "utf-8",
    )
    made, derived = [], module.derived
    monkeypatch.setattr(module, "derived", lambda *held: made.append(held[3].year) or derived(*held))
    whole = socsam("report", tmp_path / "many.yaml").out
    assert made == list(range(1994, 2014))
    made.clear()
    monkeypatch.setattr(module, "LARGEST", len(whole.encode()) * 3 // 4)
    smaller = socsam("report", tmp_path / "many.yaml").out
    assert made[:20] == list(range(1994, 2014)) and len(made) <= 20 + 5
    assert 1 < smaller.count("How the figures of") < 20
    made.clear()
    monkeypatch.setattr(module, "LARGEST", 60_000)
    assert "How the figures of" not in socsam("report", tmp_path / "many.yaml").out and not made
    monkeypatch.setattr(module, "LARGEST", 1_000_000)
    tables_and_charts = socsam("report", tmp_path / "many.yaml", "--without", "derivations").out
    monkeypatch.setattr(module, "LARGEST", len(tables_and_charts.encode()) + 10_000)
    assert "How the figures of" not in socsam("report", tmp_path / "many.yaml").out
    assert made == [2013], "where the newest year's have no room, no others are made"


def test_the_rules_that_steps_rest_on_stand_once_with_their_sources(socsam: Socsam) -> None:
    page = Page(socsam("report", ROOT / "tests" / "worked_example.yaml").out)
    listed = {element.attributes["id"]: element.text for element in page.named("li") if element.is_in("cited")}
    assert "§ 2, rule 18: Report 4.1.2" in listed.values()
    cited = [link for link in page.named("a") if link.text.startswith("§ ")]
    assert len(cited) > 20
    for link in cited:
        assert listed[str(link.attributes["href"]).removeprefix("#")].startswith(link.text)


def test_the_same_figures_give_the_same_bytes(socsam: Socsam) -> None:
    first, second = (socsam("report", EXAMPLES / "complete.yaml").out for _ in range(2))
    assert first == second


def test_settle_writes_the_same_page(socsam: Socsam, tmp_path: Path) -> None:
    file = EXAMPLES / "complete.yaml"
    assert socsam("settle", file, "-o", tmp_path / "a.html").status == 0
    assert (tmp_path / "a.html").read_text("utf-8") == socsam("report", file).out


def test_swedish_leaves_no_english(socsam: Socsam) -> None:
    """Texts of the file apart, the Swedish page holds no word of the English catalogue that differs in Swedish."""
    page = Page(socsam("report", ROOT / "tests" / "worked_example.yaml", "--lang", "sv").out)
    assert page.named("html")[0].attributes["lang"] == "sv"
    texts = {element.text for element in page.named("h2", "h3", "th", "caption", "dt", "figcaption", "li", "text", "title", "a", "p")}
    english = {text for text, swedish in SWEDISH.items() if text.lower() != swedish.lower()}
    assert not {text for text in texts for known in english if text.lower() == known.lower()}
    assert {"Ram, tkr", "Avräkning, tkr", "Betalningar", "Fastställd ram", "Vem som betalar vem, 1998, tkr"} <= texts


def test_every_text_of_the_template_has_its_swedish() -> None:
    template = (ROOT / "socsam_calc" / "report" / "page" / "page.html").read_text("utf-8")
    spoken = {text for _, text in re.findall(r"""words\((["'])(.*?)\1""", template)}
    assert len(spoken) > 5 and spoken <= set(SWEDISH)


HOSTILE = """<script>alert(1)</script>"'&amp;]]>{{ 7*7 }}{% raw %}$x^2$<!--"""


def hostile() -> str:
    """The worked example with a name that is markup, a template, an entity and a formula all at once, wherever text may stand."""
    text = (ROOT / "tests" / "worked_example.yaml").read_text("utf-8")
    quoted = json.dumps(HOSTILE)
    text = re.sub(
        r"(\b(?:name|area|title): )[^}\n]*?(, (?:role|funder|performer):|}|$)",
        lambda found: f"{found[1]}{quoted}{found[2]}",
        text,
        flags=re.MULTILINE,
    )
    return text.replace("assumptions:\n", f"assumptions:\n  - {quoted}\n").replace(
        "  1998:\n", f"  1998:\n    note: {quoted}\n    source: {quoted}\n", 1
    )


def test_text_of_a_file_never_becomes_markup(socsam: Socsam, tmp_path: Path) -> None:
    file = tmp_path / "<u>&.yaml"
    file.write_text(hostile(), "utf-8")
    outcome = socsam("report", file)
    assert outcome.status == 0, outcome.err
    page = Page(outcome.out)
    plain = Page(socsam("report", ROOT / "tests" / "worked_example.yaml").out)
    assert not page.named("script", "u")
    assert {element.name for element in page.all} == {element.name for element in plain.all}
    assert page.named("title")[0].text == f"{HOSTILE}: {HOSTILE}" or page.named("title")[0].text == HOSTILE
    assert any(HOSTILE in element.text for element in page.named("th"))
    assert any(HOSTILE in element.text for element in page.named("li"))
    assert any(HOSTILE in element.text for element in page.named("desc"))
    assert "49" not in page.named("h1")[0].text


def test_it_is_written_whole_or_not_at_all(socsam: Socsam, tmp_path: Path) -> None:
    output = tmp_path / "report.html"
    output.write_text("before")
    outcome = socsam("report", EXAMPLES / "complete.yaml", "no-such.yaml", "-o", output)
    assert outcome.status == 2
    assert output.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_page_is_a_page(socsam: Socsam, tmp_path: Path) -> None:
    outcome = socsam("report", EXAMPLES / "complete.yaml", "-o", tmp_path / "report.pdf")
    assert outcome.status == 2
    assert outcome.err.endswith("report.pdf: a report is a page of HTML\n   end the name in .html\n")


@pytest.mark.parametrize("library", ["jinja2", "pyphen"])
def test_a_missing_library_is_one_clear_message(socsam: Socsam, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    outcome = socsam("report", EXAMPLES / "complete.yaml", "-o", tmp_path / "report.html")
    assert outcome.status == 2
    assert "pip install 'socsam-calc[report]'" in outcome.err and "Traceback" not in outcome.err
    assert not list(tmp_path.iterdir())
