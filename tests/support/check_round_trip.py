#!/usr/bin/python3
"""What is exported reads back in without loss: check_round_trip.py HRCTL

Every table, in every format that import reads, out of two workspaces: the example company, and one of everything that
files get wrong (quotes, line ends, leading zeros, blanks, formulas, 18 digits, days of long ago). Exported, imported into a
fresh workspace and exported again, the bytes must be the same; and whatever the format, the CSV of the second workspace
must be that of the first, so that no format loses what it does not show. Workbooks are looked into with another reader.
"""
import csv
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from datetime import date

from tally import ROOT, Tally

HRCTL = pathlib.Path(sys.argv[1]).resolve()
# In the order in which they build on each other.
TABLES = ("org_units", "employees", "assignments", "leaves", "targets", "objectives", "key_results", "facts", "checkins",
          "feedback", "recognitions")
FORMATS = ("csv", "jsonl", "json", "xlsx")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

# ---- a workspace of nasty values -------------------------------------------------------------------------------------

TEXTS = ('say "hi"', "two\nlines", "carriage\r\nreturn", "tab\tinside", "007", "=1+1", "+1", "-1", "@SUM(A1)", "'quoted",
         "_x0041_ and _x005F_", "李娜；，、", "👩‍👩‍👧 🎯", "<b>&amp;</b>", "NaN", "Infinity", "-inf", "1e5", "TRUE", "#N/A", "null",
         "2026-03-01", "0.10", "a,b;c|d", "\u200bzero\u200b", "\u00a0no-break\u00a0", "\u3000wide\u3000", "\ufffe\uffff", "\x01\x1f\x7f",
         "x" * 5000, "１２３", "é é", "\u202eevil", "\\", "%")
NUMBERS = ("0", "1", "-1", "0.1", "-0.000000000000000001", "999999999999999", "9999999999999999", "123456789012345678",
           "-123456789012345678", "0.123456789012345678", "1234567890.12345678", "100000000000000000", "0.30", "2.50",
           "12345678901234.5", "123456789012345.6", "0.1000000000000001")
DAYS = ("0001-01-01", "1899-12-31", "1900-01-01", "1900-02-28", "1900-03-01", "1904-01-01", "1970-01-01", "2000-02-29",
        "2026-03-31", "9999-12-30")
IDS = ("007", "7e5", "+7", "=7", "-", "110101199003077758", "'7", "工号一", "a b", "E,1", 'E"1', "@x", "0x10", "1.0", "TRUE", "_x0041_",
       "2026-03")
DEFINITIONS = """version: 1
kpis: [{id: k, curve: {points: [[0, 0], [100, 100]], of: value}}, {id: TRUE1}, {id: e7}]
cycles: [{id: c, from: 0001-01-01, to: 9999-12-30, plan: p}]
plans: [{id: p, components: {kpi: 100}}]
scorecards: [{id: s, kpis: [{kpi: k}]}]
"""


