"""The report page in a real Chromium: silent, alone, never wider than its window, clean on paper."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import browser
import pytest
from conftest import EXAMPLES, ROOT, Outcome
from test_report_page import HOSTILE, hostile

Socsam = Callable[..., Outcome]
PAGES = ("worked", "complete", "several", "wide", "hostile")
UNFOLD = "document.querySelectorAll('details').forEach(one => one.open = true); document.querySelectorAll('.unfold input').forEach(one => one.click())"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    browser.needed()
    with browser.chromium() as driver:
        yield driver


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages that are looked at: the smallest, the fullest, several trials, a very wide one, one that means harm."""
    from socsam_calc import load, norm, settle
    from socsam_calc.report.data.norm import Case
    from socsam_calc.report.page.norm import render as of_norm
    from socsam_calc.report.page.page import render
    from socsam_calc.report.told.words import Words

    made = tmp_path_factory.mktemp("pages")
    (made / "hostile.yaml").write_text(hostile(), "utf-8")
    (made / "wide.yaml").write_text(wide(), "utf-8")
    (made / "huge.yaml").write_text(huge(), "utf-8")
    sources = {
        "worked": [ROOT / "tests" / "worked_example.yaml"],
        "complete": [EXAMPLES / "complete.yaml"],
        "several": [EXAMPLES / name for name in ("finspang.yaml", "gotland.yaml", "haninge.yaml", "hisingen.yaml")],
        "wide": [made / "wide.yaml"],
        "huge": [made / "huge.yaml"],
        "hostile": [made / "hostile.yaml"],
    }
    for name, files in sources.items():
        settled = [(document, settle(document)) for document in map(load, files)]
        shown = [(document, settlement, settlement.years) for document, settlement in settled]
        page = render(shown, Words("sv"), made="2026-11-30, socsam 0.1.0")
        (made / f"{name}.html").write_text(page, "utf-8")
    areas = norm(EXAMPLES / "norm" / "land.csv", base=["fixed:1995", "moving"])
    (made / "folder.html").write_text(
        render(
            [(one, done, done.years) for one in map(load, sorted(EXAMPLES.glob("*.yaml"))) for done in (settle(one),)],
            Words("sv"),
            made="2026-11-30, socsam 0.1.0",
        ),
        "utf-8",
    )
    (made / "norm.html").write_text(of_norm(Case(areas), Words("sv"), made="2026-11-30, socsam 0.1.0"), "utf-8")
    return made


def wide() -> str:
    """Nine parties with names that cannot be broken, amounts of billions, eight years that carry to the ninth."""
    parties = [f"kommun{number}" for number in range(1, 10)]
    names = "".join(f"  {party}: {{name: {'Mellansverigesbefolkningscentrum' + party}, role: municipality}}\n" for party in parties)
    frame = "".join(f"      {party}: 9 999 999 {number}00\n" for number, party in enumerate(parties, 1))
    cost = "".join(f"      {party}: 9 999 {number}99 900\n" for number, party in enumerate(parties, 1))
    years = "".join(f"  {year}:\n    frame:\n{frame}    actual:\n{cost}" for year in range(1992, 2000))
    return (
        f"format: socsam/1\narea: {'Samverkansområdet' * 4}\nunit: tkr\nperiod: {{start: 1992-01-01, end: 2000-12-31}}\n"
        f"assumptions: [{'x' * 300}]\nparties:\n{names}sharing: {{surplus: frame, deficit: equal, distribute: at_end}}\nyears:\n{years}"
    )


def huge() -> str:
    """Thirty parties with amounts of ten thousand billion, to the öre."""
    parties = [f"kommun{number}" for number in range(1, 31)]
    names = "".join(f"  {party}: {{name: Samverkande {party}, role: municipality}}\n" for party in parties)
    frame = "".join(f"      {party}: 9 999 999 999 9{number:02},99\n" for number, party in enumerate(parties, 1))
    funded = "".join(f"  {party}: {{funder: {party}, cost: health_care}}\n" for party in parties)
    cost = "".join(f"      {party}: 9 999 999 999 {number + 100},98\n" for number, party in enumerate(parties, 1))
    return (
        "format: socsam/1\narea: Hela landet\nunit: kr\nrounding: öre\nperiod: {start: 1998-01-01, end: 1998-12-31}\n"
        f"parties:\n{names}activities:\n{funded}"
        f"  joint: {{performer: body, cost: joint_measures}}\nsharing: {{surplus: frame, deficit: equal, flow: real}}\nyears:\n"
        f"  1998:\n    frame:\n{frame}      joint: {{kommun1: '1 000 000 000 000,01', kommun2: '1 000 000 000 000,01'}}\n"
        f"    actual:\n{cost}      joint: 2 000 000 000 000,01\n"
    )


