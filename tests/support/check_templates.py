#!/usr/bin/python3
"""Workbooks to fill in: check_templates.py HRCTL

Every table, in both languages: the workbook is looked into with another reader (headings, drop-downs, formats, widths, the
explanation), filled in with the examples that it gives itself, and imported without a mapping. The sheet that explains is
never taken for data, wherever it stands. Where no workbook can be written, nothing is left behind.
"""
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ElementTree
import zipfile
from datetime import date
from xml.sax.saxutils import escape

from tally import Tally

HRCTL = pathlib.Path(sys.argv[1]).resolve()
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EXPLANATION = {"en": "Explanation", "zh": "填写说明"}
# Headings, types and what must be filled, by table: from docs/formats/tables.md, not from the program.
TABLES = {
    "org_units": ("org_unit* name parent head_id region from to", {}),
    "employees": ("employee_id* name email org_unit manager_id job grade region legal_entity fte hire_date termination_date base_salary currency", {}),
    "assignments": ("employee_id* from* to org_unit manager_id job grade region fte base_salary currency", {}),
    "leaves": ("employee_id* from* to kind*", {"kind": {"parental", "sick"}}),
    "targets": ("subject* kpi* from to weight threshold target stretch", {"kpi": {"revenue", "returns"}}),
    "objectives": ("objective* cycle* owner* title supports weight", {"cycle": {"2026H1"}, "supports": {"O-company"}}),
    "key_results": ("key_result* objective* owner type title weight start target unit kpi current current_date",
                    {"objective": {"O-company"}, "type": {"en": {"committed", "aspirational", "learning", "guardrail"}, "zh": {"承诺型", "挑战型", "学习型", "护栏型"}},
                     "kpi": {"revenue", "returns"}}),
    "facts": ("subject* kpi* period* value*", {"kpi": {"revenue", "returns"}}),
    "checkins": ("key_result* date* value confidence note author", {"key_result": {"KR-company"}}),
    "feedback": ("employee_id* rater_id* relation* competency rating comment date",
                 {"relation": {"en": {"manager", "peer", "report", "self", "other"}, "zh": {"上级", "同级", "下级", "自评", "其他"}}}),
    "recognitions": ("employee_id* date* kind* note", {}),
}
DAYS = {"from", "to", "date", "hire_date", "termination_date", "current_date"}
MONEY = {"base_salary"}
NUMBERS = {"fte", "weight", "threshold", "target", "stretch", "start", "current", "value", "confidence", "rating"}
DEFINITIONS = """version: 1
kpis: [{id: revenue}, {id: returns}]
cycles: [{id: 2026H1, from: 2026-01-01, to: 2026-06-30, plan: p}]
plans: [{id: p, components: {kpi: 60, okr: 40}, leave: {kinds: [parental, sick], min_days: 1}}]
scorecards: [{id: s, kpis: [{kpi: revenue, target: 1}]}]
objectives: [{id: O-company, cycle: 2026H1, owner: {company: true}, key_results: [{id: KR-company, target: 1}]}]
"""
PEOPLE = "employee_id,hire_date\nE0001,2020-01-01\nE0007,2020-01-01\n"


def run(work, *words, **more):
    environment = dict(os.environ, HRCTL_TEST_CLOCK="2026-07-15T08:00:00Z", HRCTL_USER="tester", LC_ALL="C.UTF-8", **more)
    return subprocess.run([HRCTL, *words], cwd=work, env=environment, capture_output=True, text=True, check=False)


def must(work, *words):
    done = run(work, *words)
    if done.returncode != 0:
        raise SystemExit(f"FAILED templates: hrctl {' '.join(words)}: {done.returncode}\n{done.stderr[:3000]}\n0 passed, 1 failed")
    return done


def workspace(folder):
    folder.mkdir()
    (folder / "hrctl.yaml").write_text("version: 1\n", encoding="utf-8")
    (folder / "policy.yaml").write_text(DEFINITIONS, encoding="utf-8")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    must(folder, "apply")
    must(folder, "import", "employees", "people.csv")
    return folder


# ---- what is in a workbook -------------------------------------------------------------------------------------------