def nasty_tables():
    """Rows by table: enough for every value above to stand somewhere."""
    texts = list(TEXTS) + [""]

    def text(n):
        return texts[n % len(texts)]

    def number(n):
        return NUMBERS[n % len(NUMBERS)]

    def amount(n):
        return number(n).lstrip("-") if "." not in number(n) else "0.25"

    n = len(texts)
    people = [IDS[i] if i < len(IDS) else f"P{i:04}" for i in range(n)]
    return {
        "org_units": [{"org_unit": f"U{i:02}", "name": text(i), "region": text(i + 1), "parent": "U00" if i else "",
                       "remark": text(i + 3)} for i in range(n)],
        "employees": [{"employee_id": person, "name": text(i), "org_unit": f"U{i:02}", "job": text(i + 5), "hire_date": DAYS[i % 8],
                       "base_salary": amount(i), "fte": ("0.5", "1", "")[i % 3], "badge": text(i + 2), "odd, \"heading\"": text(i)}
                      for i, person in enumerate(people)],
        "assignments": [{"employee_id": person, "from": "2020-01-01", "to": ("", "2021-12-31")[i % 2], "job": text(i), "desk": text(i + 7)}
                        for i, person in enumerate(people)],
        "leaves": [{"employee_id": person, "from": "2020-01-01", "to": "2020-02-29", "kind": text(i) or "none"} for i, person in enumerate(people)],
        "targets": [{"subject": person, "kpi": "k", "from": DAYS[i % len(DAYS)], "target": number(i), "weight": number(i).lstrip("-"), "stretch": number(i + 1)}
                    for i, person in enumerate(people)],
        "objectives": [{"objective": f"O{i:03}", "cycle": "c", "owner": person, "title": text(i), "weight": number(i).lstrip("-")}
                       for i, person in enumerate(people)],
        "key_results": [{"key_result": f"R{i:03}", "objective": f"O{i:03}", "title": text(i), "start": number(i), "target": number(i + 1), "unit": text(i + 1)}
                        for i in range(n)],
        "facts": [{"subject": person, "kpi": ("k", "TRUE1", "e7")[i % 3], "period": ("2026-03", "2026", "2026Q1", "2026H1", "2026-W05", "2026-03-01")[j], "value": number(i + j)}
                  for i, person in enumerate(people) for j in range(i % 2, 6, 7)],
        "checkins": [{"key_result": f"R{i:03}", "date": DAYS[i % len(DAYS)], "value": number(i), "note": text(i), "author": text(i + 1)}
                     for i in range(n)],
        "feedback": [{"employee_id": person, "rater_id": people[i - 1], "relation": ("manager", "peer", "other")[i % 3], "competency": text(i),
                      "rating": number(i), "comment": text(i), "date": DAYS[i % len(DAYS)]} for i, person in enumerate(people)],
        "recognitions": [{"employee_id": person, "date": DAYS[i % len(DAYS)], "kind": text(i) or "none", "note": text(i + 4)} for i, person in enumerate(people)],
    }


# ---- workspaces ------------------------------------------------------------------------------------------------------

class Workspace:
    def __init__(self, folder, definitions):
        self.folder = folder
        folder.mkdir()
        (folder / "hrctl.yaml").write_text("version: 1\n", encoding="utf-8")
        for name, text in definitions.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.run("apply")

    def run(self, *words, may_fail=False):
        environment = dict(os.environ, HRCTL_TEST_CLOCK="2026-07-15T08:00:00Z", HRCTL_USER="tester", LC_ALL="C.UTF-8")
        done = subprocess.run([HRCTL, *words], cwd=self.folder, env=environment, capture_output=True, check=False)
        if done.returncode != 0 and not may_fail:
            raise SystemExit(f"FAILED round trip: hrctl {' '.join(words)}: {done.returncode}\n{done.stderr.decode()[:3000]}\n0 passed, 1 failed")
        return done

    def take(self, table, path):
        """Imports a file; what hrctl said of it."""
        return self.run("import", table, str(path), *(["--no-check"] if table == "facts" else []), may_fail=True).stderr.decode()

    def export(self, table, ending):
        path = self.folder / f"{table}.{ending}"
        self.run("export", table, "-o", path.name)
        return path


def company(folder):
    example = ROOT / "examples/company"
    definitions = {str(path.relative_to(example)).replace("/", "-"): path.read_text(encoding="utf-8")
                   for kind in ("cycles", "kpis", "okrs", "plans") for path in sorted((example / kind).rglob("*.yaml"))}
    work = Workspace(folder, definitions)
    for table in TABLES:
        for path in [example / f"data/{table}.csv"] if table != "facts" else sorted((example / "data/facts").glob("*.csv")):
            if path.exists():
                work.take(table, path)
    return work, definitions


def nasty(tally, folder):
    definitions = {"policy.yaml": DEFINITIONS}
    work = Workspace(folder, definitions)
    for table, rows in nasty_tables().items():
        path = folder / f"nasty-{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        said = work.take(table, path)
        tally.check(re.search(rf"{len(rows)} rows read; {len(rows)} new, .* 0 set aside", said), f"nasty {table} goes in: {said[-3000:]}")
    return work, definitions


