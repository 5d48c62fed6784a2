#!/usr/bin/python3
"""Last year's cycle gives last year's bytes, whatever came later: check_known.py HRCTL

The example company is scored and everything about both runs is kept: scores, rankings, units, objectives, scorecards and
explanations, one of the runs calibrated. Then something changes in every table and in every kind of definition, one change after another; each must
change what is scored now (else it would prove nothing), and after each the old cycle is scored again with `--known`, and
every report and explanation of the old runs must come out byte for byte as it was kept.
"""
import csv
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from tally import Tally

HRCTL = pathlib.Path(sys.argv[1]).resolve()
CYCLES = ("2025H1", "2025H2")
PEOPLE = ("E0002", "E0023", "E0080", "E0280", "E0300")


class Company:
    """The example in a folder of its own, with a clock that is set by hand."""

    def __init__(self, folder):
        self.folder = folder
        self.clock = "2026-01-15T08:00:00Z"
        folder.mkdir()
        self.run("init", "--example", "company")

    def run(self, *words, done_with=(0,)):
        environment = dict(os.environ, HRCTL_TEST_CLOCK=self.clock, HRCTL_USER="tester", LC_ALL="C.UTF-8")
        done = subprocess.run([HRCTL, *words], cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode not in done_with:
            raise SystemExit(f"FAILED known: hrctl {' '.join(words)}: {done.returncode}\n{done.stderr[:2000]}\n0 passed, 1 failed")
        return done.stdout

    def table(self, name):
        """An exported table as a list of rows."""
        return list(csv.DictReader(io.StringIO(self.run("export", name))))

    def take(self, table, rows, *options):
        """Imports rows, each a dictionary."""
        path = self.folder / f"later-{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        self.run("import", table, path.name, *options)

    def calibrate(self, run, move):
        """Moves the first person of a run's calibration files for whom that is a move, as a new run."""
        folder = self.folder / "calibration" / run
        self.run("calibrate", "plan", "--run", run, "--to", str(folder), "--force")
        for path in sorted(folder.glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            text, count = re.subn(r"(    band: " + move[0] + r"\n(?:    \w+:.*\n)*?    move:)\n    why:\n    who:",
                                  r"\1 " + move[1] + r"\n    why: later\n    who: tester", text, count=1)
            if count:
                path.write_text(text, encoding="utf-8")
                self.run("calibrate", "apply", str(path))
                return
        raise SystemExit(f"FAILED known: nobody to move from {move[0]} in run {run}\n0 passed, 1 failed")

    def edit(self, file, pattern, replacement):
        """Edits a definition file, once, and applies it."""
        path = self.folder / file
        text, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1, flags=re.S)
        if count != 1:
            raise SystemExit(f"FAILED known: {pattern} is not in {file}\n0 passed, 1 failed")
        path.write_text(text, encoding="utf-8")
        self.run("apply", "--reason", "later")


def first_import(company):
    company.run("apply")
    for table in ("org_units", "employees", "assignments", "leaves", "targets"):
        company.run("import", table, f"data/{table}.csv")
    facts = sorted(str(p.relative_to(company.folder)) for p in (company.folder / "data/facts").glob("*.csv"))
    company.run("import", "facts", *facts)
    for table in ("objectives", "key_results", "checkins", "feedback"):
        company.run("import", table, f"data/{table}.csv")


def known_of(company):
    """What each run was made from."""
    rows = csv.DictReader(io.StringIO(company.run("run", "list", "--format", "csv")))
    return {row["run"]: row for row in rows}


def everything(company, runs):
    """All that can be said of the old runs, by command."""
    said = {}

    def keep(*words, **options):
        said[" ".join(words)] = company.run(*words, **options)

    for run, row in runs.items():
        cycle, as_of, known = row["cycle"], row["as_of"], row["known"]
        keep("score", "--cycle", cycle, "--known", known, "--dry-run", "--format", "csv")
        keep("score", "--cycle", cycle, "--known", known, "--dry-run", "--format", "json", "--threads", "3")
        for report in ("scores", "ranking", "okr", "units"):
            keep("report", report, "--run", run, "--format", "csv")
            keep("report", report, "--run", run, "--format", "json")
        for words in (["compare", "--by", "unit"], ["correlation"], ["distribution", "--by", "job"]):
            keep("report", *words, "--run", run, "--format", "csv")
        keep("report", "stability", "--as-of", as_of, "--known", known, "--by", "job", "--format", "csv")
        keep("report", "okr", "--cycle", cycle, "--as-of", as_of, "--known", known, "--format", "csv")
        keep("report", "units", "--as-of", as_of, "--known", known, "--format", "csv")
        keep("report", "changes", "--known", known, "--format", "csv")
        for person in PEOPLE:
            keep("report", "scorecard", person, "--run", run, "--format", "csv")
            keep("explain", person, "--run", run, "--format", "json")
            keep("explain", person, "--run", run)
            keep("explain", person, "--run", run, "--check")
    keep("diff", "2", "3", "--format", "csv", done_with=(0, 1))
    return said


# ---- what comes later ------------------------------------------------------------------------------------------------

def restate_facts(company):
    rows = [r for r in company.table("facts") if r["subject"] in PEOPLE or r["subject"].startswith("unit:")]
    for row in rows:
        row["value"] = str(round(float(row["value"]) * 0.5 + 3, 2))
    company.take("facts", rows)


def withdraw_facts(company):
    rows = [r for r in company.table("facts") if r["period"] == "2025-11"]
    company.take("facts", rows[::2], "--replace", "2025-11")


def add_facts(company):
    rows = [r for r in company.table("facts") if r["period"] == "2025-09"][:300]
    company.take("facts", [dict(r, period="2025-11") for r in rows])


def rename_people(company):
    rows = [{"employee_id": p, "name": "Later " + p, "grade": "P9"} for p in PEOPLE]
    company.take("employees", rows)


def move_people(company):
    company.take("employees", [{"employee_id": p, "org_unit": "LT"} for p in PEOPLE], "--effective", "2025-08-01")


def end_people(company):
    company.take("employees", [{"employee_id": "E0300", "termination_date": "2025-03-31"}])


def hire_people(company):
    company.take("employees", [{"employee_id": "L0001", "name": "Late", "org_unit": "LT", "job": "Sales Rep", "grade": "P4", "hire_date": "2025-02-01"}])


def assign_people(company):
    company.take("assignments", [{"employee_id": "E0080", "from": "2025-03-01", "to": "", "job": "Porter"}])


def turn_units(company):
    rows = company.table("org_units")
    company.take("org_units", [{"org_unit": r["org_unit"], "name": "Later " + r["name"]} for r in rows])


def lower_targets(company):
    rows = [r for r in company.table("targets") if r["target"]][:40]
    company.take("targets", [dict(r, target=str(float(r["target"]) * 2 + 1)) for r in rows], "--reason", "later")


def add_targets(company):
    kpis = {r["kpi"] for r in company.table("facts") if r["subject"] == "E0023"}
    rows = [{"subject": "E0023", "kpi": kpi, "target": "7"} for kpi in sorted(kpis)]
    company.take("targets", rows, "--reason", "later")


def hand_over_objectives(company):
    rows = company.table("objectives")
    company.take("objectives", [dict(r, owner="E0080") for r in rows[:20]], "--reason", "later")


def change_key_results(company):
    rows = [r for r in company.table("key_results") if r["target"]]
    company.take("key_results", [dict(r, target=str(float(r["target"]) + 5)) for r in rows], "--reason", "later")


def check_in(company):
    rows = company.table("checkins")
    company.take("checkins", [dict(r, value=str(float(r["value"]) + 1)) for r in rows if r["value"]])


def rate_again(company):
    rows = company.table("feedback")
    company.take("feedback", [dict(r, rating="1") for r in rows])


def take_leave(company):
    rows = [{"employee_id": p, "from": "2025-02-01", "to": "2025-10-31", "kind": kind} for p in PEOPLE for kind in ("sick", "maternity", "parental")]
    company.take("leaves", rows)


def recognise(company):
    company.take("recognitions", [{"employee_id": "E0080", "date": "2025-09-01", "kind": "praise", "note": "later"}])


def decide(company):
    """A row that was set aside is corrected and tried again, and a decision is changed."""
    row = next(r for r in company.table("facts") if r["subject"] == "E0023" and r["period"] == "2025-10" and r["kpi"] == "revenue")
    other = next(r for r in company.table("facts") if r["subject"] == "E0080" and r["period"] == "2025-10")
    company.take("facts", [dict(row, value="many"), other])
    waiting = [item for item in csv.DictReader(io.StringIO(company.run("review", "list", "--format", "csv"))) if item["table"] == "facts"]
    item = waiting[-1]["item"]
    company.run("review", "resolve", item, "correct", "value=1", "--reason", "later")
    company.run("review", "retry", item)
    company.run("review", "resolve", item, "correct", f"value={3 * float(row['value'])}", "--reason", "later still")
    company.run("review", "retry", item)


def queue(company):
    return list(csv.DictReader(io.StringIO(company.run("review", "list", "--state", "all", "--format", "csv"))))


def decide_findings(company):
    """Slips of a decimal point are found: one is corrected, one is dropped, one accepted; the file comes again."""
    rows = [r for r in company.table("facts") if r["kpi"] == "revenue" and r["period"] == "2025-10"][:3]
    company.take("facts", [dict(row, value=str(float(row["value"]) * 100)) for row in rows])
    subjects = {row["subject"] for row in rows}
    found = [item for item in queue(company) if item["kind"] == "finding" and item["state"] == "open"]
    found = [item["item"] for item in found if item["key"].split(" · ")[0] in subjects]
    if len(found) != 3:
        raise SystemExit(f"FAILED known: findings {found} of three slips\n0 passed, 1 failed")
    company.run("review", "resolve", found[0], "correct", f"value={2 * float(rows[0]['value'])}", "--reason", "later")
    company.run("review", "resolve", found[1], "drop", "--reason", "later")
    company.run("review", "resolve", found[2], "accept", "--reason", "later")
    company.run("import", "facts", "later-facts.csv")


def reopen(company):
    company.run("cycle", "reopen", "2025H1", "--reason", "later")


def freeze(company):
    """Cycles frozen and reopened: nothing of what the old runs say follows from it."""
    for cycle in CYCLES:
        company.run("cycle", "freeze", cycle)
        company.run("cycle", "reopen", cycle, "--reason", "later")


def score_again(company):
    company.run("score", "--cycle", "2025H1")
    company.run("cycle", "close", "2025H1")
    company.run("score", "--cycle", "2025H2")


def calibrate(company):
    company.calibrate("2", ("A", "B"))


# Changes that need not show in scores as they are now.
SILENT = (reopen, recognise, freeze, score_again, calibrate)


def edit_definitions(company, definition):
    return lambda c: c.edit(*definition)


def definition_changes(company):
    """One change of each kind of definition, found in the files of the example."""
    files = {p.relative_to(company.folder).as_posix(): p.read_text(encoding="utf-8") for p in sorted(company.folder.rglob("*.yaml"))}

    def where(pattern):
        for name, text in files.items():
            if name.split("/")[0] in ("kpis", "okrs", "plans", "cycles") and re.search(pattern, text, re.S):
                return name
        raise SystemExit(f"FAILED known: no file has {pattern}\n0 passed, 1 failed")

    changes = (("a curve", r"(points: \[\[[\d.]+, )(\d+)", r"\g<1>7\2"),
               ("a weight", r"(kpi: \w+, weight: )(\d+)", r"\g<1>1\2"),
               ("components", r"(components: \{kpi: )(\d+)", r"\g<1>1\2"),
               ("a band", r"(bands:.*?from: )(9)(\d)", r"\g<1>8\3"),
               ("decimals", r"(decimals: )\d", r"\g<1>0"))
    return [(name, (where(pattern), pattern, replacement)) for name, pattern, replacement in changes]


CHANGES = (reopen, restate_facts, withdraw_facts, add_facts, rename_people, move_people, end_people, hire_people, assign_people,
           turn_units, lower_targets, add_targets, hand_over_objectives, change_key_results, check_in, rate_again, take_leave,
           recognise, decide, decide_findings, freeze, score_again, calibrate)


def now(company):
    """What is scored now, and how the units are called."""
    return [company.run("score", "--cycle", c, "--dry-run", "--format", "csv") for c in CYCLES] + \
        [company.run("report", "units", "--as-of", "2025-12-31", "--format", "csv")]


def compare(tally, kept, company, runs, what):
    for words, text in everything(company, runs).items():
        before = kept[words].splitlines()
        after = text.splitlines()
        at = next((i for i, (a, b) in enumerate(zip(before, after)) if a != b), min(len(before), len(after)))
        line = lambda lines: lines[at][:300] if at < len(lines) else "(nothing)"
        tally.check(kept[words] == text, f"after {what}: hrctl {words}: line {at + 1}\n    - {line(before)}\n    + {line(after)}")


def main():
    tally = Tally("known")
    with tempfile.TemporaryDirectory() as folder:
        company = Company(pathlib.Path(folder) / "company")
        first_import(company)
        # The second half carries scores of the first one, which is closed: later steps of that must not show either.
        company.edit("plans/plans.yaml", r"missing: reweight", "missing: carry")
        company.run("score", "--cycle", CYCLES[0])
        company.run("cycle", "close", CYCLES[0])
        company.run("score", "--cycle", CYCLES[1])
        company.calibrate("2", ("S", "A"))
        runs = known_of(company)
        kept = everything(company, runs)
        tally.check(any("carried" in text for text in kept.values()), "nobody's score was carried: it proves nothing of that")
        was = now(company)
        later = [(change.__name__, change, change not in SILENT) for change in CHANGES]
        later += [(name, edit_definitions(company, definition), True) for name, definition in definition_changes(company)]
        for number, (name, change, shows) in enumerate(later):
            company.clock = f"2026-02-{number % 28 + 1:02}T08:00:00Z"
            change(company)
            is_now = now(company)
            tally.check(is_now != was or not shows, f"{name} changes nothing of what is scored now: it proves nothing")
            was = is_now
            if number % 3 == 2 or number == len(later) - 1:  # all that came so far; each time takes a while
                compare(tally, kept, company, runs, name)
        for run, old in runs.items():  # a run that is stored gives the same bytes, and the same hash
            if old["base_run"]:  # the moves were laid on it
                continue
            company.run("score", "--cycle", old["cycle"], "--known", old["known"])
            rows = list(csv.DictReader(io.StringIO(company.run("run", "list", "--format", "csv"))))
            for column in ("as_of", "known", "definitions", "rated", "not_rated", "input_hash", "result_hash"):
                tally.check(rows[-1][column] == old[column], f"run {rows[-1]['run']} as run {run}: {column} is {rows[-1][column]}, not {old[column]}")
    tally.finish()


if __name__ == "__main__":
    main()
