"""Large files of many shapes through every command, with time and memory measured: `python tests/bounds.py [NAME…]`. No test of CI: it takes long.

No agreement of 5 MiB may take more than 10 seconds of the processor or 1 GiB in any command with its default options, no books of 64 MiB
or workbook of any compression more than 30 seconds. What a run says is looked at for faults of the program only. A name is part of a
shape's or command's. What exceeds a bound is marked, and makes the status 1.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import openpyxl

SIZE: Final = 5 * 1024 * 1024 - 4096
BOOKS: Final = 64 * 1024 * 1024 - 4096
SECONDS, SECONDS_OF_BOOKS, MEMORY = 10, 30, 1024
"""Of the processor, and MiB."""

HEAD: Final = "format: socsam/1\narea: A\nunit: tkr\nrounding: tkr\nperiod: {start: 1998-01-01, end: %s-12-31}\n"
PARTIES: Final = "parties: {kassa: {role: insurance_office}, kommun: {role: municipality}}\n"
SHARING: Final = "sharing: {surplus: equal, deficit: equal}\n"
ROWS: Final = "activities: {a: {funder: kassa}, b: {funder: kommun}}\n"
YEAR: Final = "years: {1998: {frame: {a: 10, b: 20}, actual: {a: 9, b: 20}}}\n"


def filled(lines: Callable[[int], str], size: int, most: int) -> str:
    """As many lines as fit, and no more than so many: `lines(0)`, `lines(1)` …"""
    parts, length = list[str](), 0
    for number in range(most):
        part = lines(number)
        length += len(part)
        if length > size:
            break
        parts.append(part)
    return "".join(parts)


def plain(end: int = 1998, parties: str = PARTIES, rows: str = ROWS, sharing: str = SHARING, years: str = YEAR, more: str = "") -> str:
    return HEAD % end + parties + rows + more + sharing + years


def agreements(size: int, *, accepted: bool) -> Iterator[tuple[str, str]]:
    """Agreements of a size, each large in its own way; or as large as is ``accepted``."""

    def most(number: int) -> int:
        return number if accepted else 10**9

    named, values = most(300), most(99_000)
    count = min(8_000, size // 75, most(200))
    end = 1998 + count - 1
    year = "  %d: {frame: {a: 10, b: 20}, actual: {a: %d, b: 20}}\n"
    many = "years:\n" + "".join(year % (1998 + n, 9 + n % 3) for n in range(count))
    yield "years", plain(end, years=many)
    yield "years at the end", plain(end, years=many, sharing="sharing: {surplus: equal, deficit: equal, distribute: at_end}\n")
    yield "years of results", plain(end, rows="", years="years:\n" + "".join(f"  {1998 + n}: {{result: {n % 7}}}\n" for n in range(count)))
    bound = "sharing: {surplus: equal, deficit: equal, distribute: at_end, bands: [{to: 10 %, shared: 50 %}, {shared: 0 %}]}\n"
    yield "years in bands", plain(end, years=many, sharing=bound)
    changed = "  %d: {frame: {a: 10, b: 20}, actual: {a: %d, b: 20}, sharing: {shared: %d %%}}\n"
    yield (
        "years of changes",
        plain(end - count // 3, years="years:\n" + "".join(changed % (1998 + n, 9 + n % 3, n % 90) for n in range(2 * count // 3))),
    )
    wide = filled(lambda n: f"  p{n}: {{role: municipality}}\n", size - 100, named)
    yield "parties", plain(parties="parties:\n  kassa: {role: insurance_office}\n  kommun: {role: municipality}\n" + wide)
    rows = filled(lambda n: f"  r{n}: {{funder: kassa}}\n", size // 3, most(190))
    held = rows.count("\n")
    amounts = "".join(f"      r{n}: {n % 9}\n" for n in range(held))
    yield (
        "activities",
        plain(rows="activities:\n" + rows, years=f"years:\n  1998:\n    frame:\n{amounts}    actual:\n{amounts}"),
    )
    both = filled(lambda n: f"  p{n}: {{role: municipality}}\n", size // 5, most(130))
    number = both.count("\n")
    own = "".join(f"  r{n}: {{funder: p{n}}}\n" for n in range(number))
    amounts = "".join(f"      r{n}: {n % 9}\n" for n in range(number))
    yield (
        "parties with an activity each",
        plain(
            parties="parties:\n" + both,
            rows="activities:\n" + own,
            sharing="sharing: {surplus: frame, deficit: frame}\n",
            years=f"years:\n  1998:\n    frame:\n{amounts}    actual:\n{amounts}",
        ),
    )
    shared = "".join(f"p{n}: 1/{number}, " for n in range(number - 1)) + f"p{number - 1}: rest"
    yield (
        "a key of many shares",
        plain(
            parties="parties:\n" + both,
            rows="",
            sharing=f"sharing: {{surplus: {{{shared}}}, deficit: equal}}\n",
            years="years: {1998: {result: 12 345}}\n",
        ),
    )
    chain = "keys:\n  k0: {kassa: 1/2, kommun: 1/2}\n" + filled(lambda n: f"  k{n + 1}: k{n}\n", size - 1000, most(48))
    yield "a chain of keys", plain(more=chain, sharing=f"sharing: {{surplus: k{chain.count(chr(10)) - 2}, deficit: equal}}\n")
    yield "keys", plain(more="keys:\n" + filled(lambda n: f"  k{n}: {{kassa: 1/2, kommun: 1/2}}\n", size - 1000, named))
    pair = "{g: {share: 1/2, by: k%d}, h: {share: 1/2, by: k%d}}"
    doubled = filled(lambda n: f"  k{n + 1}: {pair % (n, n)}\n", size - 1000, most(48))
    yield "keys that double", plain(more="keys:\n  k0: {kassa: 1/2, kommun: 1/2}\n" + doubled)
    full = "".join(f"  p{n}: {{role: municipality}}\n" for n in range(96))
    yield (
        "years of many parties",
        plain(
            end,
            parties="parties:\n  kassa: {role: insurance_office}\n  kommun: {role: municipality}\n" + full,
            years="years:\n" + "".join(year % (1998 + n, 9 + n % 3) for n in range(min(count, most(200)))),
        ),
    )
    series = "series:\n" + filled(lambda n: f"  s{n}: {{forecast: {{1998: 100}}, outcome: {{1998: 101}}}}\n", size - 1000, named)
    words = ", ".join(f"p{n}: abcdef" for n in range(most(300)))
    yield "words for shares", plain(more="keys:\n" + filled(lambda n: f"  k{n}: {{{words}}}\n", size - 1000, most(300)))
    yield "series", plain(more=series)
    wide = "".join(f"{y}: {100 + y % 7}, " for y in range(1000, 9999))
    yield "wide series", plain(more="series:\n" + filled(lambda n: f"  s{n}: {{outcome: {{{wide}}}}}\n", size - 1000, most(10)))
    bands = ", ".join(f"{{to: {n}, shared: 50 %}}" for n in range(1, min(size // 27, most(99))))
    yield "bands", plain(sharing=f"sharing: {{surplus: equal, deficit: equal, bands: [{bands}, {{shared: 0 %}}]}}\n")
    expecting = "  %d: {frame: {a: 10, b: 20}, actual: {a: 9, b: 20}, expect: {result: 1, shared: 1, settled: {kassa: 0}}}\n"
    yield "expectations", plain(end - count // 3, years="years:\n" + "".join(expecting % (1998 + n) for n in range(2 * count // 3)))
    corrected = "    corrections:\n" + filled(lambda n: "      - {activity: a, amount: 1, reason: x}\n", size - 1000, most(999))
    yield "corrections", plain(years=f"years:\n  1998:\n    frame: {{a: 10, b: 20}}\n    actual: {{a: 9, b: 20}}\n{corrected}")
    uses = "    uses:\n" + filled(lambda n: "      - {for: staff, amount: 1}\n", size - 1000, most(999))
    yield "uses", plain(years=f"years:\n  1998:\n    frame: {{a: 900 000, b: 20}}\n    actual: {{a: 9, b: 20}}\n{uses}")
    yield "comments", plain() + filled(lambda n: "# nothing\n", size - 1000, 10**9)
    yield "a comment", plain() + "#" * (size - 1000)
    yield "empty lines", plain() + "\n" * (size - 1000)
    yield "a long area", plain().replace("area: A", f"area: {'A' * (size - 1000)}")
    yield "a long note", plain().replace("area: A", 'area: A\nnote: "%s"' % ("ordet " * ((size - 1000) // 7)))
    yield "assumptions", plain(more="assumptions:\n" + filled(lambda n: f"  - assumed {n}\n", size - 1000, values))
    moved = "    conversions:\n" + filled(lambda n: "      - {from: a, to: b, amount: 1}\n", size - 1000, most(999))
    yield "conversions", plain(years=f"years:\n  1998:\n    frame: {{a: 900 000, b: 20}}\n    actual: {{a: 9, b: 20}}\n{moved}")
    yield "governance", plain(more="application:\n" + filled(lambda n: f"  x{n}: yes\n", size - 1000, values))
    yield "wrong fields", plain() + filled(lambda n: f"wrong{n}: 1\n", size - 1000, values)
    yield "wrong years", plain(years="years:\n" + filled(lambda n: f"  {n}: {{frame: {{a: x}}}}\n", size - 1000, most(200)))
    yield (
        "wrong amounts",
        plain(rows="activities:\n" + rows, years="years:\n  1998:\n    frame:\n" + "".join(f"      r{n}: x{n}\n" for n in range(held))),
    )
    yield "unknown activities", plain(years="years:\n  1998:\n    frame:\n" + filled(lambda n: f"      q{n}: 1\n", size - 1000, values))
    yield "twice the same", plain(years="years:\n  1998:\n    frame:\n" + filled(lambda n: "      a: 1\n", size - 1000, values))
    yield "long digits", plain(years=f"years: {{1998: {{result: {'9' * (size - 1000)}}}}}\n")
    yield "long fraction", plain(sharing=f"sharing: {{surplus: equal, deficit: equal, shared: 1/{'9' * (size - 1000)}}}\n")
    yield "ignored", plain(more="ignore: [" + filled(lambda n: "{rule: SOC101, reason: x}, ", size - 1000, most(33_000)) + "]\n")


Shape = tuple[str, str, Callable[[int], str]]
"""A file's name, its head, and what follows piece by piece."""