def check_table(tally, name, source, target, table, ending):
    first = source.export(table, ending)
    rows = len(list(csv.reader(io.StringIO(source.export(table, "csv").read_bytes().decode(), newline="")))) - 1
    if rows == 0:
        return
    said = target.take(table, first)
    tally.check(re.search(rf"{rows} rows? read; {rows} new, 0 changed, 0 unchanged, 0 set aside", said), f"{name} {table}.{ending} reads back: {said[-3000:]}")
    tally.check(target.export(table, ending).read_bytes() == first.read_bytes(), f"{name} {table}.{ending}: other bytes the second time")
    one, two = (work.export(table, "csv").read_bytes() for work in (source, target))
    lost = [f"\n  {a}\n  {b}" for a, b in zip(one.split(b"\n"), two.split(b"\n")) if a != b]
    tally.check(one == two, f"{name} {table}.{ending}: {len(lost)} lines differ: {''.join(lost[:2])}")


# ---- workbooks, by another reader ------------------------------------------------------------------------------------

NUMBER_COLUMNS = {"fte", "base_salary", "weight", "threshold", "target", "stretch", "start", "current", "value", "confidence", "rating"}
DAY_COLUMNS = {"from", "to", "date", "hire_date", "termination_date", "current_date"}


def cells_of(path):
    """Rows of the first sheet: of each cell its type and its text, by the letters of the column."""
    with zipfile.ZipFile(path) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert root.find(f".//{MAIN}f") is None, f"{path}: a formula"
    return [{re.match("[A-Z]+", cell.get("r"))[0]: (cell.get("t", "n"), "".join(t.text or "" for t in cell.iter() if t.tag in (MAIN + "t", MAIN + "v")))
             for cell in row.iter(MAIN + "c")} for row in root.iter(MAIN + "row")]


def unescaped(text):
    return re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), text)


def is_right(heading, field, kind, value):
    """Whether a cell says what the CSV does: days from 1900-03-01 on and numbers of up to 15 digits as such, all else as text."""
    if not field:
        return not value
    if heading in DAY_COLUMNS and field >= "1900-03-01":
        return kind == "n" and int(value) == (date.fromisoformat(field) - date(1899, 12, 30)).days
    if heading in NUMBER_COLUMNS and len(re.sub(r"\D", "", field).lstrip("0")) <= 15:
        return kind == "n" and float(value) == float(field)
    return kind == "inlineStr" and unescaped(value) == field


def check_workbook(tally, work, table):
    expected = list(csv.reader(io.StringIO(work.export(table, "csv").read_bytes().decode(), newline="")))
    found = cells_of(work.export(table, "xlsx"))
    tally.check(len(found) == len(expected), f"{table}.xlsx: {len(found)} rows, not {len(expected)}")
    letters = [chr(ord("A") + i) for i in range(len(expected[0]))]
    wrong = [f"{heading} {field!r} is {cells.get(letter)}" for cells, fields in zip(found[1:], expected[1:])
             for letter, heading, field in zip(letters, expected[0], fields) if not is_right(heading, field, *cells.get(letter, ("", "")))]
    tally.check(not wrong, f"{table}.xlsx: {len(wrong)} cells: {wrong[:3]}")
    tally.check(work.export(table, "xlsx").read_bytes() == work.export(table, "xlsx").read_bytes(), f"{table}.xlsx: other bytes the second time")


def main():
    tally = Tally("round trip")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, (source, definitions) in {"company": company(folder / "company"), "nasty": nasty(tally, folder / "nasty")}.items():
            for ending in FORMATS:
                target = Workspace(folder / f"{name}-{ending}", definitions)
                for table in TABLES:
                    check_table(tally, name, source, target, table, ending)
            for table in TABLES:
                check_workbook(tally, source, table)
    tally.finish()


if __name__ == "__main__":
    main()