@pytest.mark.parametrize("name", PAGES)
def test_no_message_and_no_request(chromium: Any, folder: Path, name: str) -> None:
    with browser.served(folder) as (address, asked):
        chromium.get("about:blank")
        browser.requests(chromium)
        chromium.get_log("browser")
        chromium.get(f"{address}/{name}.html")
        browser.size(chromium, 1440)
        chromium.execute_script(UNFOLD)
        assert chromium.get_log("browser") == []
        assert [url for url in browser.requests(chromium) if not url.startswith("data:")] == [f"{address}/{name}.html"]
        assert asked == [f"/{name}.html"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_window(chromium: Any, folder: Path, name: str, width: int, scheme: str) -> None:
    chromium.get((folder / f"{name}.html").as_uri())
    browser.size(chromium, width, scheme=scheme)
    chromium.execute_script(UNFOLD)
    whole, window = chromium.execute_script("return [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert window == width
    assert whole <= window
    cut = """return [...document.querySelectorAll('h1, h2, h3, p, dd, dt, li, figcaption')].filter(
        one => !one.closest('.scroll') && one.getClientRects().length && one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"""
    assert chromium.execute_script(cut) == []


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_what_a_figure_opens_is_whole_and_in_the_window(chromium: Any, folder: Path, name: str, width: int) -> None:
    """Each in its turn, the one before closing: beside its figure, over the table around it, and not making the page wider."""
    chromium.get((folder / f"{name}.html").as_uri())
    browser.size(chromium, width)
    opened, odd = chromium.execute_script("""
        const odd = [], all = [...document.querySelectorAll('button[data-figure]')];
        for (const one of all) {
            one.scrollIntoView({block: 'center', inline: 'center'});
            one.click();
            const panel = document.getElementById(one.getAttribute('popovertarget')), box = panel.getBoundingClientRect();
            const figure = one.getBoundingClientRect(), root = document.documentElement, seen = document.elementFromPoint(box.x + 3, box.y + 3);
            if (box.left < 0 || box.right > root.clientWidth || panel.scrollWidth > panel.clientWidth || box.top < 0 || box.bottom > innerHeight
                || (box.top < figure.bottom && box.bottom > figure.top) || Math.min(box.top - figure.bottom, figure.top - box.bottom) > 40
                || root.scrollWidth > root.clientWidth || !panel.contains(seen) || document.querySelectorAll(':popover-open').length !== 1)
                odd.push([one.textContent, JSON.stringify(box), JSON.stringify(figure), String(seen && seen.outerHTML).slice(0, 200)]);
            panel.hidePopover();
        }
        return [all.length, odd]""")
    assert opened > 30
    assert odd == []


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("name", [*PAGES, "huge"])
def test_the_text_of_a_chart_stays_inside_it_and_covers_no_other(chromium: Any, folder: Path, name: str, width: int) -> None:
    """Also where thirty parties pay amounts of ten thousand billion, to the öre."""
    chromium.get((folder / f"{name}.html").as_uri())
    browser.size(chromium, width)
    outside = """return [...document.querySelectorAll('svg.chart text')].filter(text => {
        const inner = text.getBoundingClientRect(), outer = text.closest('svg').getBoundingClientRect();
        return inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;
    }).map(text => text.textContent)"""
    assert chromium.execute_script(outside) == []
    covered = """return [...document.querySelectorAll('svg.chart')].flatMap(chart => {
        const texts = [...chart.querySelectorAll('text')].map(one => [one.textContent, one.getBoundingClientRect()]);
        return texts.flatMap(([text, box], at) => texts.slice(at + 1).filter(([, other]) =>
            Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1
            && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 3).map(([other]) => [text, other]));
    })"""
    assert chromium.execute_script(covered) == []


@pytest.mark.parametrize(("width", "least", "most"), [(360, 10.5, 16), (768, 10.5, 16), (1440, 12, 16)])
@pytest.mark.parametrize("name", PAGES)
def test_the_text_of_a_chart_is_hardly_smaller_than_that_around_it(
    chromium: Any, folder: Path, name: str, width: int, least: float, most: float
) -> None:
    chromium.get((folder / f"{name}.html").as_uri())
    browser.size(chromium, width)
    sizes = chromium.execute_script("""return [...document.querySelectorAll('svg.chart text')].filter(text => text.checkVisibility()).map(
        text => parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement.getScreenCTM().a)""")
    assert sizes and least <= min(sizes) and max(sizes) <= most


@pytest.mark.parametrize(("width", "least"), [(360, 0.99), (768, 0.99), (1440, 0.7)])
@pytest.mark.parametrize("name", PAGES)
def test_charts_use_the_width_there_is(chromium: Any, folder: Path, name: str, width: int, least: float) -> None:
    """A row of them reaches across the page, on a telephone each chart does; a wide drawing takes the place of a narrow one, never both."""
    chromium.get((folder / f"{name}.html").as_uri())
    browser.size(chromium, width)
    used = chromium.execute_script("""return [...document.querySelectorAll('.charts')].filter(one => one.childElementCount).map(charts => {
        const boxes = [...charts.querySelectorAll('svg.chart')].map(one => one.getBoundingClientRect()).filter(box => box.width);
        const first = boxes.filter(box => box.left < boxes[0].right || box.top < boxes[0].bottom);
        const room = charts.getBoundingClientRect();
        return (Math.max(...first.map(box => box.right)) - room.left) / room.width;
    })""")
    assert used and min(used) >= least
    assert chromium.execute_script("""return [...document.querySelectorAll('figure')].map(
        one => [...one.querySelectorAll('svg')].filter(svg => svg.checkVisibility()).length)""") == [1] * len(
        chromium.find_elements("css selector", "figure")
    )


@pytest.mark.parametrize("name", ["worked", "complete", "several"])
def test_on_a_desk_every_table_is_there_and_that_of_the_answer_needs_no_scrolling(chromium: Any, folder: Path, name: str) -> None:
    chromium.get((folder / f"{name}.html").as_uri())
    browser.size(chromium, 1440)
    shown, cut = chromium.execute_script("""return [
        [...document.querySelectorAll('article table')].map(one => one.checkVisibility()),
        [...document.querySelectorAll('.answer .scroll')].filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)]""")
    assert shown and all(shown)
    assert cut == []


def test_names_beside_a_flow_are_whole_where_there_is_room(chromium: Any, folder: Path) -> None:
    """On a telephone they are taken apart, on a desk they stand as they are."""
    chromium.get((folder / "complete.html").as_uri())
    names = {"Arbetsskadesjukpenning", "Köp av rehabiliteringstjänster", "Försäkringskassans förvaltning", "Exempelby kommun"}
    texts = """return [...document.querySelectorAll('.slim text, .broad text')].filter(one => one.checkVisibility()).map(one => one.textContent)"""
    browser.size(chromium, 1440)
    shown = chromium.execute_script(texts)
    assert names <= set(shown) and not [text for text in shown if text.endswith("-") or "…" in text]
    browser.size(chromium, 360)
    assert names & set(chromium.execute_script(texts)) == {"Exempelby kommun"}


def test_what_is_printed_can_be_read(chromium: Any, folder: Path) -> None:
    """Nine parties with amounts of billions over eight years: tables in pieces, nowhere below seven points."""
    chromium.get((folder / "wide.html").as_uri())
    titles = [one.text for one in chromium.find_elements("css selector", "#a1-answer .table h3")]
    assert len(titles) > 1
    assert titles == [f"Vad varje part slutar på, tkr ({number}/{len(titles)})" for number in range(1, len(titles) + 1)]
    try:
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        sizes = chromium.execute_script(
            "return [...document.querySelectorAll('td')].map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(sizes) * 72 / 96 >= 7
    finally:
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def contrast(first: str, second: str) -> float:
    """How well two colours can be told apart, as WCAG 2 defines it: 1 to 21."""

    def light(colour: str) -> float:
        parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((light(first), light(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_can_be_read(chromium: Any, folder: Path, scheme: str) -> None:
    chromium.get((folder / "worked.html").as_uri())
    browser.size(chromium, 1440, scheme=scheme)
    read = "const style = getComputedStyle(document.documentElement); return arguments[0].map(name => style.getPropertyValue('--' + name).trim())"
    paper, soft, *texts = chromium.execute_script(read, ["paper", "soft", "ink", "muted", "accent", "good", "bad"])
    assert (contrast(paper, "#ffffff") < 2) == (scheme == "light")
    assert min(contrast(text, ground) for text in texts for ground in (paper, soft)) >= 4.5


def test_on_paper(chromium: Any, folder: Path) -> None:
    """A4; every sheet but the first, which has them itself, says at its head of what it is and when it was made; nothing of the screen's navigation."""
    from pypdf import PdfReader

    chromium.get((folder / "complete.html").as_uri())
    browser.size(chromium, 1440, scheme="dark")
    pages = PdfReader(io.BytesIO(browser.printed(chromium))).pages
    texts = [page.extract_text() for page in pages]
    assert all(
        round(float(page.mediabox.width) / 72 * 25.4) == 210 and round(float(page.mediabox.height) / 72 * 25.4) == 297 for page in pages
    )
    head = "Exempelby: Projekt Exempel (invented, shows every part of an agreement) 2026-11-30, socsam 0.1.0"
    assert [head in text for text in texts] == [False, *(True for _ in texts[1:])] and len(texts) <= 8
    assert all(f"{number} / {len(texts)}" in text for number, text in enumerate(texts, 1))
    assert "Grannby kommun" in "".join(texts) and "Till innehållet" not in "".join(texts)


def test_a_norm_says_at_the_head_of_its_sheets_what_it_is(chromium: Any, folder: Path) -> None:
    """The first has the title itself; a name of a base is never broken over two lines."""
    from pypdf import PdfReader

    chromium.get((folder / "norm.html").as_uri())
    browser.size(chromium, 1440)
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(browser.printed(chromium))).pages]
    heads = ["2026-11-30, socsam 0.1.0" in text and "normen, 290 områden" in text for text in texts[1:]]
    assert heads and all(heads)
    assert "ﬁxed:1995" in texts[0]


def test_the_tables_of_a_folder_follow_each_other_without_a_gap(chromium: Any, folder: Path) -> None:
    """A table longer than a sheet is broken: kept whole, each of the three of a folder's left most of the sheet before it empty."""
    from pypdf import PdfReader

    chromium.get((folder / "folder.html").as_uri())
    browser.size(chromium, 1440)
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(browser.printed(chromium))).pages[:8]]
    parts = [next(at for at, text in enumerate(texts) if f"({part}/3)" in text) for part in (1, 2, 3)]
    before = [texts[at].partition(f"({part}/3)")[0] for part, at in zip((2, 3), parts[1:], strict=True)]
    assert [len(text.split()) > 40 for text in before] == [True, True]


def test_in_the_contents_a_title_stands_on_a_line_of_its_own(chromium: Any, folder: Path) -> None:
    chromium.get((folder / "several.html").as_uri())
    browser.size(chromium, 1440)
    entry = chromium.find_element("css selector", ".contents li")
    title = entry.find_element("css selector", "a").text
    assert entry.text.split("\n")[0] == title and "överskottet" in entry.text.split("\n")[1]


def test_several_agreements_are_printed_with_their_contents(chromium: Any, folder: Path) -> None:
    """The first sheet lists them with what came of each."""
    from pypdf import PdfReader

    chromium.get((folder / "several.html").as_uri())
    first = PdfReader(io.BytesIO(browser.printed(chromium))).pages[0].extract_text().replace("\u00a0", " ")
    for number, area in enumerate(("Finspång", "Gotland", "Haninge", "Hisingen"), 1):
        assert f"{number}. {area}: " in " ".join(first.split())
    assert "överskottet 5 761 tkr" in " ".join(first.split())


@pytest.mark.parametrize("name", PAGES)
def test_no_table_or_chart_is_larger_than_its_sheet(chromium: Any, folder: Path, name: str) -> None:
    """180 × 263 mm of A4."""
    chromium.get((folder / f"{name}.html").as_uri())
    browser.size(chromium, round(180 / 25.4 * 96))
    try:
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        larger = chromium.execute_script(
            """return [...document.querySelectorAll('table, svg')].map(one => [one.getBoundingClientRect(), one]).filter(([box, one]) =>
                box.right > document.documentElement.clientWidth + 1 || (one.matches('svg') && box.height > 263 / 25.4 * 96))
                .map(([box, one]) => [box.right, box.height, one.textContent.slice(0, 200)])"""
        )
        assert larger == []
    finally:
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("name", [*PAGES, "huge"])
def test_the_text_of_a_chart_can_be_read_on_paper(chromium: Any, folder: Path, name: str) -> None:
    """However many parties there are, nothing is squeezed below five points."""
    chromium.get((folder / f"{name}.html").as_uri())
    browser.size(chromium, round(180 / 25.4 * 96))
    try:
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        sizes = chromium.execute_script("""return [...document.querySelectorAll('svg.chart text')].filter(text => text.checkVisibility()).map(
            text => parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement.getScreenCTM().a)""")
        assert min(sizes) * 72 / 96 >= 5
    finally:
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("name", ["several", "wide", "huge"])
def test_no_sheet_is_needlessly_empty(chromium: Any, folder: Path, name: str) -> None:
    """All sheets are upright, and the first holds more than what the page is of."""
    from pypdf import PdfReader

    chromium.get((folder / f"{name}.html").as_uri())
    browser.size(chromium, 1440)
    sheets = PdfReader(io.BytesIO(browser.printed(chromium))).pages
    assert all(sheet.mediabox.width < sheet.mediabox.height for sheet in sheets)
    texts = [sheet.extract_text() for sheet in sheets]
    assert all(len(text.split()) > 25 for text in texts[:-1])
    assert "I korthet" in texts[0] or name == "several"


def test_years_and_parties_that_fill_sheets_are_drawn_on_several(chromium: Any, folder: Path) -> None:
    """All on one scale, none higher than a sheet, and none printed over what follows."""
    chromium.get((folder / "wide.html").as_uri())
    captions = [one.text for one in chromium.find_elements("css selector", "#a1-years figcaption")]
    sheets = [caption for caption in captions if caption.startswith("Vad varje part slutar på, år för år, tkr (")]
    assert len(sheets) == 3 and [caption.rpartition(" ")[2] for caption in sheets] == ["(1/3)", "(2/3)", "(3/3)"]
    zeros = chromium.find_elements("css selector", "#a1-years figure:nth-child(-n + 3) line.axis")
    assert len({one.get_attribute("style") for one in zeros}) == 1


def test_a_single_year_begins_on_the_first_page(chromium: Any, folder: Path) -> None:
    from pypdf import PdfReader

    chromium.get((folder / "worked.html").as_uri())
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(browser.printed(chromium))).pages]
    assert len(texts) == 3
    assert "176\u00a0280" in texts[0]


