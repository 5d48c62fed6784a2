#!/usr/bin/python3
"""Optional: the binary against real files that are not part of the project, where they lie beside it.

  check_real_data.py HRCTL

Looks for ../shared/data (or $HRCTL_REAL_DATA). What hrctl says is compared with a direct count over the CSV files in
Python. Without the data it says so and passes.
"""
import csv
import decimal
import gzip
import io
import os
import pathlib
import subprocess
import sys
import tempfile

from tally import ROOT, Tally

HRCTL = pathlib.Path(sys.argv[1]).resolve()
DATA = pathlib.Path(os.environ.get("HRCTL_REAL_DATA", ROOT.parent / "shared" / "data"))

EMPLOYEES_DB = """version: 1
mappings:
  - id: staff
    for: employees
    columns: {employee_id: emp_no, name: last_name, hire_date: hire_date}
  - id: departments
    for: assignments
    columns: {employee_id: emp_no, org_unit: dept_no, from: from_date, to: {from: to_date, exclusive: true, open: "9999-01-01"}}
  - id: titles
    for: assignments
    columns: {employee_id: emp_no, job: title, from: from_date, to: {from: to_date, exclusive: true, open: "9999-01-01"}}
  - id: salaries
    for: assignments
    columns: {employee_id: emp_no, base_salary: amount, from: from_date, to: {from: to_date, exclusive: true, open: "9999-01-01"}}
  - id: units
    for: org_units
    columns: {org_unit: dept_no, name: dept_name}
"""
# Days on which many rows begin or end, the day before one, the beginning, and one in the middle of nothing.
DAYS = ("1986-06-26", "1990-01-01", "1995-12-31", "1996-01-01", "1999-07-04", "2001-12-31", "2002-08-01", "2020-02-29")


def run(work, *words, text=None):
    return subprocess.run([HRCTL, *words], cwd=work, capture_output=True, text=True, input=text, check=False)


def rows_of(name):
    with gzip.open(DATA / "employees_db" / name, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def in_force(rows, day):
    """The row of each person that holds on the day, half open: from <= day < to."""
    return {r["emp_no"]: r for r in rows if r["from_date"] <= day < r["to_date"]}


def median(values):
    values = sorted(values)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def check_employees_db(tally, work):
    (work / "hrctl.yaml").write_text("version: 1\n")
    (work / "mappings.yaml").write_text(EMPLOYEES_DB)
    tally.check(run(work, "apply").returncode == 0, "employees_db: mappings apply")
    files = {"employee.csv": "staff", "dept_emp.csv": "departments", "title.csv": "titles", "salary.csv": "salaries"}
    run(work, "import", "org_units", str(DATA / "employees_db" / "department.csv"), "--mapping", "units")
    for name, mapping in files.items():
        (work / name).write_bytes(gzip.decompress((DATA / "employees_db" / (name + ".gz")).read_bytes()))
        table = "employees" if mapping == "staff" else "assignments"
        done = run(work, "import", table, name, "--mapping", mapping)
        tally.check(done.returncode == 0 and "0 set aside" in done.stderr, f"employees_db: {name} imports whole: {done.stderr}")
    departments, salaries = rows_of("dept_emp.csv.gz"), rows_of("salary.csv.gz")
    for day in DAYS:
        done = run(work, "report", "units", "--as-of", day, "--format", "csv")
        said = {r["org_unit"]: r for r in csv.DictReader(io.StringIO(done.stdout))}
        unit_of, pay_of = in_force(departments, day), in_force(salaries, day)
        for unit in sorted({r["dept_no"] for r in departments}):
            people = [e for e, r in unit_of.items() if r["dept_no"] == unit]
            pay = [decimal.Decimal(pay_of[e]["amount"]) for e in people if e in pay_of]
            row = said.get(unit, {})
            tally.check(row.get("headcount") == str(len(people)), f"{unit} on {day}: headcount {row.get('headcount')}, counted {len(people)}")
            if pay and len(pay) == len(people):
                close = decimal.Decimal("0.000000001")
                tally.check(decimal.Decimal(row["salary_total"]) == sum(pay), f"{unit} on {day}: total {row['salary_total']}, counted {sum(pay)}")
                tally.check(abs(decimal.Decimal(row["salary_mean"]) - sum(pay) / len(pay)) <= close, f"{unit} on {day}: mean {row['salary_mean']}")
                tally.check(decimal.Decimal(row["salary_median"]) == median(pay), f"{unit} on {day}: median {row['salary_median']}")


def main():
    tally = Tally("real data")
    if not DATA.is_dir():
        print(f"skipped: {DATA} is not there")
        print("1 passed, 0 failed")
        return
    with tempfile.TemporaryDirectory() as folder:
        check_employees_db(tally, pathlib.Path(folder))
    tally.finish()


if __name__ == "__main__":
    main()
