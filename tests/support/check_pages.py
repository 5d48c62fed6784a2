#!/usr/bin/python3
"""Reports as people open them: check_pages.py HRCTL

Every report of the quickstart, as HTML and as a workbook, in both languages, beside the same report as JSON. Pages are
read by a strict parser: sound markup, nothing loaded and nothing run, names of people as text whatever they look like,
headings with their scope, pictures with words. A page to be worked with runs one script, the one that its policy names by its
hash, on rows that are those of the JSON. Workbooks are looked into with another reader: as many rows, the same
numbers, no formula; charts refer to cells of their own sheet and keep what stands there.
"""
import base64
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from html.parser import HTMLParser

from tally import Tally

HRCTL = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(__file__).resolve().parents[2]
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
VOID = {"meta", "rect", "circle", "line", "path"}
HOSTILE = "<script>alert('&amp;')</script>"
FORMULA = "=1+1"
REPORTS = ["report scores", "report ranking", "report scorecard E003", "report advice E004", "report dossier E003", "report dossier E012", "report dashboard", "report dashboard SALES", "report okr", "report units",
           "report changes", "report calibration --by region", "explain E003", "run list", "run show", "cycle list",
           "report compare --by unit --min-shown 2", "report distribution", "report dossier E003 --min-shown 1",
           "report distribution --by unit --min-shown 2",
           "facts check", "diff 1 2", "review list", "doctor", "export employees"]
# Of the first sheet that has charts: what names its rows (None: words for people), and the numbers in the order in which the chart has them.
CHARTS = {"report compare --by unit --min-shown 2": [("group", ["q1", "median", "mean", "q3"])],
          "report distribution --by unit --min-shown 2": [("group", ["q1", "median", "mean", "q3"])],
          "report distribution": [("from", ["n"])],
          "report dossier E003 --min-shown 1": [(None, ["lower", "median", "own", "upper"])]}


