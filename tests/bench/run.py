#!/usr/bin/python3
"""The reference job with hrctl and with DuckDB in turn; a Markdown table with ratios. run.sh calls it; see README.md.

  run.py BENCH SCRATCH HRCTL [--sizes N,N,…] [--runs R] [--growth N,N,…] [--write FILE]

BENCH is the folder with the job's specification, SCRATCH where its data, DuckDB and the comparison were made.
"""
import argparse
import importlib.util
import multiprocessing
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

import compare
import reference
from measure import Measured, run_measured

# phase → what hrctl may take of DuckDB's wall seconds in the same run; the aim
GOALS = {"load": (0.40, 0.25), "score": (0.25, 0.15), "job": (0.25, 0.16), "job, shuffled": (0.40, None)}
MOST_MIB, STORE_SHARE, CORRECTION_SHARE = 700, 0.75, 0.10


def peer_commands(bench):
    """The function of BENCH/measure.py that says how DuckDB is called."""
    spec = importlib.util.spec_from_file_location("peer_measure", bench / "measure.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.cmds


def must(commands, log):
    """Runs one after the other: times together, memory of the largest."""
    done = []
    with open(log, "a", encoding="utf-8") as notes:
        for command in commands:
            done.append(run_measured(command, stderr=notes, stdout=subprocess.DEVNULL))
            if done[-1].code:
                sys.exit(f"{' '.join(map(str, command))}: exit {done[-1].code}; see {log}")
    return Measured(sum(d.wall for d in done), sum(d.cpu for d in done), max(d.mib for d in done), 0)


class Job:
    """One size of company in one order of facts: both programs, all phases."""

    def __init__(self, told, n, order=""):
        self.hrctl, self.n, self.runs = told.hrctl, n, told.runs
        self.data = told.scratch / "data" / f"{n}{order}"
        self.work = told.scratch / "work" / f"{n}{order}"
        self.out = told.scratch / "out" / f"duckdb{n}{order}"
        self.peer = told.peer
        self.store = self.work / "hrctl.db"
        self.peer_store = told.scratch / "store" / f"duckdb{n}.duckdb"
        if not self.data.is_dir():
            subprocess.run([told.scratch / "bin/gen", str(n), self.data, *(["--order", "shuffle"] if order else [])], check=True)
        self.out.mkdir(parents=True, exist_ok=True)
        reference.make_workspace(self.data, self.work)
        self.taken = {}

    def peers(self, phase):
        command = self.peer("duckdb", phase, self.n, str(self.data), str(self.out))
        script = self.out / ".script.sql"  # the roll-up: of official scores, as hrctl's
        script.write_text(script.read_text().replace("sum(hybrid) AS h", "sum(hybrid_key) / 1e6 AS h"))
        return [command]

    def ours(self, phase):
        if phase == "load":
            for ending in ("", "-wal", "-shm"):
                pathlib.Path(f"{self.store}{ending}").unlink(missing_ok=True)
            return [command for _, command in reference.load_steps(self.hrctl, self.data, self.work)]
        if phase == "score":
            return [reference.score(self.hrctl, self.work, self.work)]
        return [reference.job(self.hrctl, self.data, self.work, self.work)]

    def both(self, phases, runs=None):
        for _ in range(runs or self.runs):
            for phase in phases:
                self.note(phase, "hrctl", must(self.ours(phase), self.work / "stderr.txt"))
                if phase != "load":
                    kept = {name: (self.work / name).read_bytes() for name in ("hrctl_scores.csv", "hrctl_units.csv")} if self.n <= 100_000 else {}
                    if self.__dict__.setdefault("bytes", kept) != kept:
                        sys.exit(f"{phase}: not the bytes of another phase or run")
                self.note(phase, "DuckDB", must(self.peers(phase), self.work / "stderr.txt"))

    def note(self, phase, program, measured):
        self.taken.setdefault((phase, program), []).append(measured)

    def median(self, phase, program):
        runs = self.taken.get((phase, program))
        if not runs:
            return None
        return Measured(*(statistics.median(getattr(r, k) for r in runs) for k in ("wall", "cpu")), max(r.mib for r in runs), 0)

    def check(self):
        # In a process of its own: what is measured begins as a copy of this one, and the kernel counts its memory as theirs.
        with multiprocessing.Pool(1) as apart:
            wrong, on_line = apart.apply(compare.differences, (self.work / "hrctl_scores.csv", self.work / "hrctl_units.csv", self.out))
        for fault in wrong[:10]:
            print(f"differs: {fault}", file=sys.stderr)
        if wrong:
            sys.exit(f"{self.n}: {len(wrong)} results differ from DuckDB's")
        return on_line

    def correct(self):
        """One fact in a hundred says something else: imported and scored again."""
        file = self.work / "corrections.csv"
        with open(self.data / "kpi_facts.csv", encoding="utf-8") as facts, open(file, "w", encoding="utf-8") as out:
            for i, line in enumerate(facts):
                key, _, value = line.rstrip("\n").rpartition(",")
                if i == 0 or (i % 100 == 50 and value.replace(".", "", 1).isdigit()):
                    out.write(line if i == 0 else f"{key},{float(value) + 1:.2f}\n")
        steps = [[self.hrctl, "-C", self.work, "import", "facts", file, "--mapping", "facts", "--quiet"],
                 [self.hrctl, "-C", self.work, "score", "--cycle", "y2025", "--incremental", "--quiet"]]
        whole = self.work / "whole.db"
        for _ in range(self.runs):
            shutil.copyfile(self.store, whole)
            self.note("1 % corrected", "hrctl", must(steps, self.work / "stderr.txt"))
            whole.replace(self.store)

    def explain(self):
        person = next(compare.rows_of(self.work / "hrctl_scores.csv"))["employee_id"]
        for _ in range(self.runs):
            self.note("explain", "hrctl", must([[self.hrctl, "-C", self.work, "explain", person]], self.work / "stderr.txt"))


def ratio(a, b):
    return f"{a / b:.2f}"


def line(cells):
    return "| " + " | ".join(cells) + " |"


def cells_of(job, phase, goal):
    ours, peer = job.median(phase, "hrctl"), job.median(phase, "DuckDB")
    one = lambda m: [f"{m.wall:.2f}", f"{m.cpu:.2f}", f"{m.mib:.0f}"] if m else ["", "", ""]
    return [phase, *one(ours), *one(peer), ratio(ours.wall, peer.wall) if peer else "", ratio(ours.cpu, peer.cpu) if peer else "", goal]


def table_of(job, shuffled, on_line):
    full = job.median("load", "hrctl").wall + job.median("score", "hrctl").wall
    rows = [f"### {job.n:,} employees, medians of {job.runs}", "",
            line(["phase", "hrctl s", "CPU s", "MiB", "DuckDB s", "CPU s", "MiB", "wall ratio", "CPU ratio", "goal (aim)"]), line(["---"] * 10)]
    for phase, (goal, aim) in GOALS.items():
        rows.append(line(cells_of(shuffled if "shuffled" in phase else job, phase, f"{goal:.2f}" + (f" ({aim:.2f})" if aim else ""))))
    rows.append(line(cells_of(job, "1 % corrected", f"{CORRECTION_SHARE:.2f} of load + score; is {ratio(job.median('1 % corrected', 'hrctl').wall, full)}")))
    rows.append(line(cells_of(job, "explain", "0.1 s")))
    store, peer_store = job.store.stat().st_size, job.peer_store.stat().st_size
    rows += ["", f"Store {store / 1e6:.0f} MB, DuckDB's file {peer_store / 1e6:.0f} MB: {ratio(store, peer_store)} (goal {STORE_SHARE}). "
             f"Memory: at most {MOST_MIB} MiB is the goal. Results: the same as DuckDB's; {on_line} people stand on a rounding line.", ""]
    return rows


def measure_size(told, n):
    job = Job(told, n)
    job.both(["load", "score", "job"])
    on_line = job.check()
    job.explain()
    job.correct()
    shuffled = Job(told, n, "s")
    for _ in range(told.runs):
        shuffled.note("job, shuffled", "hrctl", must(shuffled.ours("job"), shuffled.work / "stderr.txt"))
        shuffled.note("job, shuffled", "DuckDB", must(shuffled.peers("job"), shuffled.work / "stderr.txt"))
    shuffled.check()
    return table_of(job, shuffled, on_line)


def growth(told, sizes):
    rows = ["### Growth: one command, files to reports", "", line(["employees", "s", "CPU s", "MiB", "µs an employee"]), line(["---"] * 5)]
    for n in sizes:
        job = Job(told, n)
        for _ in range(told.runs):
            job.note("job", "hrctl", must(job.ours("job"), job.work / "stderr.txt"))
        m = job.median("job", "hrctl")
        rows.append(line([f"{n:,}", f"{m.wall:.2f}", f"{m.cpu:.2f}", f"{m.mib:.0f}", f"{1e6 * m.wall / n:.2f}"]))
    return rows + [""]


def numbers(text):
    return [int(part) for part in text.split(",") if part]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("bench", "scratch", "hrctl"):
        parser.add_argument(name, type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--sizes", type=numbers, default=[100_000])
    parser.add_argument("--growth", type=numbers, default=[10_000, 100_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", type=pathlib.Path, help="writes the table here too")
    told = parser.parse_args()
    os.environ["HRBENCH_TMP"] = str(told.scratch)
    told.peer = peer_commands(told.bench)
    rows = [row for n in told.sizes for row in measure_size(told, n)]
    if told.growth:
        rows += growth(told, told.growth)
    print("\n".join(rows))
    if told.write:
        told.write.write_text("\n".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