def ledgers() -> Iterator[Shape]:
    """Files of figures of every year."""
    head = "year;activity;frame;actual\n"
    yield "books.csv", head, lambda n: f"{1998 + n % 3};{'ab'[n % 2]};1;1\n"
    yield "rows.csv", head, lambda n: f"1998;r{n};1;1\n"
    yield "empty.csv", f"{head}1998;a;1;1\n", lambda n: ";;;\n"
    yield "wide.csv", head.rstrip(), lambda n: ";" * 4096
    yield "line.csv", "", lambda n: "x" * 4096
    yield "unknown.csv", head, lambda n: "1998;q;1;1\n"
    yield "zeros.csv", "", lambda n: "\0" * 4096
    yield "quote.csv", f'{head}1998;"', lambda n: "a\n"
    yield "wrong.csv", head, lambda n: f"1998;a;x{n};1\n"


BOOKED: Final = """format: socsam/1
area: A
law: none
period: {start: 2024-01-01}
parties: {region: {role: county_council}, kommun: {role: municipality}}
activities: {services: {performer: body}, office: {performer: body}}
sharing: {surplus: equal, deficit: equal}
figures:
  file: FILE
  rounding: nearest
  accounts:
    services: {accounts: 4000-6999, objects: OBJECTS}
    office: [4000-7999]
  outside: [1000-3999, 8000-8999]
years: {2024: {frame: {services: {region: 1}, office: {kommun: 1}}}}
"""
"""An agreement whose costs are booked."""