class Page(HTMLParser):
    """A page by what a reader finds in it; faults of its markup."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.ids, self.wanted_ids = [], [], [], set()
        self.counts, self.rows, self.words = {}, [], []
        self.scripts, self.policy = [], ""  # (type, text)
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append(f"not closed: {self.open}")
        self.faults += [f"id {i} stands twice" for i in set(self.ids) if self.ids.count(i) > 1]
        self.faults += [f"nothing has the id {i}" for i in self.wanted_ids - set(self.ids)]

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.counts[tag] = self.counts.get(tag, 0) + 1
        if tag not in VOID:
            self.open.append(tag)
        if tag == "script":
            self.scripts.append((attributes.get("type"), ""))
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]
        if tag in ("link", "img", "iframe", "object", "form"):
            self.faults.append(f"has a <{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "srcset") or (name == "href" and not value.startswith("#")):
                self.faults.append(f"<{tag} {name}={value}>")
        if tag == "th" and attributes.get("scope") not in ("col", "row"):
            self.faults.append("a <th> has no scope")
        if tag == "html":
            self.language = attributes.get("lang")
        if "id" in attributes:
            self.ids.append(attributes["id"])
        self.wanted_ids.update(attributes.get("aria-labelledby", "").split())
        if attributes.get("href", "").startswith("#") and "=" not in attributes["href"]:
            self.wanted_ids.add(attributes["href"][1:])
        if tag == "svg" and attributes.get("aria-hidden") != "true" and (attributes.get("role") != "img" or not attributes.get("aria-labelledby")):
            self.faults.append("a picture without words")
        if tag == "tr" and "tbody" in self.open:
            self.rows.append([])
        if tag in ("td", "th") and self.rows and "tbody" in self.open:
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        if "style" in self.open:
            if "url(" in data or "@import" in data:
                self.faults.append("the style loads something")
            return
        if "script" in self.open:
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)
            return
        self.words.append(data)
        if self.rows and self.open and self.open[-1] in ("td", "th") and "tbody" in self.open:
            self.rows[-1][-1] += data


class Book:
    """The sheets of a workbook: rows of (type, value)."""

    def __init__(self, path):
        self.archive = zipfile.ZipFile(path)
        names = [s.get("name") for s in ElementTree.fromstring(self.archive.read("xl/workbook.xml")).iter(MAIN + "sheet")]
        self.xml = [self.archive.read(f"xl/worksheets/sheet{i + 1}.xml").decode() for i in range(len(names))]
        self.sheets = dict(zip(names, map(self.rows_of, self.xml)))
        self.charts = {name: self.charts_of(i + 1) for i, name in enumerate(names)}

    def targets(self, part):
        """What a part of the archive refers to."""
        folder, name = part.rsplit("/", 1)
        path = f"{folder}/_rels/{name}.rels"
        if path not in self.archive.namelist():
            return []
        found = [r.get("Target") for r in ElementTree.fromstring(self.archive.read(path))]
        return [os.path.normpath(f"{folder}/{t}") for t in found]

    def charts_of(self, number):
        """The charts of a sheet: each a list of series, each a map of what it refers to and what it keeps of that."""
        charts = []
        for drawing in self.targets(f"xl/worksheets/sheet{number}.xml"):
            for chart in self.targets(drawing):
                root = ElementTree.fromstring(self.archive.read(chart))
                charts.append([{part: self.reference(series.find(CHART + part)) for part in ("tx", "cat", "val")}
                               for series in root.iter(CHART + "ser")])
        return charts

    @staticmethod
    def reference(part):
        kept = {int(p.get("idx")): p.find(CHART + "v").text for p in part.iter(CHART + "pt")}
        count = int(next(part.iter(CHART + "ptCount")).get("val"))
        return next(part.iter(CHART + "f")).text, [kept.get(i) for i in range(count)]

    def cells(self, reference):
        """(sheet, the values there) of 'Sheet'!$A$2:$A$9."""
        sheet, column, first, last_column, last = re.fullmatch(
            r"'?(.+?)'?!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?", reference).groups()
        assert last_column in (None, column), reference
        rows = self.sheets.get(sheet, [])
        span = range(int(first), int(last or first) + 1)
        return sheet, [rows[i - 1].get(column, ("", None))[1] if i <= len(rows) else None for i in span]

    @staticmethod
    def rows_of(xml):
        rows = []
        for row in ElementTree.fromstring(xml).iter(MAIN + "row"):
            cells = {}
            for c in row.iter(MAIN + "c"):
                value = c.find(MAIN + "v")
                text = "".join(t.text or "" for t in c.iter(MAIN + "t"))
                cells[re.match("[A-Z]+", c.get("r")).group()] = (c.get("t", "n"), value.text if value is not None else text)
            rows.append(cells)
        return rows


def run(work, words, language, *more):
    environment = dict(os.environ, HRCTL_TEST_CLOCK="2026-07-15T08:00:00Z", HRCTL_USER="tester", LC_ALL="C.UTF-8",
                       HRCTL_LANG=language)
    return subprocess.run([HRCTL, *words.split(), *more], cwd=work, env=environment, capture_output=True, text=True, check=False)


def workspace(folder):
    """The quickstart, two runs, with a name that is markup and one that is a formula."""
    subprocess.run([HRCTL, "init", "--example", "quickstart", folder], check=True, capture_output=True)
    people = folder / "data" / "roster.csv"
    text = people.read_text(encoding="utf-8")
    for name, instead in (("何雨桐", HOSTILE), ("马小满", FORMULA)):
        if name not in text:
            raise SystemExit(f"nobody is called {name}\n0 passed, 1 failed")
        text = text.replace(name, instead)
    people.write_text(text, encoding="utf-8")
    environment = dict(os.environ, PATH=f"{HRCTL.parent}:{os.environ['PATH']}", HRCTL_TEST_CLOCK="2026-07-15T08:00:00Z", LC_ALL="C.UTF-8")
    subprocess.run(["sh", "run.sh"], cwd=folder, env=environment, check=True, capture_output=True)
    run(folder, "score --cycle 2026H1 --as-of 2026-05-31", "en")


def all_tables(document, split=False):
    """The rows by table; split: a table whose rows say their section is one per section."""
    if "sections" in document:
        return [s["rows"] for s in document["sections"].values()]
    rows = document["rows"]
    if not split or not rows or "section" not in rows[0]:
        return [rows]
    sections = list(dict.fromkeys(r["section"] for r in rows))
    return [[r for r in rows if r["section"] == s] for s in sections]


FIRST_ROWS = 20


def shown_rows(document):
    if document["schema"] != "hrctl.dashboard/v1":
        return sum(len(t) for t in all_tables(document))
    return sum(min(len(s["rows"]), FIRST_ROWS) for key, s in document["sections"].items() if key != "headline")


def value_at(column, row):
    value = column["values"][row]
    return column["texts"][value] if value is not None and column["kind"] in ("text", "choice") else value


def check_scripts(tally, what, page, document):
    """No script, or the one that the policy names; then the rows that it draws are those of the JSON."""
    code = [text for kind, text in page.scripts if kind is None]
    hashes = [base64.b64encode(hashlib.sha256(c.encode()).digest()).decode() for c in code]
    policy = "default-src 'none'; style-src 'unsafe-inline'" + "".join(f"; script-src 'sha256-{h}'" for h in hashes)
    tally.check(page.policy == policy, f"{what}: the policy is {page.policy}, not {policy}")
    tally.check(len(code) == (document["schema"] == "hrctl.dashboard/v1"), f"{what}: {len(code)} scripts")
    if not code:
        return
    data = [json.loads(text) for kind, text in page.scripts if kind == "application/json"][:-1]  # the last one: of the page
    tables = [s["rows"] for key, s in document["sections"].items() if s["rows"] and key != "headline"]
    tally.check([d["rows"] for d in data] == [len(t) for t in tables], f"{what}: other rows for the script")
    for own, rows in zip(data, tables):
        for column in own["columns"]:
            wrong = [i for i, row in enumerate(rows) if not says(column, value_at(column, i), row[column["key"]])]
            tally.check(not wrong, f"{what}: {column['key']} for the script differs in rows {wrong[:3]}")


def says(column, own, value):
    if column["kind"] in ("number", "percent") and value is not None:
        return abs(float(own) - value) <= (0.5000001 * 10 ** -column["decimals"] if column["decimals"] >= 0 else 1e-9)
    if column["kind"] == "flag":
        return (own is None and value is None) or bool(own) == value
    return own == value


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def check_page(tally, work, report, language, document):
    done = run(work, report, language, "--format", "html")
    page = Page(done.stdout)
    what = f"{report} ({language})"
    tally.check(not page.faults, f"{what}: {page.faults[:5]}")
    tally.check(page.language == {"en": "en", "zh": "zh-CN"}[language], f"{what}: lang is {page.language}")
    tally.check(page.counts.get("h1") == 1 and page.counts.get("title", 0) >= 1, f"{what}: not one heading")
    check_scripts(tally, what, page, document)
    sheets = done.stdout.count('<table class="sheet">')
    if not sheets:
        rows = shown_rows(document)
        tally.check(len(page.rows) == rows, f"{what}: {len(page.rows)} rows, JSON has {rows}")
    if HOSTILE in json.dumps(document, ensure_ascii=False):
        tally.check(HOSTILE in "".join(page.words), f"{what}: a name is not there as text")
    return page


def same(cell, kept):
    if cell is None or kept is None:
        return cell == kept
    try:
        return abs(float(cell) - float(kept)) < 1e-9
    except ValueError:
        return cell == kept


def check_charts(tally, book, report, what, tables):
    """Charts refer to cells of their own sheet, from below its heading to its last row, and keep what stands there."""
    for name, charts in book.charts.items():
        for series in (s for chart in charts for s in chart):
            for part, (reference, kept) in series.items():
                sheet, cells = book.cells(reference)
                whole = "1" if part == "tx" else f"2:{len(book.sheets[name])}"
                rows = ":".join(re.findall(r"\$(\d+)", reference))
                is_whole = rows == whole or (whole == "2:2" and rows == "2")
                tally.check(sheet == name and is_whole, f"{what}: a chart of {name} refers to {reference}")
                tally.check(len(cells) == len(kept) and all(map(same, cells, kept)),
                            f"{what}: {reference} holds {cells[:4]}, the chart of {name} has {kept[:4]}")
    for number, (names, keys) in enumerate(CHARTS.get(report, [])):
        place = next((i for i, charts in enumerate(book.charts.values()) if charts), None)
        if place is None or len(list(book.charts.values())[place]) <= number:
            tally.check(False, f"{what}: a chart is missing")
            continue
        chart = list(book.charts.values())[place][number]
        rows = tables[place]
        wanted = [str(r[names]) for r in rows if r[names] is not None] if names else chart[0]["cat"][1]
        tally.check(all(map(same, wanted, filter(None, chart[0]["cat"][1]))), f"{what}: names are {chart[0]['cat'][1]}")
        for key, series in zip(keys, chart, strict=True):
            wanted = [None if r[key] is None else str(r[key]) for r in rows]
            tally.check(all(map(same, wanted, series["val"][1])), f"{what}: {key} is {series['val'][1]}, not {wanted}")


def check_book(tally, work, report, language, document):
    path = work / "book.xlsx"
    run(work, report, language, "-o", "book.xlsx")
    book = Book(path)
    what = f"{report} ({language}), workbook"
    tables = all_tables(document, split=True)
    check_charts(tally, book, report, what, tables)
    tally.check("<f>" not in "".join(book.xml), f"{what}: has a formula")
    for table, (name, rows), xml in zip(tables, book.sheets.items(), book.xml):
        tally.check('state="frozen"' in xml and "<autoFilter" in xml, f"{what}: {name} has no fixed heading or filter")
        tally.check(len(rows) == len(table) + 1, f"{what}: {name} has {len(rows) - 1} rows, JSON has {len(table)}")
        for cells, row in zip(rows[1:], table):
            numbers = [v for v in row.values() if is_number(v)]
            found = [float(v) for kind, v in cells.values() if kind == "n"]
            near = [n for n in numbers if not any(abs(f - n) < 1e-9 or abs(f - n / 100) < 1e-9 for f in found)]
            tally.check(not near, f"{what}: {name} does not have {near[:3]}")
            tally.check(all(kind != "n" for kind, v in cells.values() if v == FORMULA), f"{what}: {FORMULA} is no text")
    path.unlink()


def main():
    tally = Tally("pages")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "work"
        workspace(work)
        for report in REPORTS:
            for language in ("en", "zh"):
                document = json.loads(run(work, report, language, "--format", "json").stdout)
                check_page(tally, work, report, language, document)
                check_book(tally, work, report, language, document)
    tally.finish()


if __name__ == "__main__":
    main()
