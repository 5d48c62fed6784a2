#!/usr/bin/python3
"""Reports as people open them: check_pages.py HRCTL

Every report of the quickstart, as HTML and as a workbook, in both languages, beside the same report as JSON. Pages are
read by a strict parser: sound markup, nothing loaded and nothing run, names of people as text whatever they look like,
headings with their scope, pictures with words. Workbooks are looked into with another reader: as many rows, the same
numbers, no formula.
"""
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
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
VOID = {"meta", "rect", "circle", "line", "path"}
HOSTILE = "<script>alert('&amp;')</script>"
FORMULA = "=1+1"
REPORTS = ["report scores", "report ranking", "report scorecard E003", "report advice E004", "report dossier E003", "report dossier E012", "report okr", "report units",
           "report changes", "report calibration --by region", "explain E003", "run list", "run show", "cycle list",
           "facts check", "diff 1 2", "review list", "doctor", "export employees"]


class Page(HTMLParser):
    """A page by what a reader finds in it; faults of its markup."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.ids, self.wanted_ids = [], [], [], set()
        self.counts, self.rows, self.words = {}, [], []
        self.title_of_svg = None
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
        if tag in ("script", "link", "img", "iframe", "object", "form"):
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
        if attributes.get("href", "").startswith("#"):
            self.wanted_ids.add(attributes["href"][1:])
        if tag == "svg" and (attributes.get("role") != "img" or not attributes.get("aria-labelledby")):
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


def all_tables(document):
    return [s["rows"] for s in document["sections"].values()] if "sections" in document else [document["rows"]]


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def check_page(tally, work, report, language, document):
    done = run(work, report, language, "--format", "html")
    page = Page(done.stdout)
    what = f"{report} ({language})"
    tally.check(not page.faults, f"{what}: {page.faults[:5]}")
    tally.check(page.language == {"en": "en", "zh": "zh-CN"}[language], f"{what}: lang is {page.language}")
    tally.check(page.counts.get("h1") == 1 and page.counts.get("title", 0) >= 1, f"{what}: not one heading")
    sheets = done.stdout.count('<table class="sheet">')
    if not sheets:
        rows = sum(len(t) for t in all_tables(document))
        tally.check(len(page.rows) == rows, f"{what}: {len(page.rows)} rows, JSON has {rows}")
    if HOSTILE in json.dumps(document, ensure_ascii=False):
        tally.check(HOSTILE in "".join(page.words), f"{what}: a name is not there as text")
    return page


def check_book(tally, work, report, language, document):
    path = work / "book.xlsx"
    run(work, report, language, "-o", "book.xlsx")
    book = Book(path)
    what = f"{report} ({language}), workbook"
    tables = all_tables(document)
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
