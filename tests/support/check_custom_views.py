#!/usr/bin/python3
"""The views of custom reports beside what is written about them: check_custom_views.py HRCTL

Every view of the quickstart as a list and as one group: the columns that come out are those that
docs/formats/custom-reports.md lists for it, those only there when they are named (*italic*) among them; in both
languages; the JSON is as schemas/output/custom.schema.json says.
"""
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from tally import ROOT, Tally, need_debian_python

need_debian_python()

import check_output_schemas  # noqa: E402

HRCTL = pathlib.Path(sys.argv[1]).resolve()
OF_THE_QUICKSTART = {"gender"}  # columns of its own files


def views_of(page):
    """Of each view: its columns, and those of them that are there only when they are named."""
    text = (ROOT / "docs" / "formats" / page).read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        row = re.fullmatch(r"\| `(\w+)` \|.*\| ([^|]+) \|", line)
        if row and ("employee_id" in row[2] or "," in row[2]):
            asked = re.findall(r"\*(\w+)\*", row[2])
            found[row[1]] = (re.findall(r"\w+", row[2].replace("*", "")), asked)
    return found


def run(work, *words):
    environment = dict(os.environ, HRCTL_TEST_CLOCK="2026-07-15T08:00:00Z", LC_ALL="C.UTF-8", PATH=f"{HRCTL.parent}:{os.environ['PATH']}")
    return subprocess.run(words, cwd=work, env=environment, capture_output=True, text=True, check=False)


def made(work, view, rest, *options):
    (work / "r.yaml").write_text(f"version: 1\nreport: {{id: r, title: T}}\nview: {view}\n{rest}\n", encoding="utf-8")
    return run(work, HRCTL, "report", "custom", "r.yaml", *options)


def check_view(tally, work, view, columns, asked):
    listed = made(work, view, "", "--format", "csv")
    got = next(csv.reader(listed.stdout.splitlines()), [])
    wanted = [c for c in columns if c not in asked]
    tally.check(got[:len(wanted)] == wanted and set(got) <= set(wanted) | OF_THE_QUICKSTART, f"{view}: {got}, the page says {wanted} ({listed.stderr})")
    named = made(work, view, f"columns: [{', '.join(columns)}]", "--format", "csv")
    tally.check(next(csv.reader(named.stdout.splitlines()), []) == columns, f"{view}: its columns cannot all be named: {named.stderr}")
    for rest in ("", "measures: [{name: n, figure: count}]"):
        document = made(work, view, rest, "--format", "json").stdout
        faults = check_output_schemas.faults_of(document)
        tally.check(not faults, f"{view}: {faults[:3]}")
    rows = len(listed.stdout.splitlines()) - 1
    counted = made(work, view, "measures: [{name: n, figure: count}]", "--min-shown", "1", "--format", "json")
    found = [r["n"] for r in json.loads(counted.stdout)["rows"]]
    tally.check(found == ([rows] if rows else []), f"{view}: {rows} rows, counted {found}")


def main():
    tally = Tally("custom views")
    pages = [views_of(p) for p in ("custom-reports.md", "custom-reports.zh-CN.md")]
    tally.check(pages[0] == pages[1], "the pages of both languages differ")
    schema = json.loads((ROOT / "schemas/definitions/custom-report.schema.json").read_text(encoding="utf-8"))
    tally.check(list(pages[0]) == schema["properties"]["view"]["enum"], f"views of the page: {list(pages[0])}")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "work"
        run(folder, HRCTL, "init", "--example", "quickstart", str(work))
        run(work, "sh", "run.sh")
        for view, (columns, asked) in pages[0].items():
            check_view(tally, work, view, columns, asked)
    tally.finish()


if __name__ == "__main__":
    main()
