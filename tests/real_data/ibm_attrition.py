"""A well-known attrition set: involvement, three satisfactions, training, overtime as KPI facts; scorecards for three jobs."""
import json
from fractions import Fraction

from workspace import DATA, Workspace, mean, median, ranks, rows_of, snap, weighted

FILE = DATA / "ibm_attrition" / "WA_Fn-UseC_-HR-Employee-Attrition.train.csv"
DEFINITIONS = """version: 1
kpis:
  - {id: involvement, curve: four}
  - {id: job_satisfaction, curve: four}
  - {id: environment, curve: four}
  - {id: relationship, curve: four}
  - {id: mood, formula: (job_satisfaction + environment + relationship) / 3, curve: four}
  - {id: training, nature: additive, curve: {steps: [[0, 0], [2, 60], [3, 100], [5, 120]], of: value}}
  - {id: overtime, direction: lower, curve: {binary: true}}
  - {id: rating, curve: {points: [[3, 100], [4, 150]], of: value}}
curves:
  - {id: four, points: [[1, 0], [4, 100]], of: value}
scorecards:
  - id: sales
    applies_to: job == "Sales Executive" && attr.JobLevel >= 2
    kpis: [{kpi: rating, weight: 50}, {kpi: involvement, weight: 30}, {kpi: training, weight: 20}]
  - id: science
    applies_to: job in ["Research Scientist", "Laboratory Technician"]
    kpis: [{kpi: mood, weight: 40}, {kpi: training, weight: 40}, {kpi: overtime, weight: 20, target: 0}]
cycles:
  - {id: y2015, from: 2015-01-01, to: 2015-12-31, period: year, plan: annual}
plans:
  - {id: annual, components: {kpi: 100}, rank_by: job, decimals: 1, scale: three, eligibility: {when: attr.Attrition == "No"}}
scales:
  - {id: three, bands: [{id: High, from: 80}, {id: Mid, from: 50}, {id: Low, from: 0}]}
mappings:
  - id: people
    for: employees
    columns: {employee_id: EmployeeNumber, org_unit: Department, job: JobRole, base_salary: MonthlyIncome,
              hire_date: {default: "2005-01-01"}}
  - id: survey
    for: facts
    wide: true
    columns: {subject: EmployeeNumber, period: {default: "2015"}, involvement: JobInvolvement, job_satisfaction: JobSatisfaction,
              environment: EnvironmentSatisfaction, relationship: RelationshipSatisfaction, training: TrainingTimesLastYear,
              overtime: {from: OverTime, values: {Yes: 1, No: 0}}, rating: PerformanceRating}
"""


def four(rating):
    return snap((Fraction(rating) - 1) / 3 * 100)


def expected_kpi(row):
    times = int(row["TrainingTimesLastYear"])
    training = 0 if times < 2 else 60 if times < 3 else 100 if times < 5 else 120
    if row["JobRole"] == "Sales Executive" and int(row["JobLevel"]) >= 2:
        return weighted([(50, 100 if row["PerformanceRating"] == "3" else 150), (30, four(row["JobInvolvement"])), (20, training)])
    if row["JobRole"] in ("Research Scientist", "Laboratory Technician"):
        mood = mean(int(row[f"{what}Satisfaction"]) for what in ("Job", "Environment", "Relationship"))
        return weighted([(40, four(snap(mood))), (40, training), (20, 100 if row["OverTime"] == "No" else 0)])
    return None


def check_explained(work, row):
    """The tree of one scientist names what was worked out, and the line of the file."""
    nodes = {n["node"]: n for n in json.loads(work.run("explain", row["EmployeeNumber"], "--format", "json"))["rows"]}
    value = mean(int(row[f"{what}Satisfaction"]) for what in ("Job", "Environment", "Relationship"))
    work.close(str(nodes["kpi/mood/value"]["value"]), value, "explained value of mood")
    line = 2 + [r["EmployeeNumber"] for r in rows_of(FILE)].index(row["EmployeeNumber"])
    sources = [n.get("source") or "" for i, n in nodes.items() if i.startswith("kpi/training/")]
    work.same(any(s.endswith(f"train.csv:{line}") for s in sources), True, f"training comes from line {line}")


def check(hrctl, folder, tally):
    work = Workspace(hrctl, folder, tally, "ibm_attrition", DEFINITIONS)
    rows = {r["EmployeeNumber"]: r for r in rows_of(FILE)}
    work.take("employees", FILE, "--mapping", "people", added=len(rows))
    work.take("facts", FILE, "--mapping", "survey", added=7 * len(rows))
    work.run("score", "--cycle", "y2015")
    scores = {r["employee_id"]: r for r in work.rows("report", "scores")}
    kpi = {i: expected_kpi(r) for i, r in rows.items()}
    rated = {i: snap(score, 1) for i, score in kpi.items() if score is not None and rows[i]["Attrition"] == "No"}
    work.same(set(scores) ^ set(rows), set(), "who is listed")
    work.same_all(((i, scores[i]["kpi"], score) for i, score in kpi.items()), "kpi")
    work.same_all(((i, scores[i]["score"], rated.get(i)) for i in rows), "score")
    work.same_all(((i, scores[i]["band"], "High" if s >= 80 else "Mid" if s >= 50 else "Low") for i, s in rated.items()), "band")
    for job in {rows[i]["JobRole"] for i in rated}:
        place = ranks({i: s for i, s in rated.items() if rows[i]["JobRole"] == job})
        work.same_all(((i, scores[i]["rank"], str(rank)) for i, (rank, _) in place.items()), f"rank of {job}")
    units = {r["org_unit"]: r for r in work.rows("report", "units")}
    for unit in {r["Department"] for r in rows.values()}:
        pay = [int(r["MonthlyIncome"]) for r in rows.values() if r["Department"] == unit]
        work.same((units[unit]["headcount"], units[unit]["salary_total"]), (str(len(pay)), str(sum(pay))), f"{unit}: people, pay")
        work.close(units[unit]["salary_median"], median(pay), f"{unit}: median pay")
        scored = [s for i, s in rated.items() if rows[i]["Department"] == unit]
        work.close(units[unit]["score_mean"], snap(mean(scored)) if scored else None, f"{unit}: mean score")
    check_explained(work, next(r for i, r in rows.items() if r["JobRole"] == "Research Scientist" and i in rated))
