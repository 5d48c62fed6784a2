#!/usr/bin/env python3
"""`score --incremental` gives the same run as a full score: check_incremental.py HRCTL [--count N] [--seed N]

Random workspaces, scored once; then one kind of input after the other changes. After each change the workspace is copied:
in the copy everybody is scored, in the workspace incrementally. Hash of the results, scores, units, and explanations must be the
same bytes. Whether anybody was taken over, and which warnings are said, must be what docs/commands/score.md says.
"""
import argparse
import collections
import csv
import io
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

from tally import ROOT, Tally

sys.path.insert(0, str(ROOT / "tests/property"))
import generate

FIRST_DAY = "2026-07-15T08:00:00Z"
REASON = {table: ("--reason", "later") for table in ("targets", "objectives", "key_results")}


class Failed(Exception):
    pass


class Folder:
    """A workspace, and the day it is there."""

    def __init__(self, hrctl, path, clock=FIRST_DAY):
        self.hrctl, self.path, self.clock = hrctl, path, clock

    def run(self, *words, refused=False):
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": self.path, "LC_ALL": "C.UTF-8", "TZ": "UTC", "HRCTL_TEST_CLOCK": self.clock}
        done = subprocess.run([self.hrctl, *words], cwd=self.path, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0 and not refused:
            raise Failed(f"hrctl {' '.join(words)}: exit {done.returncode}\n{done.stderr}{done.stdout}")
        return done

    def take(self, table, rows):
        path = os.path.join(self.path, f"later-{table}.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            out.writeheader()
            out.writerows(rows)
        self.run("import", table, path, "--quiet", *REASON.get(table, ()))

    def copied(self, path):
        shutil.copytree(self.path, path)
        return Folder(self.hrctl, path, self.clock)

    def score(self, world, *options):
        """The run's number, "" when nothing was stored, and what was said."""
        day = ("--as-of", world["as_of"]) if world["as_of"] else ()
        done = self.run("score", "--cycle", world["cycle"], *day, "--units", "units.csv", *options, refused=True)
        if done.returncode != 0:
            return "", done.stderr
        said = [line for line in done.stderr.splitlines() if line.startswith("run ")]
        return said[-1].split(":")[0].split()[1], done.stderr

    def shown(self, run, people):
        """Everything that can be asked of a run."""
        runs = csv.DictReader(io.StringIO(self.run("run", "list", "--format", "csv").stdout))
        out = {"hash": next(row["result_hash"] for row in runs if row["run"] == run)}
        out["--units"] = pathlib.Path(self.path, "units.csv").read_text(encoding="utf-8")
        for report in ("scores", "units"):
            out[report] = self.run("report", report, "--run", run, "--format", "csv").stdout
        for person in people:
            done = self.run("explain", person, "score", "--run", run, "--format", "csv", refused=True)
            out["explain " + person] = done.stdout
        return out


FINDING = re.compile(r"(?:warning|note)\[([a-z-]+)\]")
OF_OKRS_AND_FEEDBACK = {
    "unknown-key-result", "unknown-objective", "objective-made", "duplicate-objective", "weights-mixed", "several-root-units",
    "shared-key-result", "rating-outside-scale",
}


def findings(said, without=()):
    found = [(FINDING.search(line), line) for line in said.splitlines()]
    return [line for match, line in found if match and match[1] not in without]


def one(r, rows):
    return dict(r.choice(rows)) if rows else None


def other_number(r, text):
    number = generate.Fraction(text or "1")
    return generate.num(number + r.choice([1, abs(number) + 1]), 5)


def facts_in_cycle(world, of_units):
    cycle = world["definitions"]["cycles"][0]

    def counts(row):
        begin, end = generate.period_range(row["period"])
        meets = begin <= generate.day(cycle["to"]) and end > generate.day(cycle["from"])
        return meets and row["subject"].startswith("unit:") == of_units
    return [row for row in world["tables"].get("facts", []) if counts(row)]


def person_fact(folder, world, r):
    row = one(r, facts_in_cycle(world, False))
    if row:
        folder.take("facts", [{**row, "value": other_number(r, row["value"])}])
    return row is not None


def new_fact(folder, world, r):
    """Of somebody who had none of that KPI and period, where none overlaps it."""
    row = one(r, facts_in_cycle(world, False))
    if row is None:
        return False
    try:
        folder.take("facts", [{**row, "subject": r.choice(world["tables"]["employees"])["employee_id"]}])
    except Failed:
        return False
    return True


def unit_fact(folder, world, r):
    row = one(r, facts_in_cycle(world, True))
    if row:
        folder.take("facts", [{**row, "value": other_number(r, row["value"])}])
    return row is not None


def changed_cell(table, column, value):
    def change(folder, world, r):
        row = one(r, world["tables"].get(table, []))
        if row is None or column not in row:
            return False
        other = value(r, row[column])
        if other == row[column]:
            return False
        try:
            folder.take(table, [{**row, column: other}])
        except Failed:
            return False
        return True
    return change


def leave(folder, world, r):
    begin = world["definitions"]["cycles"][0]["from"]
    folder.take("leaves", [{"employee_id": r.choice(world["tables"]["employees"])["employee_id"], "kind": "sick", "from": begin, "to": begin[:8] + "28"}])
    return True


def spell(folder, world, r):
    cycle = world["definitions"]["cycles"][0]
    try:
        folder.take("assignments", [{"employee_id": r.choice(world["tables"]["employees"])["employee_id"], "from": cycle["to"][:8] + "02", "to": "", "org_unit": "U2"}])
    except Failed:
        return False
    return True


def definitions(folder, world, r):
    path = os.path.join(folder.path, "definitions.yaml")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text + "# other bytes\n")
    folder.run("apply", "--quiet", "--reason", "later")
    return True


def same_files(folder, world, r):
    for table in generate.TABLES:
        if table in world["tables"]:
            folder.run("import", table.split("-")[0], table + ".csv", "--quiet", *REASON.get(table, ()))
    return True


def next_day(folder, world, r):
    folder.clock = f"2026-{r.choice(['07', '08'])}-{r.randrange(16, 28)}T08:00:00Z"
    return True


def nothing(folder, world, r):
    return True


# What changes; whether people may be taken over after it.
CHANGES = {
    "nothing": (nothing, True),
    "the same files": (same_files, True),
    "fact of a person": (person_fact, True),
    "new fact": (new_fact, True),
    "another fact of a person": (person_fact, True),
    "fact of a unit": (unit_fact, False),
    "key result": (changed_cell("key_results", "target", other_number), False),
    "check-in": (changed_cell("checkins", "value", other_number), False),
    "rating": (changed_cell("feedback", "rating", lambda r, text: r.choice("12345")), False),
    "objective": (changed_cell("objectives", "weight", lambda r, text: str(r.randrange(1, 90)) if text else text), False),
    "unit of a person": (changed_cell("employees", "org_unit", lambda r, text: r.choice(["U0", "U1", "U2", "U3", "X"])), False),
    "spell": (spell, False),
    "leave": (leave, False),
    "target": (changed_cell("targets", "target", other_number), False),
    "definitions": (definitions, False),
    "day": (next_day, True),
}
CROSSES = ("missing data is carried", "refuses missing data", "is measured by a KPI", "had no data at all")


def check_change(tally, folder, world, r, name, counts, where):
    change, may = CHANGES[name]
    if not change(folder, world, r):
        return
    twin = folder.copied(folder.path + "-twin")
    run, said = folder.score(world, "--incremental")
    full, full_said = twin.score(world)
    where = f"{where}, {name}"
    if tally.check((run == "") == (full == ""), f"{where}: one is refused\n{said}\n{full_said}") and run:
        people = [e["employee_id"] for e in world["tables"]["employees"]]
        have, want = folder.shown(run, people[:4]), twin.shown(full, people[:4])
        for what in want:
            tally.check(have[what] == want[what], f"{where}: other {what}\n{said}\n{have[what]}\n{want[what]}")
        taken = "taken from run" in said
        told, all_told = findings(said), findings(full_said, OF_OKRS_AND_FEEDBACK if taken else ())
        tally.check(told == all_told, f"{where}: other findings\n{said}\n{full_said}")
        tally.check(taken != ("everybody was scored" in said), f"{where}: not said how it was scored\n{said}")
        if not may:
            tally.check(not taken, f"{where}: people were taken over\n{said}")
        if may and name != "day" and not any(text in said for text in CROSSES):
            tally.check(taken, f"{where}: nobody was taken over\n{said}")
        counts[name] += 1
        counts["taken over"] += taken
    shutil.rmtree(twin.path)


def without_crossing(world):
    """Key results measured by check-ins alone, so that people may be taken over."""
    for objective in world["definitions"].get("objectives", []):
        for kr in objective["key_results"]:
            kr.pop("kpi", None)
    for row in world["tables"].get("key_results", []):
        row.pop("kpi", None)


def check_world(tally, hrctl, path, seed, counts):
    world = generate.world(seed)
    if seed % 3:
        without_crossing(world)
    r = random.Random(f"incremental {seed}")
    generate.write(path, world)
    folder = Folder(hrctl, path)
    folder.run("apply", "--quiet")
    for table in generate.TABLES:
        if table in world["tables"]:
            folder.run("import", table.split("-")[0], table + ".csv", "--quiet")
    for cycle in world.get("closed", ()):
        folder.run("score", "--cycle", cycle, "--quiet")
        folder.run("cycle", "close", cycle, "--quiet")
    run, said = folder.score(world, "--incremental")
    if run == "":
        return
    tally.check("everybody was scored" in said, f"seed {seed}: taken over from nothing\n{said}")
    for name in CHANGES:
        check_change(tally, folder, world, r, name, counts, f"seed {seed}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hrctl", type=lambda text: str(pathlib.Path(text).resolve()))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=12)
    options = parser.parse_args()
    tally = Tally("incremental")
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.seed, options.seed + options.count):
            try:
                check_world(tally, options.hrctl, f"{folder}/{seed}", seed, counts)
            except Failed as e:
                tally.check(False, f"seed {seed}: {e}")
    print(", ".join(f"{name} {n}" for name, n in sorted(counts.items())))
    for name in CHANGES:
        tally.check(counts[name] > 0 or options.count < 12, f"no workspace where {name} could change")
    tally.check(counts["taken over"] > options.count, f"only {counts['taken over']} runs took anybody over")
    tally.finish()


if __name__ == "__main__":
    main()
