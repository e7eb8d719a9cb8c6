"""Settlements in a notebook: the example runs in a real kernel and shows what it is recorded to show; results turn into data."""

from __future__ import annotations

import asyncio
import base64
import copy
import json
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from conftest import EXAMPLES, Outcome

from socsam_calc import AgreementError, OutputError, Settlements, check, evaluate, load, norm, settle, simulate, whatif

Socsam = Callable[..., Outcome]
NOTEBOOK = EXAMPLES / "notebook.ipynb"
HOSTILE = """
format: socsam/1
area: "<script>alert(1)</script>"
title: "&amp; ![x](y)"
assumptions: ["<img src=x onerror=alert(1)>"]
period: {start: 2000-01-01, end: 2000-12-31}
rounding: öre
parties:
  a: {name: "<b>A</b>", role: municipality}
  b: {name: '"><i>', role: county_council}
sharing: {surplus: frame, deficit: equal}
years: {2000: {frame: {a: "0,10", b: "0,20"}, actual: {a: "0,03", b: "0,14"}}}
"""


def shown(cell: Any) -> list[Any]:
    """What a cell prints and shows, without what a library of data frames draws its own way. What is printed may come in several parts."""
    outputs: list[Any] = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        html = data.get("text/html", "")
        if output.get("text") and outputs and outputs[-1][0]:
            outputs[-1] = (outputs[-1][0] + output["text"], *outputs[-1][1:])
            continue
        outputs.append((output.get("text"), data.get("text/plain"), None if "dataframe" in html else html))
    return outputs


@pytest.mark.filterwarnings("ignore")  # of the kernel's own libraries
def test_the_example_runs_in_a_kernel_and_shows_what_is_recorded(request: pytest.FixtureRequest) -> None:
    import nbformat
    from nbclient import NotebookClient

    recorded = nbformat.read(NOTEBOOK, as_version=4)
    run = copy.deepcopy(recorded)
    client = NotebookClient(run, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(EXAMPLES)}}, record_timing=False)
    asyncio.run(client.async_execute())
    if request.config.getoption("--record"):
        run.metadata = nbformat.from_dict({"kernelspec": recorded.metadata.kernelspec, "language_info": {"name": "python"}})
        nbformat.write(run, NOTEBOOK)
        recorded = run
    assert [shown(cell) for cell in run.cells] == [shown(cell) for cell in recorded.cells]
    assert any("text/html" in output.get("data", {}) for cell in run.cells for output in cell.get("outputs", []))


