"""A teaching set with managers, leavers and dirt: engagement, satisfaction, absences, lateness, projects as KPI facts."""
import collections
import datetime
import json
from fractions import Fraction

from workspace import DATA, Workspace, ranks, rows_of, snap, weighted

FILE = DATA / "hrdataset_v14" / "HRDataset_v14.csv"
FIRST, LAST = datetime.date(2018, 1, 1), datetime.date(2018, 12, 31)
PEOPLE = ('name: Employee_Name, job: Position, region: State, base_salary: Salary, hire_date: {from: DateofHire, format: "%m/%d/%Y"}, '
          'termination_date: {from: DateofTermination, format: "%m/%d/%Y"}')
DEFINITIONS = f"""version: 1
kpis:
  - {{id: engagement, curve: five}}
  - {{id: satisfaction, curve: five}}
  - {{id: absences, nature: additive, direction: lower, curve: {{deduct: 5, from: 100}}}}
  - {{id: days_late, nature: additive, direction: lower, curve: {{deduct: 20, from: 100}}}}
  - {{id: projects, nature: additive}}
curves:
  - {{id: five, points: [[1, 0], [5, 100]], of: value}}
scorecards:
  - id: production
    applies_to: job.startsWith("Production Technician")
    kpis: [{{kpi: engagement, weight: 30}}, {{kpi: satisfaction, weight: 20}}, {{kpi: absences, weight: 30}},
           {{kpi: days_late, weight: 20}}]
    vetoes: [{{id: often-late, when: days_late > 4, band: Low, score_cap: 40}}]
  - id: sales
    applies_to: job == "Area Sales Manager"
    kpis: [{{kpi: engagement, weight: 50}}, {{kpi: absences, weight: 50}}]
    adjustments: [{{id: satisfaction, points: 2, cap: 6}}]
  - id: software
    applies_to: job in ["Software Engineer", "Database Administrator", "Sr. DBA"]
    kpis: [{{kpi: projects, weight: 60, target: 5}}, {{kpi: engagement, weight: 40}}]
cycles:
  - {{id: y2018, from: 2018-01-01, to: 2018-12-31, period: year, plan: annual}}
plans:
  - id: annual
    components: {{kpi: 100}}
    eligibility: {{min_service_days: 180, when: attr.EmploymentStatus == "Active"}}
    rank_by: job
    cap: 110
    scale: three
scales:
  - {{id: three, bands: [{{id: High, from: 80}}, {{id: Mid, from: 50}}, {{id: Low, from: 0}}]}}
mappings:
  - id: as-it-is
    for: employees
    columns: {{employee_id: EmpID, org_unit: Department, {PEOPLE}}}
  - id: people
    for: employees
    columns: {{employee_id: EmpID, org_unit: {{from: Department, values: {{"Production       ": Production}}}}, {PEOPLE}}}
  - id: survey
    for: facts
    wide: true
    columns: {{subject: EmpID, period: {{default: "2018"}}, engagement: EngagementSurvey, satisfaction: EmpSatisfaction,
               absences: Absences, days_late: DaysLateLast30, projects: SpecialProjectsCount}}
"""


def day_of(text):
    month, day, year = map(int, text.split("/")) if text else (12, 31, 9999)
    return datetime.date(year, month, day)


def five(rating):
    return snap((Fraction(rating) - 1) / 4 * 100)


def deducted(points, value):
    return max(Fraction(0), 100 - points * Fraction(value))


def expected_kpi(row, days):
    """The KPI component and what it was scored by; nothing where no scorecard fits."""
    engaged, absent = five(row["EngagementSurvey"]), deducted(5, row["Absences"])
    if row["Position"].startswith("Production Technician"):
        return weighted([(30, engaged), (20, five(row["EmpSatisfaction"])), (30, absent),
                         (20, deducted(20, row["DaysLateLast30"]))]), "production"
    if row["Position"] == "Area Sales Manager":
        return weighted([(50, engaged), (50, absent)]), "sales"
    if row["Position"] in ("Software Engineer", "Database Administrator", "Sr. DBA"):
        target = Fraction(5 * days, 365)
        attained = snap(Fraction(row["SpecialProjectsCount"]) / target)
        return weighted([(60, min(Fraction(150), 100 * attained)), (40, engaged)]), "software"
    return None, ""


def expected_row(row):
    """Of somebody in service in the year: kpi, reasons, official score, band."""
    days = (min(day_of(row["DateofTermination"]), LAST) - max(day_of(row["DateofHire"]), FIRST)).days + 1
    kpi, scorecard = expected_kpi(row, days)
    holds = {"no_data": kpi is None, "min_service": days < 180, "not_eligible": row["EmploymentStatus"].strip() != "Active"}
    reasons = ";".join(reason for reason, so in holds.items() if so)
    if reasons:
        return kpi, reasons, None, ""
    points = min(Fraction(6), 2 * Fraction(row["EmpSatisfaction"])) if scorecard == "sales" else 0
    late = scorecard == "production" and int(row["DaysLateLast30"]) > 4
    score = snap(min(kpi + points, Fraction(40 if late else 110)), 2)
    return kpi, "", score, "Low" if late or score < 50 else "Mid" if score < 80 else "High"


def check(hrctl, folder, tally):
    work = Workspace(hrctl, folder, tally, "hrdataset_v14", DEFINITIONS)
    rows = {r["EmpID"]: {k: v.strip() for k, v in r.items()} for r in rows_of(FILE)}
    said = json.loads(work.run("import", "employees", str(FILE), "--mapping", "as-it-is", "--dry-run", "--format", "json"))
    production = sum(r["Department"] == "Production" for r in rows.values())
    work.same(said["rows"][0]["quarantined"], production, "units with blanks at the end are set aside")
    work.take("employees", FILE, "--mapping", "people", added=len(rows))
    work.take("facts", FILE, "--mapping", "survey", added=5 * len(rows))
    work.run("score", "--cycle", "y2018")

    scores = {r["employee_id"]: r for r in work.rows("report", "scores")}
    here = {i: r for i, r in rows.items() if day_of(r["DateofHire"]) <= LAST and day_of(r["DateofTermination"]) >= FIRST}
    expected = {i: expected_row(r) for i, r in here.items()}
    work.same(set(scores) ^ set(here), set(), "who is listed")
    work.same_all(((i, scores[i]["kpi"], row[0]) for i, row in expected.items()), "kpi")
    work.same_all(((i, (scores[i]["reasons"], scores[i]["band"]), (row[1], row[3])) for i, row in expected.items()),
                  "reasons and band")
    work.same_all(((i, scores[i]["score"], row[2]) for i, row in expected.items()), "score")
    work.same_all(((i, "vetoed" in scores[i]["flags"], True) for i, r in here.items()
                   if r["Position"].startswith("Production T") and int(r["DaysLateLast30"]) > 4 and not expected[i][1]),
                  "late people are vetoed")
    jobs = collections.defaultdict(dict)
    for i, row in expected.items():
        if row[2] is not None:
            jobs[here[i]["Position"]][i] = row[2]
    place = {i: p for group in jobs.values() for i, p in ranks(group).items()}
    work.same_all(((i, scores[i]["rank"], str(rank)) for i, (rank, _) in place.items()), "rank within the job")
    for job, group in jobs.items():
        kept = work.rows("report", "ranking", "--where", f'job == "{job}"')
        work.same([r["employee_id"] for r in kept], sorted(group, key=lambda i: (place[i][0], i)), f"ranking of {job}")
