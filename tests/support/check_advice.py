#!/usr/bin/python3
"""What `report advice` promises comes true: check_advice.py HRCTL

Every person of both examples: each value that is named (one step, the most, the next band) is imported as the report
says and everybody is scored again; score and band are then exactly those promised, and a little less than what reaches the
next band does not reach it. Levers that only one person is scored by are tried for all people at once, one a round.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal

from tally import Tally

HRCTL = pathlib.Path(sys.argv[1]).resolve()
CYCLES = {"quickstart": "2026H1", "company": "2025H2"}
MOVES = ("step", "full", "next")
HEADS = {"facts": "subject,kpi,period,value", "checkins": "key_result,date,value"}


def run(work, *words):
    return subprocess.run([HRCTL, *words], cwd=work, capture_output=True, text=True, check=False)


def json_of(work, *words):
    return json.loads(run(work, *words, "--format", "json").stdout)


def scores_after(work, cycle, changes):
    """Everybody's official score and band after the rows are imported into a copy of the store."""
    shutil.copy(work / "hrctl.db", work / "try.db")
    for table, head in HEADS.items():
        rows = [row.split(",", 1)[1] for row in changes if row.startswith(table + ",")]
        if not rows:
            continue
        (work / "try.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        done = run(work, "--store", "try.db", "import", table, "try.csv", "--strict")
        if done.returncode != 0:
            return done.stderr
    done = run(work, "--store", "try.db", "score", "--cycle", cycle, "--dry-run", "--format", "json")
    return {r["employee_id"]: r for r in json.loads(done.stdout)["rows"]} if done.returncode == 0 else done.stderr


def check_round(tally, work, cycle, tried):
    """`tried`: (person, lever, move); one of each person at most."""
    after = scores_after(work, cycle, [row for _, lever, move in tried for row in lever[move + "_changes"]])
    for person, lever, move in tried:
        what = f"{cycle}: {person}: {lever['node']}: {move}: {lever['advice']}"
        if not tally.check(isinstance(after, dict), f"{what}: {after}"):
            continue
        row = after[person]
        tally.check(row["score"] == lever[move + "_score"], f"{what}: the score is {row['score']}")
        if lever[move + "_band"] is not None or not lever["shared"]:
            tally.check(row["band"] == lever[move + "_band"], f"{what}: the band is {row['band']}")


def a_little_less(row):
    """The same row one unit of its last digit nearer to 0, and one farther: one of them is less of a change."""
    head, value = row.rsplit(",", 1)
    unit = Decimal(1).scaleb(Decimal(value).as_tuple().exponent)
    return [f"{head},{Decimal(value) + sign * unit}" for sign in (-1, 1)]


def check_less(tally, work, cycle, tried):
    """Of moves of one row: a unit less does not reach the band, a unit more does (both ways are tried)."""
    tried = [t for t in tried if len(t[1]["next_changes"]) == 1 and t[1]["value"] is not None and t[1]["kind"] != "milestones"]
    ways = [scores_after(work, cycle, [a_little_less(t[1]["next_changes"][0])[way] for t in tried]) for way in (0, 1)]
    for person, lever, _ in tried:
        way = 0 if lever["next_value"] > lever["value"] else 1
        if not isinstance(ways[way], dict):
            continue  # below 0, say: nothing could be less
        band = ways[way][person]["band"]
        tally.check(band != lever["next_band"], f"{cycle}: {person}: {lever['node']}: less is enough for {band}: {lever['advice']}")


def check_example(tally, work, example):
    cycle = CYCLES[example]
    advice = {}
    for row in json_of(work, "report", "scores", "--cycle", cycle)["rows"]:
        advice[row["employee_id"]] = json_of(work, "report", "advice", row["employee_id"], "--cycle", cycle)
    tally.check(len(advice) > 10 and sum(len(a["rows"]) for a in advice.values()) > 30, f"{example}: advice for everybody")
    alone = {p: [r for r in a["rows"] if not r["shared"]] for p, a in advice.items()}
    for i in range(max(map(len, alone.values()))):
        for move in MOVES:
            tried = [(p, levers[i], move) for p, levers in alone.items() if i < len(levers) and levers[i][move + "_changes"]]
            if tried:
                check_round(tally, work, cycle, tried)
            if tried and move == "next":
                check_less(tally, work, cycle, tried)
    shared = {}  # by the rows: one person for each is enough
    for person, a in advice.items():
        for lever in a["rows"]:
            for move in MOVES:
                if lever["shared"] and lever[move + "_changes"]:
                    shared[tuple(lever[move + "_changes"])] = (person, lever, move)
    for tried in list(shared.values())[:12]:
        check_round(tally, work, cycle, [tried])


def main():
    tally = Tally("advice")
    with tempfile.TemporaryDirectory() as folder:
        for example in CYCLES:
            work = pathlib.Path(folder) / example
            run(folder, "init", str(work), "--example", example)
            subprocess.run(["sh", str(work / "run.sh")], env={"PATH": f"{HRCTL.parent}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
                           capture_output=True, check=False)
            check_example(tally, work, example)
    tally.finish()


if __name__ == "__main__":
    main()