def bookings() -> Iterator[Shape]:
    """Files of bookings: vouchers of four rows, rows on a few accounts or each on its own."""
    accounts = range(4010, 5010, 50)
    head = '#FLAGGA 0\n#FORMAT PC8\n#GEN 20250120\n#SIETYP 4\n#RAR 0 20240101 20241231\n#OMFATTN 20241231\n#DIM 6 "Projekt"\n#OBJEKT 6 P1 ett\n'
    results = "".join(f"#RES 0 {account} 0.00\n" for account in accounts)
    day = [f"2024{1 + n % 12:02d}15" for n in range(12)]

    def voucher(n: int) -> str:
        rows = "".join(
            f'#TRANS {accounts[n % 10 + m]} {{6 "P1"}} {sign}{n}.25 {day[n % 12]} "Text" 0\n' for m in (0, 10) for sign in ("", "-")
        )
        return f'#VER A {n} {day[n % 12]} "Faktura" {day[n % 12]}\n{{\n{rows}}}\n'

    yield "vouchers.se", head + results, voucher
    yield "accounts.se", head, lambda n: f"#KONTO {n} Konto\n"
    yield "strange.se", head, lambda n: f"#XYZ {n} 2 3\n"
    columns = "year;month;account;object;amount\n"
    yield "bookings.csv", columns, lambda n: f"2024;{1 + n % 12};{4010 + n % 80 * 45};P1;{n}.25\n"
    yield "apart.csv", columns, lambda n: f"2024;{1 + n % 12};4{n};P{n};{n % 100}.25\n"
    yield "wrong.csv", columns, lambda n: f"2024;{n % 99};4010;P1;x{n}\n"


