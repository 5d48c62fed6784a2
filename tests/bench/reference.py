#!/usr/bin/python3
"""The reference job (a company's quarter facts, key results and 360 responses to scores and a roll-up) with hrctl.

  reference.py load HRCTL DATA WORK      makes the workspace WORK: definitions from DATA's targets, then imports
  reference.py score HRCTL WORK OUT      scores, and writes scores.csv and rollup.csv as the job's specification has them
  reference.py times HRCTL DATA WORK     both, step by step, with wall and CPU seconds and peak memory of each

DATA holds employees, org_units, kpi_targets, kpi_facts, key_results and feedback360 as CSV. See README.md.
"""
import collections
import csv
import pathlib
import shutil
import sys
from decimal import Decimal

from measure import run_measured

HEAD = """version: 1
curves:
  - {id: tiers, tiers: {threshold: 50, target: 100, stretch: 150}, below: extend, floor: 0, cap: 150}
cycles:
  - {id: y2025, from: 2025-01-01, to: 2025-12-31, period: quarter, plan: reference}
plans:
  - id: reference
    components: {kpi: 50, okr: 30, feedback: 20}
    kpi: {score: periods}
    okr: {cap: 100}
    feedback: {groups: {all: 100}, scale: [0, 5], min_raters: 3}
    eligibility: {in_service_on: after_cycle}
    decimals: 4
    band_on: rounded
    rank_by: unit_level_2
    scale: all
scales:
  - {id: all, bands: [{id: E, from: 0}]}
mappings:
  - id: people
    for: employees
    columns: {org_unit: unit_id, job: job_id}
  - id: units
    for: org_units
    columns: {org_unit: unit_id, parent: parent_id}
  - id: facts
    for: facts
    columns: {subject: employee_id, kpi: kpi_id}
  - id: key-results
    for: key_results
    columns:
      key_result: kr_id
      objective: objective_id
      owner: employee_id
      start: start_value
      target: target_value
      current: current_value
      current_date: {default: "2025-12-31"}
"""


def definitions(targets):
    """A scorecard a job, as kpi_targets.csv has them."""
    lines, jobs, directions = [HEAD], collections.defaultdict(list), {}
    for row in csv.DictReader(open(targets, encoding="utf-8")):
        directions[row["kpi_id"]] = "higher" if row["direction"] == "H" else "lower"
        jobs[row["job_id"]].append(row)
    lines.append("kpis:")
    lines += [f"  - {{id: {kpi}, direction: {d}, curve: tiers}}" for kpi, d in sorted(directions.items())]
    lines.append("scorecards:")
    for job, rows in jobs.items():
        lines.append(f"  - id: {job}\n    applies_to: job == \"{job}\"\n    kpis:")
        lines += [f"      - {{kpi: {r['kpi_id']}, weight: {r['weight']}, threshold: {r['threshold']}, target: {r['target']}, "
                  f"stretch: {r['stretch']}}}" for r in rows]
    return "\n".join(lines) + "\n"


def write_feedback(source, target):
    """The job counts every response, hrctl every rater once: who rates somebody twice becomes two raters. One's rows stand together."""
    person, raters = "", collections.Counter()
    with open(source, encoding="utf-8", newline="") as file, open(target, "w", encoding="utf-8", newline="") as out:
        out.write(next(file))
        for line in file:
            employee, rater, rest = line.split(",", 2)
            if employee != person:
                person, raters = employee, collections.Counter()
            raters[rater] += 1
            out.write(line if raters[rater] == 1 else f"{employee},{rater}-{raters[rater]},{rest}")


def imports(data, work):
    return [("org_units", data / "org_units.csv", "units"), ("employees", data / "employees.csv", "people"),
            ("facts", data / "kpi_facts.csv", "facts"), ("key_results", data / "key_results.csv", "key-results"),
            ("feedback", work / "feedback.csv", None)]


