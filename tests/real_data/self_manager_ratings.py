"""6,709 reviews of 1,470 people over ten years as history: a cycle a year, ratings as KPI facts of a day and as feedback."""
import collections
import datetime
from fractions import Fraction

from workspace import DATA, Workspace, mean, ranks, rows_of, snap, weighted

FOLDER = DATA / "self_manager_ratings"
YEARS = range(2013, 2023)
DAY = 'format: "%m/%d/%Y"'
DEFINITIONS = f"""version: 1
kpis:
  - {{id: manager_rating, aggregate: mean, curve: five}}
  - {{id: self_rating, aggregate: mean, curve: five}}
  - {{id: taken, nature: additive}}
  - {{id: offered, nature: additive}}
  - {{id: training, formula: taken / offered}}
curves:
  - {{id: five, points: [[1, 0], [5, 100]], of: value}}
scorecards:
  - id: everyone
    kpis:
      - {{kpi: manager_rating, weight: 60}}
      - {{kpi: self_rating, weight: 20}}
      - {{kpi: training, weight: 20, target: 1, cap: 120}}
cycles:
{"".join(f"  - {{id: y{y}, from: {y}-01-01, to: {y}-12-31, period: year, plan: reviewed}}" + chr(10) for y in YEARS)}
plans:
  - id: reviewed
    components: {{kpi: 50, feedback: 50}}
    feedback: {{groups: {{manager: 100}}, scale: [1, 5]}}
    min_coverage: 60
    rank_by: org_unit
    decimals: 1
    scale: abc
scales:
  - {{id: abc, bands: [{{id: A, from: 75}}, {{id: B, from: 50}}, {{id: C, from: 0}}]}}
mappings:
  - id: staff
    for: employees
    columns: {{employee_id: EmployeeID, name: FirstName, org_unit: Department, job: JobRole, hire_date: HireDate}}
  - id: reviews
    for: facts
    wide: true
    columns: {{subject: EmployeeID, period: {{from: ReviewDate, {DAY}}}, manager_rating: ManagerRating, self_rating: SelfRating,
               taken: TrainingOpportunitiesTaken, offered: TrainingOpportunitiesWithinYear}}
  - id: of-managers
    for: feedback
    columns: {{employee_id: EmployeeID, rater_id: {{default: manager}}, relation: {{default: manager}}, rating: ManagerRating,
               date: {{from: ReviewDate, {DAY}}}}}
  - id: of-themselves
    for: feedback
    columns: {{employee_id: EmployeeID, rater_id: EmployeeID, relation: {{default: self}}, rating: SelfRating,
               date: {{from: ReviewDate, {DAY}}}}}
"""
READ = {"manager_rating": "ManagerRating", "self_rating": "SelfRating", "taken": "TrainingOpportunitiesTaken",
        "offered": "TrainingOpportunitiesWithinYear"}


def iso(text):
    month, day, year = map(int, text.split("/"))
    return datetime.date(year, month, day).isoformat()


def five(rating):
    return None if rating is None else snap((rating - 1) / 4 * 100)


def expected_kpi(reviews):
    """Score and coverage of the KPI component over the reviews of one year on days in service."""
    values = {kpi: [int(r[column]) for r in reviews] for kpi, column in READ.items()}
    offered = sum(values["offered"])
    training = min(Fraction(120), snap(snap(Fraction(sum(values["taken"]), offered)) * 100)) if offered else None
    parts = [(60, five(mean(values["manager_rating"]))), (20, five(mean(values["self_rating"]))), (20, training)]
    return weighted(parts), sum(w for w, score in parts if score is not None)


def expected_row(reviews, hired):
    """kpi, feedback, coverage and official score (None: not rated) of one person in one year."""
    kpi, kpi_coverage = expected_kpi([r for r in reviews if iso(r["ReviewDate"]) >= hired])
    feedback = five(mean(int(r["ManagerRating"]) for r in reviews))  # feedback counts whenever it was given in the year
    coverage = Fraction(50 * kpi_coverage + 50 * (100 if reviews else 0), 100)
    raw = weighted([(50, kpi), (50, feedback)])
    return kpi, feedback, coverage, snap(raw, 1) if raw is not None and coverage >= 60 else None


def check_year(work, year, people, reviews_of):
    work.run("score", "--cycle", f"y{year}")
    said = {r["employee_id"]: r for r in work.rows("report", "scores", "--cycle", f"y{year}")}
    here = {p: r for p, r in people.items() if r["HireDate"] <= f"{year}-12-31"}  # the file has no leaving dates
    work.same(set(said) ^ set(here), set(), f"{year}: who is listed")
    expected = {p: expected_row(reviews_of[p, year], here[p]["HireDate"]) for p in here}
    for column, at in (("kpi", 0), ("feedback", 1), ("coverage", 2), ("score", 3)):
        work.same_all(((p, said[p][column], row[at]) for p, row in expected.items()), f"{year}: {column}")
    units = collections.defaultdict(dict)
    for person, row in expected.items():
        if row[3] is not None:
            units[here[person]["Department"]][person] = row[3]
    place = {p: rank for scores in units.values() for p, rank in ranks(scores).items()}
    work.same_all(((p, said[p]["rank"], str(rank)) for p, (rank, _) in place.items()), f"{year}: rank within the unit")
    work.same_all(((p, said[p]["percentile"], percentile) for p, (_, percentile) in place.items()), f"{year}: percentile")
    in_units = {r["org_unit"]: r for r in work.rows("report", "units", "--cycle", f"y{year}")}
    work.same_all(((u, (in_units[u]["headcount"], in_units[u]["rated"], in_units[u]["score_mean"] != ""),
                    (str(sum(r["Department"] == u for r in here.values())), str(len(scores)), True))
                   for u, scores in units.items()), f"{year}: headcount and rated of units")
    work.same_all(((u, in_units[u]["score_mean"], snap(mean(scores.values()))) for u, scores in units.items()),
                  f"{year}: mean score of units")


def check(hrctl, folder, tally):
    work = Workspace(hrctl, folder, tally, "self_manager_ratings", DEFINITIONS)
    people = {r["EmployeeID"]: r for r in rows_of(FOLDER / "Employee.csv")}
    reviews = rows_of(FOLDER / "PerformanceRating.csv")
    work.take("employees", FOLDER / "Employee.csv", "--mapping", "staff", added=len(people))
    file = FOLDER / "PerformanceRating.csv"
    work.take("facts", file, "--mapping", "reviews", added=4 * len(reviews))
    work.take("feedback", file, "--mapping", "of-managers", added=len(reviews))
    work.take("feedback", file, "--mapping", "of-themselves", added=len(reviews))
    reviews_of = collections.defaultdict(list)
    for row in reviews:
        reviews_of[row["EmployeeID"], int(row["ReviewDate"][-4:])].append(row)
    for year in YEARS:
        check_year(work, year, people, reviews_of)