class Book:
    def __init__(self, path):
        with zipfile.ZipFile(path) as book:
            self.parts = {name: book.read(name) for name in book.namelist()}
        self.sheets = [s.get("name") for s in ElementTree.fromstring(self.parts["xl/workbook.xml"]).iter(MAIN + "sheet")]
        self.roots = [ElementTree.fromstring(self.parts[f"xl/worksheets/sheet{i + 1}.xml"]) for i in range(len(self.sheets))]
        styles = ElementTree.fromstring(self.parts["xl/styles.xml"])
        codes = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(MAIN + "numFmt")} | {"0": "General", "49": "@", "4": "#,##0.00"}
        self.formats = [codes.get(xf.get("numFmtId")) for xf in styles.find(MAIN + "cellXfs")]

    def cells(self, sheet):
        return {c.get("r"): "".join(t.text or "" for t in c.iter(MAIN + "t")) for c in self.roots[sheet].iter(MAIN + "c")}

    def column(self, sheet, n):
        return next(c for c in self.roots[sheet].iter(MAIN + "col") if int(c.get("min")) <= n <= int(c.get("max")))

    def drop_down(self, letter):
        """The values that cells below a heading offer, and whether others are taken."""
        for v in self.roots[0].iter(MAIN + "dataValidation"):
            if v.get("type") == "list" and v.get("sqref").startswith(letter + "2:"):
                name, column, first, last = re.fullmatch(r"'(.*)'!\$([A-Z]+)\$(\d+)(?::\$\2\$(\d+))?", v.find(MAIN + "formula1").text).groups()
                cells = self.cells(self.sheets.index(name))
                return {cells[f"{column}{row}"] for row in range(int(first), int(last or first) + 1)}, v.get("showErrorMessage") != "1"
        return None, None

    def note(self, letter):
        for v in self.roots[0].iter(MAIN + "dataValidation"):
            if v.get("sqref") == letter + "1":
                return v.get("promptTitle"), v.get("prompt")
        return None, None