def test_what_a_figure_opens_is_not_printed_and_what_is_unfolded_is(chromium: Any, folder: Path) -> None:
    """Nothing lies over the paper; the derivations of a year are printed whole where they are unfolded."""
    from pypdf import PdfReader

    def text() -> str:
        pages = PdfReader(io.BytesIO(browser.printed(chromium))).pages
        return unicodedata.normalize("NFKC", "\n".join(page.extract_text() for page in pages))  # without ligatures

    chromium.get((folder / "worked.html").as_uri())
    browser.size(chromium, 1440)
    closed = text()
    assert not set("▶▸►▾▼") & set(closed) and "prickad" not in closed and "räknas fram" not in closed
    chromium.find_element("css selector", "#a1-1998 td button").click()
    assert chromium.find_element("css selector", ":popover-open").is_displayed()
    assert text() == closed
    chromium.execute_script("document.querySelector(':popover-open').hidePopover()")
    chromium.find_element("css selector", "#a1-1998 .unfold input").click()
    unfolded = text()
    assert "Hur siffrorna för 1998 räknas fram" in unfolded
    steps = chromium.execute_script(
        "return [...document.querySelectorAll('#a1-1998 .derivation li[popover] b')].map(one => one.textContent)"
    )
    assert len(steps) > 50
    assert [step for step in steps if _letters(unicodedata.normalize("NFKC", step)) not in _letters(unfolded)] == []


