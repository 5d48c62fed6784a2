"""10,000 people with dated departments, titles and salaries: `report units` on any day is a direct count over the CSV."""
import collections
import csv
import datetime
import gzip
import io
import random

import transfers
from workspace import DATA, Workspace, mean, median

FOLDER = DATA / "employees_db"
TO = '{from: to_date, exclusive: true, open: "9999-01-01"}'
DEFINITIONS = f"""version: 1
mappings:
  - id: staff
    for: employees
    columns: {{employee_id: emp_no, name: last_name, hire_date: hire_date}}
  - id: departments
    for: assignments
    columns: {{employee_id: emp_no, org_unit: dept_no, from: from_date, to: {TO}}}
  - id: titles
    for: assignments
    columns: {{employee_id: emp_no, job: title, from: from_date, to: {TO}}}
  - id: salaries
    for: assignments
    columns: {{employee_id: emp_no, base_salary: amount, from: from_date, to: {TO}}}
  - id: units
    for: org_units
    columns: {{org_unit: dept_no, name: dept_name}}
""" + transfers.DEFINITIONS
# Two levels above the nine departments, made up here: the roll-up has something to add up.
PARENT = {"d001": "admin", "d002": "admin", "d003": "admin", "d004": "ops", "d005": "tech", "d006": "tech",
          "d007": "ops", "d008": "tech", "d009": "ops", "admin": "co", "ops": "co", "tech": "co", "co": None}


def read(name):
    content = gzip.decompress((FOLDER / (name + ".csv.gz")).read_bytes())
    return content, list(csv.DictReader(io.StringIO(content.decode())))


def spans_of(rows, column):
    """(from, to, person, value), half open; what is still in force ends after every day."""
    return [(r["from_date"], "~" if r["to_date"] == "9999-01-01" else r["to_date"], r["emp_no"], r[column]) for r in rows]


def in_force(spans, day):
    return {person: value for begin, end, person, value in spans if begin <= day < end}


def beside(day, days):
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat()


def days_to_try(tables, people):
    """First and last days, days of rows without a day, days before and after a change, hire dates before the first row."""
    days = {"1900-01-01", "1990-01-01", "2001-12-31", "2020-02-29", "9998-12-31"}
    chance = random.Random(3)
    around = set()
    for rows in tables:
        begins = sorted(r["from_date"] for r in rows)
        ends = sorted(r["to_date"] for r in rows if r["to_date"] != "9999-01-01")
        empty = [r["from_date"] for r in rows if r["from_date"] == r["to_date"]]
        around |= {begins[0], begins[-1], ends[0], ends[-1], chance.choice(begins), chance.choice(empty)}
    first = {}
    for row in tables[0]:
        first[row["emp_no"]] = min(row["from_date"], first.get(row["emp_no"], "9999"))
    early = sorted(r["hire_date"] for r in people if r["hire_date"] < first[r["emp_no"]])
    return sorted(days | {early[0], early[-1]} | {beside(day, k) for day in around for k in (-1, 0)})


def count(departments, titles, salaries, day):
    """By unit, with all units above: how many people in all, directly, and their pay. '' are people in no unit."""
    unit, job, pay = (in_force(spans, day) for spans in (departments, titles, salaries))
    heads, direct, amounts = collections.Counter(), collections.Counter(), collections.defaultdict(list)
    for person in unit.keys() | job.keys() | pay.keys():
        at = unit[person] if person in unit else ""
        direct[at] += 1
        while at is not None:
            heads[at] += 1
            if person in pay:
                amounts[at].append(int(pay[person]))
            at = PARENT.get(at)
    return heads, direct, amounts


def check_day(work, spans, day):
    heads, direct, amounts = count(*spans, day)
    said = {r["org_unit"]: r for r in work.rows("report", "units", "--as-of", day)}
    units = set(PARENT) | set(heads)
    work.same(set(said), units, f"units on {day}")
    exact, figures = [], []
    for unit in sorted(units & set(said)):
        row, pay = said[unit], amounts[unit]
        exact.append((unit, tuple(row[k] for k in ("headcount", "headcount_direct", "salary_missing", "parent", "salary_total")),
                      (str(heads[unit]), str(direct[unit]), str(heads[unit] - len(pay)), PARENT.get(unit) or "",
                       str(sum(pay)) if pay else "")))
        figures += [(unit, row["salary_mean"], mean(pay)), (unit, row["salary_median"], median(pay))]
    work.same_all(exact, f"headcount, direct, without pay, parent, salary_total on {day}")
    work.same_all(figures, f"salary_mean and salary_median on {day}")


def check(hrctl, folder, tally):
    work = Workspace(hrctl, folder, tally, "employees_db", DEFINITIONS)
    work.take("org_units", FOLDER / "department.csv", "--mapping", "units", added=9)
    tree = "".join(f"{unit},{parent or ''}\n" for unit, parent in PARENT.items())
    work.run("import", "org_units", str(work.write("tree.csv", "org_unit,parent\n" + tree)))
    content, people = read("employee")
    work.take("employees", work.write("employee.csv", content), "--mapping", "staff", added=10000)
    tables = []
    for name, mapping in (("dept_emp", "departments"), ("title", "titles"), ("salary", "salaries")):
        content, rows = read(name)
        tables.append(rows)
        work.take("assignments", work.write(name + ".csv", content), "--mapping", mapping, added=len(rows))
    names = {r["org_unit"]: r["name"] for r in work.rows("export", "org_units")}
    work.same(names["d009"], "Customer Service", "the tree's file has no names and leaves them alone")
    spans = [spans_of(rows, column) for rows, column in zip(tables, ("dept_no", "title", "amount"))]
    for day in days_to_try(tables, people):
        check_day(work, spans, day)
    transfers.check(work, spans)