def letter_of(n):
    return (letter_of((n - 1) // 26) if n > 26 else "") + chr(65 + (n - 1) % 26)


def width_of(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def explained(book):
    """The rows that explain a column, by its name in hrctl."""
    cells = book.cells(1)
    rows = {}
    for row in range(2, 100):
        if cells.get(f"C{row}"):
            rows[cells[f"C{row}"]] = [cells.get(f"{letter}{row}", "") for letter in "ABCDEFG"]
    return rows


def check_book(tally, book, table, language):
    names, lists = TABLES[table]
    columns = names.split()
    what = f"{table} {language}"
    tally.check(len(book.sheets) == 2 and book.sheets[1] == EXPLANATION[language], f"{what}: sheets {book.sheets}")
    pane = next(book.roots[0].iter(MAIN + "pane"))
    tally.check(pane.get("state") == "frozen" and pane.get("ySplit") == "1", f"{what}: the heading is not frozen")
    heads, rows = book.cells(0), explained(book)
    tally.check(list(rows) == [c.rstrip("*") for c in columns] and len(heads) == len(columns), f"{what}: columns {list(rows)} {heads}")
    for i, column in enumerate(columns, 1):
        name, letter = column.rstrip("*"), letter_of(i)
        heading, other, _, meaning, required, form, example = rows[name]
        tally.check(heads[letter + "1"] == heading + ("*" if column.endswith("*") else ""), f"{what}: heading {heads[letter + '1']}")
        tally.check((required in ("yes", "是")) == column.endswith("*") and meaning and form and example, f"{what}: {name} is explained by {rows[name]}")
        tally.check(bool(re.search("[\u4e00-\u9fff]", heading)) == (language == "zh") or heading == "KPI", f"{what}: heading {heading}")
        title, note = book.note(letter)
        tally.check(title == other and meaning in note and example in note and len(title) <= 32 and len(note) <= 255, f"{what}: {name}: note {title} {note}")
        spec = book.column(0, i)
        code = book.formats[int(spec.get("style", "0"))]
        expected = "yyyy-mm-dd" if name in DAYS else "#,##0.00" if name in MONEY else "General" if name in NUMBERS else "@"
        tally.check(code == expected, f"{what}: {name} is formatted {code}, not {expected}")
        tally.check(float(spec.get("width")) >= width_of(heading) + 1, f"{what}: {name} is {spec.get('width')} wide for {heading}")
        offered, open_ended = book.drop_down(letter)
        wanted = lists.get(name)
        wanted = wanted[language] if isinstance(wanted, dict) else wanted
        tally.check(offered == wanted, f"{what}: {name} offers {offered}, not {wanted}")
        if wanted:
            free = name in ("supports", "objective", "key_result") or (table, name) == ("leaves", "kind")
            tally.check(open_ended == free, f"{what}: {name}: whether others are taken")
    tally.check("xl/comments1.xml" not in book.parts and not any("<f>" in part.decode() for name, part in book.parts.items() if "sheet" in name and name.endswith(".xml")),
                f"{what}: a formula")
    return rows


# ---- filled in -------------------------------------------------------------------------------------------------------

def filled(source, target, rows, explanation_first=False):
    """The workbook with the examples as its first row; days as Excel has them, numbers as numbers."""
    cells = []
    for i, (name, row) in enumerate(rows.items(), 1):
        value = row[6]
        place = f"{letter_of(i)}2"
        if name in NUMBERS | MONEY:
            cells.append(f'<c r="{place}"><v>{value}</v></c>')
        elif name in DAYS:
            serial = (date.fromisoformat(value) - date(1899, 12, 30)).days
            style = re.search(rf'<col min="{i}" max="{i}"[^>]* style="(\d+)"', source["xl/worksheets/sheet1.xml"].decode())[1]
            cells.append(f'<c r="{place}" s="{style}"><v>{serial}</v></c>')
        else:
            cells.append(f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
    parts = dict(source)
    parts["xl/worksheets/sheet1.xml"] = source["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", f'<row r="2">{"".join(cells)}</row></sheetData>'.encode())
    if explanation_first:
        text = parts["xl/workbook.xml"].decode()
        one, two = re.findall(r"<sheet [^>]*/>", text)
        parts["xl/workbook.xml"] = text.replace(one + two, two + one).encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name, part)


def check_filled(tally, folder, table, language, book, rows):
    for explanation_first in (False, True):
        work = workspace(folder / f"{table}-{language}-{explanation_first}")
        for needed, text in (("objectives", "objective,cycle,owner\nO-growth,2026H1,E0001\n"), ("key_results", "key_result,objective\nKR-customers,O-company\n")):
            if (table, needed) in (("key_results", "objectives"), ("checkins", "key_results")):
                (work / "needed.csv").write_text(text, encoding="utf-8")
                must(work, "import", needed, "needed.csv")
        filled(book.parts, work / "filled.xlsx", rows, explanation_first)
        done = run(work, "import", table, "filled.xlsx")
        new = "0 new, 1 changed" if table == "employees" else "1 new, 0 changed"
        tally.check(done.returncode == 0 and f"1 row read; {new}, 0 unchanged, 0 set aside" in done.stderr, f"{table} {language} filled in: {done.stderr[:2000]}")
        tally.check("sheet-taken" not in done.stderr and "unknown-column" not in done.stderr, f"{table} {language} filled in: {done.stderr[:2000]}")


# ---- where none can be written ---------------------------------------------------------------------------------------

def check_failures(tally, folder):
    work = workspace(folder / "failures")
    before = set(work.iterdir())

    def refused(code, part, *words, **more):
        done = run(work, *words, **more)
        tally.check(done.returncode == code and part in done.stderr, f"{' '.join(words)}: {done.returncode} {done.stderr}")
        tally.check(set(work.iterdir()) == before, f"{' '.join(words)}: something is left behind")

    refused(3, "no such folder", "template", "facts", "-o", "none/facts.xlsx")
    refused(2, ".xlsx", "template", "facts", "-o", "facts.csv")
    refused(2, "xlsx", "template", "facts", "--format", "csv")
    refused(4, "No such file", "template", "facts", "-o", "facts.xlsx", TMPDIR=str(work / "none"))
    refused(4, "No space left", "template", "facts", "--format", "xlsx", "--force", "-o", "/dev/full")
    (work / "facts.xlsx").write_text("filled in", encoding="utf-8")
    before.add(work / "facts.xlsx")
    refused(3, "already there", "template", "facts", "-o", "facts.xlsx")
    tally.check((work / "facts.xlsx").read_text(encoding="utf-8") == "filled in", "a file that was there is overwritten")
    must(work, "template", "facts", "-o", "facts.xlsx", "--force")
    tally.check((work / "facts.xlsx").read_bytes().startswith(b"PK"), "--force does not overwrite")
    with zipfile.ZipFile(work / "facts.xlsx") as book:
        tally.check(book.testzip() is None, "the workbook is damaged")


def check_full_disk(tally, folder):
    """A disk that is full before the rows of a long table are all there, in the temporary files of the library."""
    work = workspace(folder / "full")
    rows = "".join(f"E0001,revenue,{2000 + i // 12 % 20}-{1 + i % 12:02},{i}\n" for i in range(240))
    (work / "facts.csv").write_text("subject,kpi,period,value\n" + rows, encoding="utf-8")
    must(work, "import", "facts", "facts.csv", "--no-check")
    whole = len(must(work, "export", "facts", "--format", "xlsx", "-o", "whole.xlsx").stderr) == 0 and (work / "whole.xlsx").stat().st_size
    for blocks in range(1, 400, 21):
        done = subprocess.run(["sh", "-c", f"trap '' XFSZ; ulimit -f {blocks}; exec {HRCTL} export facts -o limited.xlsx"], cwd=work, capture_output=True, text=True, check=False)
        there = (work / "limited.xlsx").exists()
        tally.check(done.returncode == (0 if there else 4), f"{blocks} blocks: {done.returncode} {done.stderr}")
        tally.check(not there or (work / "limited.xlsx").read_bytes() == (work / "whole.xlsx").read_bytes(), f"{blocks} blocks: a workbook with holes, {whole} bytes whole")
        (work / "limited.xlsx").unlink(missing_ok=True)
    tally.check(not list(work.glob("*.part*")), "a part of a file is left behind")
    for blocks in (1, 4, 8, 12, 16):  # of a small workbook the compressed file, of which the library says more than we do
        done = subprocess.run(["sh", "-c", f"trap '' XFSZ; ulimit -f {blocks}; exec {HRCTL} template employees -o small.xlsx"], cwd=folder, capture_output=True, text=True, check=False)
        told = done.stderr.splitlines()
        tally.check(done.returncode == 4 and len(told) == 1 and told[0].startswith("hrctl: error: "), f"{blocks} blocks: {done.returncode} {done.stderr}")


def check_terminal(tally, folder):
    work = workspace(folder / "terminal")
    for words in (["template", "facts"], ["export", "facts", "--format", "xlsx"], ["export", "facts", "--format", "xlsx", "-o", "-"]):
        master, slave = pty.openpty()
        done = subprocess.run([HRCTL, *words], cwd=work, stdout=slave, stderr=subprocess.PIPE, text=True, check=False)
        os.close(slave)
        os.close(master)
        tally.check(done.returncode == 2 and "terminal" in done.stderr, f"{words} on a terminal: {done.returncode} {done.stderr}")
    piped = subprocess.run([HRCTL, "template", "facts"], cwd=work, capture_output=True, check=False)
    must(work, "template", "facts", "-o", "facts.xlsx")
    tally.check(piped.stdout == (work / "facts.xlsx").read_bytes(), "what goes into a pipe is another workbook")


def main():
    tally = Tally("templates")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        work = workspace(folder / "work")
        for table in TABLES:
            for language in ("en", "zh"):
                path = work / f"{table}-{language}.xlsx"
                must(work, "--lang", language, "template", table, "-o", path.name)
                first = path.read_bytes()
                must(work, "--lang", language, "template", table, "-o", path.name, "--force")
                tally.check(path.read_bytes() == first, f"{table} {language}: other bytes the second time")
                book = Book(path)
                rows = check_book(tally, book, table, language)
                check_filled(tally, folder, table, language, book, rows)
        check_failures(tally, folder)
        check_full_disk(tally, folder)
        check_terminal(tally, folder)
    tally.finish()


if __name__ == "__main__":
    main()