def _letters(text: str) -> str:
    """Without what lies between words, and without the minus sign: Noto Sans alone has none, and what has no letter has no text in a PDF."""
    return re.sub("[\\s\0−]", "", text)


def test_a_figure_opens_with_a_click_or_the_keyboard(chromium: Any, folder: Path) -> None:
    """Without a script: from a figure to what it was made from, as far as the line of the file. Esc goes back, a click elsewhere closes all."""
    from selenium.webdriver.common.keys import Keys

    def shown() -> list[Any]:
        return list(chromium.find_elements("css selector", ":popover-open"))

    chromium.get((folder / "complete.html").as_uri())
    browser.size(chromium, 1440)
    figure = chromium.find_element("css selector", "#a1-1999 button[data-figure='1999.activities.sickness.result']")
    figure.click()
    [panel] = shown()
    assert "= 32 500 − 31 700" in panel.text
    chromium.switch_to.active_element.send_keys(Keys.TAB)
    first = chromium.switch_to.active_element
    assert first.tag_name == "button" and first.text in panel.text
    first.send_keys(Keys.ENTER)
    [made_from] = [one for one in shown() if one != panel]
    assert made_from.text.startswith(first.text) and "32 500" in made_from.text
    chromium.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert shown() == [panel]
    chromium.find_element("css selector", "h1").click()
    assert shown() == []

    figure.send_keys(Keys.ENTER)
    assert shown() == [panel]
    outline = chromium.execute_script("return getComputedStyle(arguments[0]).outline", figure)
    assert "solid" in outline and "2px" in outline
    chromium.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert shown() == [] and chromium.switch_to.active_element == figure


