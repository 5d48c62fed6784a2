#!/usr/bin/python3
"""The reference job (a company's quarter facts, key results and 360 responses to scores and a roll-up) as hrctl runs it.

  reference.py times HRCTL DATA WORK     makes the workspace WORK, imports, scores and reports: wall and CPU seconds and peak memory of each step

DATA holds employees, org_units, kpi_targets, kpi_facts, key_results and feedback360 as CSV. run.py measures by it. See README.md.
"""
import collections
import csv
import pathlib
import shutil
import sys

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


def make_workspace(data, work):
    """Definitions and the feedback as hrctl takes it: what comes before the job."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    (work / "hrctl.yaml").write_text("version: 1\n")
    (work / "definitions.yaml").write_text(definitions(data / "kpi_targets.csv"))
    write_feedback(data / "feedback360.csv", work / "feedback.csv")


def load_steps(hrctl, data, work):
    yield "apply", [hrctl, "-C", work, "apply", "--quiet"]
    for table, file, mapping in imports(data, work):
        name = f"import {table}"
        yield name, [hrctl, "-C", work, "import", table, file, "--quiet"] + (["--mapping", mapping] if mapping else [])


def job(hrctl, data, work, out):
    """Files to reports in one command."""
    named = [word for table, file, mapping in imports(data, work)
             for word in ("--data", f"{table}={file}" + (f":{mapping}" if mapping else ""))]
    return [hrctl, "-C", work, "score", "--cycle", "y2025", "--quiet", *named, *both_reports(out)]


def both_reports(out):
    return ["-o", out / "hrctl_scores.csv", "--units", out / "hrctl_units.csv"]


def score(hrctl, work, out):
    """A run of what is stored, and both reports."""
    return [hrctl, "-C", work, "score", "--cycle", "y2025", "--quiet", *both_reports(out)]


def report_steps(hrctl, work, out):
    """The same reports of a run that is stored."""
    yield "report scores", [hrctl, "-C", work, "report", "scores", "--format", "csv", "-o", out / "hrctl_scores.csv"]
    yield "report units", [hrctl, "-C", work, "report", "units", "--cycle", "y2025", "--format", "csv", "-o", out / "hrctl_units.csv"]


def main():
    what, hrctl, data, work = sys.argv[1], str(pathlib.Path(sys.argv[2]).resolve()), *map(pathlib.Path, sys.argv[3:5])
    if what != "times" or not (data / "kpi_facts.csv").is_file():
        sys.exit(f"skipped: {data} does not hold the job's files")
    make_workspace(data, work)
    steps = [*load_steps(hrctl, data, work), ("score and reports", score(hrctl, work, work)), *report_steps(hrctl, work, work),
             ("job", job(hrctl, data, work, work))]
    for name, command in steps:
        with open(work / "stderr.txt", "a", encoding="utf-8") as notes:
            done = run_measured(command, stderr=notes)
        print(f"{name:22} {done.wall:8.3f} s wall {done.cpu:8.3f} s cpu {done.mib:8.0f} MiB   exit {done.code}", flush=True)
        if done.code:
            sys.exit(done.code)


if __name__ == "__main__":
    main()