def load_steps(hrctl, data, work):
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    (work / "hrctl.yaml").write_text("version: 1\n")
    (work / "definitions.yaml").write_text(definitions(data / "kpi_targets.csv"))
    write_feedback(data / "feedback360.csv", work / "feedback.csv")
    yield "apply", [hrctl, "-C", work, "apply", "--quiet"]
    for table, file, mapping in imports(data, work):
        name = f"import {table}"
        yield name, [hrctl, "-C", work, "import", table, file, "--quiet"] + (["--mapping", mapping] if mapping else [])


def score_steps(hrctl, work, out):
    yield "score", [hrctl, "-C", work, "score", "--cycle", "y2025", "--quiet"]
    yield "report scores", [hrctl, "-C", work, "report", "scores", "--format", "csv", "-o", out / "hrctl_scores.csv"]
    yield "report units", [hrctl, "-C", work, "report", "units", "--cycle", "y2025", "--format", "csv", "-o", out / "hrctl_units.csv"]


def hundredth(text, factor=1):
    """A figure of 0 to 100 as the share that the specification prints."""
    return str(Decimal(text) * factor / 100) if text else ""


def bands(rows):
    """The specification's bands by position (hrctl does not have quotas yet): not a result of hrctl."""
    groups = collections.defaultdict(list)
    for row in rows:
        if row["score"]:
            groups[row["rank_group"]].append((-Decimal(row["score"]), row["employee_id"]))
    band = {}
    for members in groups.values():
        n = len(members)
        for position, (_, employee) in enumerate(sorted(members), 1):
            lines = [("A", 10), ("B", 30), ("C", 80), ("D", 95)]
            band[employee] = next((b for b, share in lines if position <= (share * n + 50) // 100), "E")
    return band


def convert(out):
    """hrctl's reports as the specification's two files."""
    rows = [r for r in csv.DictReader(open(out / "hrctl_scores.csv", encoding="utf-8")) if "not_eligible" not in r["reasons"]]
    band = bands(rows)
    with open(out / "scores.csv", "w", encoding="utf-8") as file:
        file.write("employee_id,unit_l2,kpi_score,okr_score,fb_score,hybrid,hybrid_key,rank,percentile,band\n")
        for r in sorted(rows, key=lambda r: r["employee_id"].encode()):
            key = str(int(Decimal(r["score"]) * 10**4)) if r["score"] else ""
            file.write(",".join([r["employee_id"], r["rank_group"], hundredth(r["kpi"]), hundredth(r["okr"]), hundredth(r["feedback"], 5),
                                 hundredth(r["score_exact"]), key, r["rank"], r["percentile"], band.get(r["employee_id"], "N")]) + "\n")
    units = [r for r in csv.DictReader(open(out / "hrctl_units.csv", encoding="utf-8")) if r["org_unit"]]
    with open(out / "rollup.csv", "w", encoding="utf-8") as file:
        file.write("unit_id,n,mean_hybrid\n")
        for r in sorted(units, key=lambda r: r["org_unit"]):
            file.write(f"{r['org_unit']},{r['rated']},{hundredth(r['score_mean'])}\n")


def main():
    what, hrctl = sys.argv[1], str(pathlib.Path(sys.argv[2]).resolve())
    first, second = map(pathlib.Path, sys.argv[3:5])
    if what != "score" and not (first / "kpi_facts.csv").is_file():
        sys.exit(f"skipped: {first} does not hold the job's files")
    if what == "load":
        steps = load_steps(hrctl, first, second)
    elif what == "score":
        second.mkdir(parents=True, exist_ok=True)
        steps = score_steps(hrctl, first, second)
    else:
        steps = [*load_steps(hrctl, first, second), *score_steps(hrctl, second, second)]
    for name, command in steps:
        with open(command[2] / "stderr.txt", "a", encoding="utf-8") as notes:
            done = run_measured(command, stderr=notes)
        if what == "times" or done.code:
            print(f"{name:22} {done.wall:8.3f} s wall {done.cpu:8.3f} s cpu {done.mib:8.0f} MiB   exit {done.code}", flush=True)
        if done.code:
            sys.exit(done.code)
    if what == "score":
        convert(second)


if __name__ == "__main__":
    main()
