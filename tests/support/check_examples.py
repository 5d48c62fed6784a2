#!/usr/bin/python3
"""Both examples from `hrctl init` to reports, as a user would: check_examples.py HRCTL

Besides: every JSON output follows its schema, the number of threads changes no byte, the same files again change
nothing, and what is exported reads back in.
"""
import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile

from tally import ROOT, Tally

HRCTL = pathlib.Path(sys.argv[1]).resolve()
CYCLES = {"quickstart": "2026H1", "company": "2025H2"}
PEOPLE = {"quickstart": "E003", "company": "E0080"}


def run(work, *words):
    return subprocess.run([HRCTL, *words], cwd=work, capture_output=True, text=True, check=False)


def check_schemas(tally, work, example):
    cycle, person = CYCLES[example], PEOPLE[example]
    outputs = (["report", "scores"], ["report", "ranking"], ["report", "okr"], ["report", "units"], ["report", "scorecard", person], ["report", "advice", person], ["report", "dossier", person], ["explain", person], ["explain", "--check"],
               ["report", "compare", "--by", "unit", "--min-shown", "2"], ["report", "correlation"], ["report", "distribution"], ["report", "stability"],
               ["run", "list"], ["run", "show"], ["check"])
    for words in outputs:
        extra = ["--cycle", cycle] if words[0] in ("report", "explain") and words[1] != "stability" else []
        done = run(work, *words, *extra, "--format", "json")
        path = work / ("-".join(words) + ".json")
        path.write_text(done.stdout, encoding="utf-8")
        verdict = subprocess.run([sys.executable, ROOT / "tests/support/check_output_schemas.py", path], capture_output=True, text=True, check=False)
        tally.check(done.returncode == 0 and verdict.returncode == 0, f"{example}: {' '.join(words)}: {done.stderr}{verdict.stdout}{verdict.stderr}")


def check_threads(tally, work, example):
    def scores(threads):
        return run(work, "score", "--cycle", CYCLES[example], "--dry-run", "--threads", str(threads), "--format", "csv").stdout
    one = scores(1)
    tally.check(len(one) > 100 and all(scores(n) == one for n in (2, 3, 7)), f"{example}: threads change the bytes")


def check_derivations(tally, work, example):
    """Every derivation follows, whoever it is about, and no number of threads changes what is found."""
    def checked(*more):
        return run(work, "explain", "--check", "--cycle", CYCLES[example], "--format", "json", *more)
    one = checked("--threads", "1")
    found = json.loads(one.stdout)
    tally.check(one.returncode == 0 and found["rows"] == [] and found["people"] > 0 and found["steps"] > 10 * found["people"], f"{example}: explain --check: {one.stdout[:2000]}{one.stderr}")
    tally.check(checked("--threads", "3").stdout == one.stdout, f"{example}: explain --check: threads change the bytes")


def check_round_trip(tally, work, example):
    """An export imported again changes nothing."""
    for table in ("employees", "org_units", "facts", "leaves", "checkins", "feedback", "targets", "objectives", "key_results"):
        text = run(work, "export", table).stdout
        rows = list(csv.reader(io.StringIO(text)))
        if len(rows) < 2:
            continue
        path = work / f"export-{table}.csv"
        path.write_text(text, encoding="utf-8")
        done = run(work, "import", table, path.name)
        tally.check(done.returncode == 0 and "; 0 new, 0 changed" in done.stderr and "0 set aside" in done.stderr, f"{example}: export {table} reads back: {done.stderr[:400]}")


def check_sums(tally, work, example):
    """Rated and not rated add up to the people listed, and ranks begin with 1."""
    scores = json.loads(run(work, "report", "scores", "--cycle", CYCLES[example], "--format", "json").stdout)["rows"]
    rated = [r for r in scores if r["status"] == "rated"]
    tally.check(rated and all(r["score"] is not None and r["rank"] >= 1 for r in rated), f"{example}: rated people have a score and a rank")
    tally.check(all(r["score"] is None and r["band"] is None and r["rank"] is None and r["reasons"] for r in scores if r["status"] != "rated"),
                f"{example}: people not rated have a reason and nothing else")


def main():
    tally = Tally("examples")
    with tempfile.TemporaryDirectory() as folder:
        for example in CYCLES:
            work = pathlib.Path(folder) / f"a {example}"  # a path with a blank
            tally.check(run(folder, "init", str(work), "--example", example).returncode == 0, f"{example}: init")
            script = subprocess.run(["sh", str(work / "run.sh")], env={"PATH": f"{HRCTL.parent}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
                                    capture_output=True, text=True, check=False)
            tally.check(script.returncode == 0, f"{example}: run.sh: {script.stderr[-2000:]}")
            check_schemas(tally, work, example)
            check_threads(tally, work, example)
            check_derivations(tally, work, example)
            check_round_trip(tally, work, example)
            check_sums(tally, work, example)
        generated = subprocess.run([sys.executable, ROOT / "examples/company/generate.py", "--check"], capture_output=True, text=True, check=False)
        tally.check(generated.returncode == 0, generated.stderr)
    tally.finish()


if __name__ == "__main__":
    main()