def test_a_screen_reader_is_told_what_can_be_opened(chromium: Any, folder: Path) -> None:
    """A figure is named by its amount, in a cell that rows and columns name; it says that it can be opened, and whether it is."""
    chromium.get((folder / "complete.html").as_uri())
    browser.size(chromium, 1440)
    chromium.execute_cdp_cmd("Accessibility.enable", {})

    def told(selector: str) -> tuple[str, str, bool]:
        found = chromium.execute_cdp_cmd("Runtime.evaluate", {"expression": f'document.querySelector("{selector}")'})
        asked = {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        node = chromium.execute_cdp_cmd("Accessibility.getPartialAXTree", asked)["nodes"][0]
        expanded = next(one["value"]["value"] for one in node["properties"] if one["name"] == "expanded")
        return node["role"]["value"], node["name"]["value"], expanded

    selector = "#a1-1999 button[data-figure='1999.activities.sickness.result']"
    assert told(selector) == ("button", "+800", False)
    chromium.find_element("css selector", selector).click()
    assert told(selector) == ("button", "+800", True)


def test_the_skip_link_leads_past_the_head(chromium: Any, folder: Path) -> None:
    """It is what the keyboard comes to first, and is seen when it has the focus."""
    from selenium.webdriver.common.keys import Keys

    chromium.get((folder / "several.html").as_uri())
    browser.size(chromium, 1440)
    chromium.find_element("css selector", "body").send_keys(Keys.TAB)
    first = chromium.switch_to.active_element
    assert first.text == "Till innehållet" and first.location["x"] >= 0
    first.send_keys(Keys.ENTER)
    assert chromium.current_url.endswith("#main")


@pytest.mark.parametrize("name", ["worked", "complete"])
def test_a_telephone_shows_who_bears_how_much_before_it_scrolls(chromium: Any, folder: Path, name: str) -> None:
    """In 360 × 640 pixels; and names stay where they are while their figures scroll."""
    chromium.get((folder / f"{name}.html").as_uri())
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 360, "height": 640, "deviceScaleFactor": 1, "mobile": True})
    sentence, bottom = chromium.execute_script(
        "const one = document.querySelector('.answer .summary'); return [one.textContent, one.getBoundingClientRect().bottom]"
    )
    assert ("överskottet 930" if name == "worked" else "underskottet 1") in sentence.replace(
        "\u00a0", " "
    ) and "Försäkringskassan" in sentence
    assert bottom < 640
    left = """const scroll = document.querySelector('#a1-1998 .scroll'), name = scroll.querySelector('tbody th');
        scroll.scrollLeft = arguments[0]; return [scroll.scrollLeft, name.getBoundingClientRect().left, name.getBoundingClientRect().width]"""
    _, at_first, wide = chromium.execute_script(left, 0)
    scrolled, afterwards, _ = chromium.execute_script(left, 120)
    assert scrolled == 120 and afterwards == at_first and wide < 360 / 2


def test_harmful_text_does_no_harm(chromium: Any, folder: Path) -> None:
    chromium.get((folder / "hostile.html").as_uri())
    assert chromium.title.startswith(HOSTILE)
    assert chromium.execute_script("return document.querySelectorAll('script').length") == 0
    named = chromium.execute_script(
        "return [...document.querySelectorAll('tbody th')].filter(one => one.textContent.includes(arguments[0])).length", HOSTILE
    )
    assert named > 5