class Tags(HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.inside = False
        self.rows: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.inside:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("td", "th")


def test_text_of_a_file_never_becomes_markup_in_a_notebook() -> None:
    settlement = settle(load("x.yaml", text=HOSTILE))
    for html in (settlement._repr_html_(), Settlements([settlement, settlement])._repr_html_()):
        page = Tags(html)
        assert page.tags <= {"div", "h3", "h4", "p", "img", "strong", "table", "caption", "thead", "tbody", "tr", "th", "td"}
        assert "<script>alert(1)</script>" in page.text
        assert "<img src=x onerror=alert(1)>" in page.text


def pictures(result: Any) -> list[ET.Element]:
    """The images that a notebook is given for a result, read as the documents that they are."""
    found = re.findall('src="data:image/svg\\+xml;base64,([^"]+)"', result._repr_html_())
    return [ET.fromstring(base64.b64decode(one)) for one in found]


def drawn(picture: ET.Element) -> set[str]:
    """The texts of an image."""
    return {(text.text or "").replace("\xa0", " ") for text in picture.iter("{http://www.w3.org/2000/svg}text")}


def test_a_notebook_shows_the_charts_of_the_page() -> None:
    """Of several years what each party ends with; of one year the way to that, the payments, and the frame: 420 is received in 1999."""
    settlement = settle(load(EXAMPLES / "complete.yaml"))
    [together, _] = pictures(settlement)
    assert {"Landstinget", "1998", "+121", "1999", "+338"} <= drawn(together)
    way, payments, frame = pictures(settlement.only(1999))
    assert {"Who ends with the result (its own scale)", "+338"} <= drawn(way)
    assert {"pays 4 123", "receives 420"} <= drawn(payments)
    assert {"Försäkringskassans förvaltning", "Arbetsskadesjukpenning", "139 371"} <= drawn(frame)
    assert "#ffffff" in settlement._repr_html_() and "<script" not in settlement._repr_html_()
    assert len(pictures(norm(EXAMPLES / "norm" / "land.csv", base=["fixed:1995", "moving"]))) == 2
    [varied] = pictures(whatif(EXAMPLES / "gotland.yaml", settings=["sharing.shared=50 %"]))
    assert {"as it stands", "−11 325", "−5 663"} <= drawn(varied)


def test_a_notebook_without_the_library_of_charts_shows_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyphen", None)
    settlement = settle(load(EXAMPLES / "complete.yaml")).only(1999)
    assert settlement._repr_html_() == settlement.to_html()


def test_the_notebook_shows_the_figures_of_the_table(socsam: Socsam) -> None:
    """Every row of a table in the page is a line of the printed table."""
    printed = {
        tuple(line.split()) for line in socsam("settle", "examples/complete.yaml", "--year", "1999", "--lang", "sv", "-q").out.splitlines()
    }
    page = Tags(settle(load(EXAMPLES / "complete.yaml")).only(1999).to_html(lang="sv"))
    assert len(page.rows) > 10
    for row in page.rows:
        assert tuple(" ".join(row).split()) in printed


def test_the_dict_is_the_json_with_exact_numbers(socsam: Socsam) -> None:
    settlement = settle(load(EXAMPLES / "complete.yaml"))
    printed = json.loads(socsam("settle", "examples/complete.yaml", "-f", "json").out, parse_float=Decimal)
    data = settlement.to_dict()
    data["settlements"][0]["file"] = printed["settlements"][0]["file"]
    assert data == printed
    ore = settle(load("x.yaml", text=HOSTILE)).to_dict()["settlements"][0]["years"][0]
    assert ore["totals"]["result"] == Decimal("0.13")
    assert [type(party["paid"]) for party in ore["parties"]] == [Decimal, Decimal]


@pytest.mark.parametrize(
    ("arguments", "call"),
    [
        (["-f", "json"], lambda settlement: settlement.to_json()),
        (["-f", "csv"], lambda settlement: settlement.to_csv()),
        (["-f", "csv", "--rows", "activities", "--excel"], lambda settlement: "\ufeff" + settlement.to_csv("activities", excel=True)),
        (["-f", "markdown", "-q", "--lang", "sv"], lambda settlement: settlement.to_markdown(lang="sv")),
        (["-q", "--unit", "mkr"], lambda settlement: settlement.to_text(unit="mkr")),
    ],
)
@pytest.mark.parametrize("files", [["examples/hisingen.yaml"], ["examples/laholm.yaml", "examples/complete.yaml"]])
def test_every_format_of_the_command_is_one_call(
    socsam: Socsam, monkeypatch: pytest.MonkeyPatch, files: list[str], arguments: list[str], call: Callable[[Any], str]
) -> None:
    monkeypatch.chdir(EXAMPLES.parent)
    assert call(settle(files)) == socsam("settle", *files, *arguments).out


def test_a_folder_and_settings_are_settled_in_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES.parent)
    settlements = settle(["examples"])
    assert [settlement.file for settlement in settlements] == [f"examples/{path.name}" for path in sorted(EXAMPLES.glob("*.yaml"))]
    (one,) = settle(["examples/laholm.yaml"], settings=["years.2000.result=−5 000"])
    assert one.year(2000).totals.result == -5_000_000
    with pytest.raises(AgreementError) as caught:
        settle(["examples/none.yaml", "examples/nothing.yaml"])
    assert len(caught.value.problems) == 2


