#!/usr/bin/python3
"""How fast the main job is, beside a general SQL engine that does the same one: run by hand.

  pipeline.py HRCTL [--employees N] [--runs R] [--folder DIR]

100,000 employees with 40 facts each, unless told otherwise. Both run in turn; the least of R runs is shown, because other
work on the machine only ever adds. Both must give the same scores, or it ends with 1. See README.md.
"""
import argparse
import csv
import os
import pathlib
import shutil
import sys
import tempfile

import company
from measure import Measured, run_measured

HERE = pathlib.Path(__file__).resolve().parent
# step → (limit in seconds for 100,000 employees, or None)
LIMITS = {"import": 6.0, "import okr, feedback": None, "score": 1.5, "report": 1.0}
LIMIT_MIB = 1024
COLUMNS = {"exact": "score_exact", "kpi": "kpi", "okr": "okr", "feedback": "feedback"}  # the peer's, ours


def steps(hrctl, data, work, out):
    """step → commands of hrctl, commands of the peer."""
    def take(*tables):
        return [[hrctl, "-C", work, "import", t, data / f"{t}.csv", "--quiet"] for t in tables]
    peer = [sys.executable, HERE / "sqlite_peer.py"]
    return {
        "import": (take("org_units", "employees", "facts"), [[*peer, "load", data, work / "peer.db"]]),
        "import okr, feedback": (take("key_results", "checkins", "feedback"), []),
        "score": ([[hrctl, "-C", work, "score", "--cycle", "y2025", "--quiet"]], [[*peer, "score", data, work / "peer.db"]]),
        "report": ([[hrctl, "-C", work, "report", "scores", "--format", "csv", "-o", out / "hrctl.csv"]],
                   [[*peer, "report", data, work / "peer.db", out / "peer.csv"]]),
    }


def fresh_workspace(hrctl, work):
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    (work / "hrctl.yaml").write_text("version: 1\n")
    (work / "definitions.yaml").write_text(company.definitions())
    must_succeed(run_measured([hrctl, "-C", work, "apply", "--quiet"]), "apply")


def must_succeed(done, what):
    if done.code:
        sys.exit(f"{what}: exit {done.code}")
    return done


def run_all(commands, log):
    """Times and CPU of the commands together, memory of the largest."""
    with open(log, "a", encoding="utf-8") as notes:
        done = [must_succeed(run_measured(c, stderr=notes), f"{c[0]} … (see {log})") for c in commands]
    return Measured(sum(d.wall for d in done), sum(d.cpu for d in done), max(d.mib for d in done), 0) if done else None


def least(runs):
    runs = [r for r in runs if r]
    return Measured(*(min(getattr(r, k) for r in runs) for k in ("wall", "cpu")), max(r.mib for r in runs), 0) if runs else None


def measure(hrctl, data, work, out, runs):
    taken = {}
    for _ in range(runs):
        fresh_workspace(hrctl, work)
        for name, sides in steps(hrctl, data, work, out).items():
            for side, commands in zip(("hrctl", "peer"), sides):
                taken.setdefault((name, side), []).append(run_all(commands, work / "stderr.txt"))
    return {key: least(values) for key, values in taken.items()}


def print_table(taken, n):
    print(f"{'':22}{'hrctl':^28}{'SQLite':^28}{'hrctl / SQLite':^20}")
    print(f"{'step':22}{'wall s':>9}{'cpu s':>9}{'MiB':>8}  {'wall s':>9}{'cpu s':>9}{'MiB':>8}  {'wall':>8}{'cpu':>8}")
    for name, limit in LIMITS.items():
        h, p = taken[name, "hrctl"], taken[name, "peer"]
        peer = f"{p.wall:9.2f}{p.cpu:9.2f}{p.mib:8.0f}  {h.wall / p.wall:8.2f}{h.cpu / p.cpu:8.2f}" if p else f"{'(in import)':>26}"
        over = f"   over {limit} s" if limit and n == 100000 and h.wall > limit else ""
        print(f"{name:22}{h.wall:9.2f}{h.cpu:9.2f}{h.mib:8.0f}  {peer}{over}")


def differences(out):
    """How many people the two disagree on. hrctl rounds every stage to nine decimals, progress too: times 100 that is the seventh."""
    with open(out / "hrctl.csv", encoding="utf-8") as ours, open(out / "peer.csv", encoding="utf-8") as theirs:
        count = 0
        for a, b in zip(csv.DictReader(ours), csv.DictReader(theirs), strict=True):
            same = a["employee_id"] == b["employee_id"] and a["band"] == b["band"] and a["rank"] == b["rank"]
            for name, our_name in COLUMNS.items():
                x, y = a[our_name], b[name]
                same = same and (x == y == "" or (x != "" and y != "" and abs(float(x) - float(y)) < 2e-7))
            count += not same
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("hrctl", type=pathlib.Path)
    parser.add_argument("--employees", type=int, default=100000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=pathlib.Path, help="keeps the company's files here, for the next time")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (told.folder or pathlib.Path(scratch)) / str(told.employees)
        (folder / "data").mkdir(parents=True, exist_ok=True)
        if os.fork() == 0:  # in a process of its own: a child's peak of memory begins with its parent's
            company.write_company(folder / "data", told.employees)
            os._exit(0)
        os.wait()
        taken = measure(told.hrctl.resolve(), folder / "data", folder / "work", folder, told.runs)
        print(f"{told.employees} employees, 40 facts each; least of {told.runs} runs\n")
        print_table(taken, told.employees)
        peak = max(m.mib for (_, side), m in taken.items() if side == "hrctl" and m)
        print(f"\npeak memory {peak:.0f} MiB" + (f", over {LIMIT_MIB}" if peak > LIMIT_MIB else ""))
        wrong = differences(folder)
        print(f"scores: {'the same' if not wrong else f'{wrong} people differ'}")
        sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