def grown(file: Path, size: int, head: str, row: Callable[[int], str]) -> None:
    """Write a file of a size piece by piece: what this process holds counts as held by the runs that it starts."""
    with file.open("w", encoding="utf-8") as stream:
        held, number = stream.write(head), 0
        while held + len(piece := row(number)) <= size:
            held, number = held + stream.write(piece), number + 1


SHEET: Final = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
FIRST: Final = (
    '<row r="1">'
    + "".join(
        f'<c r="{c}1" t="inlineStr"><is><t>{t}</t></is></c>' for c, t in zip("ABCD", ("year", "activity", "frame", "actual"), strict=True)
    )
    + '</row><row r="2"><c r="A2"><v>1998</v></c><c r="B2" t="inlineStr"><is><t>a</t></is></c><c r="C2"><v>1</v></c><c r="D2"><v>1</v></c></row>'
)
PARTS: Final = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def workbooks(folder: Path, rows: int) -> Iterator[tuple[str, Path]]:
    """Workbooks whose one sheet is large when it is unpacked, written piece by piece."""

    def written(name: str, pieces: Iterator[str]) -> tuple[str, Path]:
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as book:
            for part, content in PARTS.items():
                book.writestr(part, content)
            before, after = SHEET.split("%s")
            with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
                sheet.write((before + FIRST).encode())
                for piece in pieces:
                    sheet.write(piece.encode())
                sheet.write(after.encode())
        return name, path

    yield written("emptyrows.xlsx", (f'<row r="{n}"/>' for n in range(3, min(rows, 1_048_576))))
    yield written("emptycells.xlsx", (f'<row r="{n}">' + "<c/>" * 200 + "</row>" for n in range(3, rows // 50)))
    yield written("farcell.xlsx", iter(['<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>']))
    yield written("farrows.xlsx", (f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(3, rows // 10)))
    yield written("spaces.xlsx", (" " * 1_000_000 for _ in range(rows // 500)))
    yield written(
        "text.xlsx", (f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{"x" * 30_000}</t></is></c></row>' for n in range(3, rows // 30))
    )
    yield written(
        "longcell.xlsx",
        iter(['<row r="3"><c r="A3" t="inlineStr"><is><t>', *("x" * 1_000_000 for _ in range(rows // 2000)), "</t></is></c></row>"]),
    )
    yield written(
        "figures.xlsx",
        (
            f'<row r="{n}"><c r="A{n}"><v>{1998 + n % 3}</v></c><c r="B{n}" t="inlineStr"><is><t>a</t></is></c><c r="C{n}"><v>1</v></c></row>'
            for n in range(3, min(rows, 1_048_576))
        ),
    )
    yield written(
        "styled.xlsx", (f'<row r="{n}">' + "".join(f'<c r="{c}{n}"/>' for c in "ABCDEFGHIJ") + "</row>" for n in range(3, rows // 20))
    )
    yield written(
        "wrong.xlsx",
        (
            f'<row r="{n}"><c r="A{n}"><v>1998</v></c><c r="B{n}" t="inlineStr"><is><t>a</t></is></c><c r="C{n}" t="inlineStr"><is><t>y</t></is></c></row>'
            for n in range(3, rows)
        ),
    )


COMMANDS: Final = (
    ["settle", "F", "-o", "/dev/null", "-f", "json"],
    ["settle", "F"],
    ["check", "F"],
    ["explain", "F"],
    ["incentives", "F"],
    ["whatif", "F", "--set", "sharing.shared=50 %"],
    ["report", "F"],
    ["simulate", "F"],
    ["evaluate", "F"],
    ["settle", "F", "-o", "OUT/o.xlsx"],
    ["settle", "F", "-f", "markdown"],
    ["settle", "F", "-f", "csv"],
)


def measured(command: list[str], seconds: int) -> tuple[int, float, float, bytes]:
    """The status of a run, its seconds of the processor, its largest size in MiB, the end of what it said."""

    limited = f'ulimit -t {3 * seconds}; ulimit -v {6 << 20}; exec "$@"'
    with tempfile.TemporaryFile() as said:
        run = [sys.executable, "-c", MEASURE, "sh", "-c", limited, "sh", sys.executable, "-m", "socsam_calc", *command]
        told = subprocess.run(run, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said, check=True).stdout
        said.seek(0)
        status, took, held = json.loads(told)
        return status, took, held / 1024, said.read()


MEASURE: Final = """import json, os, sys
actions = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
_, status, used = os.wait4(os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=actions), 0)
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
"""Between this process and a run: as the size of a run the system takes at least that of the process which started it, and this one grows."""


def main(names: list[str], size: int = SIZE, books: int = BOOKS) -> int:
    """Every command on every shape, or those that a name is part of."""
    runs = beyond = 0

    def tried(shape: str, command: list[str], seconds: int) -> None:
        nonlocal runs, beyond
        what = f"{shape}: {' '.join(command)}"
        if names and not all(any(part in what for part in name.split("|")) for name in names):
            return
        status, took, memory, said = measured(command, seconds)
        bad = took > seconds or memory > MEMORY or status not in (0, 1, 2) or b"Traceback" in said
        runs, beyond = runs + 1, beyond + bad
        first = said.split(b"\n")[0][:100].decode("utf-8", "replace") if status else ""
        sys.stdout.write(f"{'! ' if bad else '  '}{took:6.1f} s {memory:6.0f} MiB  {status:3}  {what}  {first}\n")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chdir(folder)
        for accepted in (True, False):
            for shape, text in agreements(size, accepted=accepted):
                Path("f.yaml").write_text(text, encoding="utf-8")
                for command in COMMANDS:
                    what = shape if accepted else f"beyond: {shape}"
                    tried(what, ["f.yaml" if word == "F" else word.replace("OUT/", "") for word in command], SECONDS)
        Path("base.yaml").write_text(plain(2000, years="years: {}\n").replace("years: {}\n", "figures: none.csv\n"), encoding="utf-8")
        for file, head, row in ledgers():
            grown(Path(file), books, head, row)
            tried(file, ["settle", "base.yaml", "--figures", file], SECONDS_OF_BOOKS)
            tried(file, ["check", "base.yaml", "--figures", file], SECONDS_OF_BOOKS)
            Path(file).unlink()
        for file, path in workbooks(folder, 2_000_000):
            tried(file, ["settle", "base.yaml", "--figures", file], SECONDS_OF_BOOKS)
            path.unlink()
        for file, head, row in bookings():
            grown(Path(file), books, head, row)
            Path("booked.yaml").write_text(BOOKED.replace("FILE", file).replace("OBJECTS", "{6: [P1]}" if file.endswith(".se") else "[P1]"))
            tried(file, ["settle", "booked.yaml"], SECONDS_OF_BOOKS)
            tried(file, ["check", "booked.yaml"], SECONDS_OF_BOOKS)
            Path(file).unlink()
        titles, first = ("year", "month", "account", "object", "amount"), (2024, 1, 4010, "P1", 12.25)
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("S")
        for cells in (titles, *([first] * 166_000)):
            sheet.append(cells)
        book.save("bookings.xlsx")
        Path("booked.yaml").write_text(BOOKED.replace("FILE", "bookings.xlsx").replace("OBJECTS", "[P1]"))
        tried("bookings.xlsx", ["settle", "booked.yaml"], SECONDS_OF_BOOKS)
        os.mkfifo("pipe.csv")
        tried("pipe.csv", ["settle", "base.yaml", "--figures", "pipe.csv"], SECONDS_OF_BOOKS)
    sys.stdout.write(f"{runs} runs, {beyond} beyond their bounds\n")
    return 1 if beyond or not runs else 0  # a name that is part of none has measured nothing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