def test_one_year_alone() -> None:
    settlement = settle(load(EXAMPLES / "complete.yaml"))
    assert repr(settlement) == "<Settlement of Exempelby: 1998, 1999, 2000>"
    assert repr(settlement.only(1999)) == "<Settlement of Exempelby: 1999>"
    with pytest.raises(KeyError):
        settlement.only(1990)
    with pytest.raises(AttributeError):
        settlement.file = "other"


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_data_frames_hold_exact_kronor(library: str) -> None:
    """Kommun's part of the shared result of 1999, as the table of the example prints it: 560 tkr."""
    frame = settle(load(EXAMPLES / "complete.yaml")).to_frame(library=library)
    assert type(frame).__module__.startswith(library)
    rows = frame.to_dict("records") if library == "pandas" else frame.to_dicts()
    (row,) = [row for row in rows if row["id"] == "kommun" and row["year"] == 1999]
    assert row["allocated"] == 560_000
    assert str(frame["allocated"].dtype) == "Int64"
    ore = settle(load("x.yaml", text=HOSTILE)).to_frame("activities", library)
    assert list(ore["actual"]) == [Decimal("0.03"), Decimal("0.14")]
    assert sum(ore["result"]) == Decimal("0.13")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_says_what_its_numbers_count(library: str) -> None:
    """Amounts are kronor whatever the unit of the file, tkr here; years, numbers of draws and chances count nothing that has a unit."""
    settlement = settle(load(EXAMPLES / "complete.yaml"))
    assert {"year", "settled", "name"} < set(settlement.to_frame(library=library).columns)
    named = settlement.to_frame(library=library, units=True)
    assert {"year", "settled_kr", "name"} < set(named.columns)
    assert int(named["settled_kr"].sum()) == sum(party.settled or 0 for year in settlement.years for party in year.parties)
    drawn = simulate(EXAMPLES / "whatif" / "uncertain.yaml", draws=5, seed=1)
    assert {"seed", "draws", "mean_kr", "chance_negative"} < set(drawn.to_frame(library=library, units=True).columns)
    columns = drawn.to_frame("draws", library, units=True).columns
    assert {"draw", "years.2000.actual.sickness_kr", "series.national_sickness_cost.outcome.2000", "2000.parties.kassa.settled_kr"} < set(
        columns
    )
    shares = norm(EXAMPLES / "norm" / "land.csv", base="fixed:1995").to_frame("bases", library, units=True)
    assert {"areas", "frame_kr", "p50_percent"} < set(shares.columns)
    with pytest.raises(OutputError, match="True or False"):
        settlement.to_frame(units="kr")


def test_a_frame_of_pandas_keeps_the_units_beside_the_names_of_the_csv() -> None:
    frame = evaluate(EXAMPLES / "evaluation" / "exempelby.yaml").to_frame()
    assert frame.attrs["units"]["effect"] == "kr" and frame.attrs["units"]["percent_of_frame_low"] == "%"
    assert frame[["id", "effect"]].head(1).attrs == frame.attrs


def test_what_is_not_known_is_missing_in_a_frame() -> None:
    frame = settle(load(EXAMPLES / "laholm.yaml")).to_frame()
    assert frame["settled"].isna().all()


def test_pandas_comes_first_and_polars_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    settlement = settle(load(EXAMPLES / "laholm.yaml"))
    assert type(settlement.to_frame()).__module__.startswith("pandas")
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert type(settlement.to_frame()).__module__.startswith("polars")
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(OutputError, match=r"a data frame needs pandas or polars\n   pip install 'socsam-calc\[notebook\]'"):
        settlement.to_frame()
    with pytest.raises(OutputError, match=r"pip install polars"):
        settlement.to_frame(library="polars")


def test_what_a_check_found_shows_and_turns_into_data(socsam: Socsam) -> None:
    checked = check(load(EXAMPLES / "gotland.yaml"))
    printed = json.loads(socsam("check", "examples/gotland.yaml", "-f", "json").out)
    data = checked.to_dict()
    assert json.dumps(data).replace(str(EXAMPLES.parent) + "/", "") == json.dumps(printed)
    frame = checked.to_frame()
    assert list(frame["code"]) == [finding.code for finding in checked.findings]
    page = Tags(checked._repr_html_())
    assert all(finding.message in page.text for finding in checked.findings if not finding.ignored)
    assert "<script>" in Tags(check(load("x.yaml", text=HOSTILE))._repr_html_()).text
