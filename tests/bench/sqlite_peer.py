#!/usr/bin/python3
"""The same job in a general SQL engine (SQLite with Python's module): sqlite_peer.py load|score|report DATA DB [OUT]

Keys are unique as in hrctl, everything of a step is one transaction, journal and synchronous settings are SQLite's own.
No row is checked for more than its type and key, nothing is explained, and no file or row is remembered.
"""
import csv
import pathlib
import sqlite3
import sys

import company

TABLES = {
    "employees": "employee_id TEXT PRIMARY KEY, name TEXT, org_unit TEXT, manager_id TEXT, job TEXT, grade TEXT, region TEXT, "
                 "hire_date TEXT, base_salary REAL",
    "facts": "subject TEXT, kpi TEXT, period TEXT, value REAL, PRIMARY KEY (subject, kpi, period)",
    "key_results": "key_result TEXT PRIMARY KEY, objective TEXT, owner TEXT, type TEXT, weight REAL, start REAL, target REAL",
    "checkins": "key_result TEXT, date TEXT, value REAL, PRIMARY KEY (key_result, date)",
    "feedback": "employee_id TEXT, rater_id TEXT, relation TEXT, rating REAL, date TEXT, "
                "PRIMARY KEY (employee_id, rater_id, relation, date)",
}
SCORE = """
CREATE TABLE scores AS
WITH kpi AS (
  SELECT v.subject AS e, sum(c.weight * min(150, max(0, 100 * CASE c.lower WHEN 1 THEN 2 - v.value / c.target ELSE v.value / c.target END)))
         / sum(c.weight) AS score
  FROM (SELECT subject, kpi, sum(value) AS value FROM facts WHERE period LIKE '2025%' GROUP BY subject, kpi) v
  JOIN employees p ON p.employee_id = v.subject JOIN scorecard c ON c.job = p.job AND c.kpi = v.kpi GROUP BY v.subject),
okr AS (
  SELECT k.owner AS e, 100 * sum(k.weight * CASE k.type WHEN 'aspirational' THEN min(1, p / 0.7) ELSE p END) / sum(k.weight) AS score
  FROM (SELECT r.*, min(1, max(0, (i.value - r.start) / (r.target - r.start))) AS p FROM key_results r JOIN checkins i USING (key_result)) k
  GROUP BY k.owner),
fb AS (
  SELECT employee_id AS e, 100 * (avg(rating) - 1) / 4 AS score FROM feedback WHERE relation = 'peer' GROUP BY employee_id
  HAVING count(DISTINCT rater_id) >= 3),
raw AS (
  SELECT p.employee_id, p.org_unit, kpi.score AS kpi, okr.score AS okr, fb.score AS feedback,
         (coalesce(60 * kpi.score, 0) + coalesce(30 * okr.score, 0) + coalesce(10 * fb.score, 0))
         / nullif((kpi.score IS NOT NULL) * 60.0 + (okr.score IS NOT NULL) * 30 + (fb.score IS NOT NULL) * 10, 0) AS exact
  FROM employees p LEFT JOIN kpi ON kpi.e = p.employee_id LEFT JOIN okr ON okr.e = p.employee_id LEFT JOIN fb ON fb.e = p.employee_id)
SELECT *, round(exact, 2) AS score,
       CASE WHEN exact IS NULL THEN NULL WHEN round(exact, 2) >= 110 THEN 'S' WHEN round(exact, 2) >= 100 THEN 'A'
            WHEN round(exact, 2) >= 90 THEN 'B' WHEN round(exact, 2) >= 80 THEN 'C' ELSE 'D' END AS band,
       CASE WHEN exact IS NOT NULL THEN rank() OVER (ORDER BY round(exact, 2) DESC) END AS rank
FROM raw
"""


def load(data, db):
    for name, columns in TABLES.items():
        with open(data / f"{name}.csv", encoding="utf-8", newline="") as file, db:
            rows = csv.reader(file)
            marks = ",".join("?" * len(next(rows)))
            db.execute(f"CREATE TABLE {name} ({columns}) WITHOUT ROWID")
            db.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    with db:
        db.execute("CREATE TABLE scorecard (job TEXT, kpi TEXT, weight REAL, target REAL, lower INT, PRIMARY KEY (job, kpi)) WITHOUT ROWID")
        db.executemany("INSERT INTO scorecard VALUES (?, ?, ?, ?, ?)",
                       [(job, kpi, company.weight(j, k), company.target(j, k), company.is_lower(k))
                        for j, job in enumerate(company.JOBS) for k, kpi in enumerate(company.KPIS)])


def score(db):
    with db:
        db.execute("DROP TABLE IF EXISTS scores")
        db.execute(SCORE)


def report(db, out):
    with open(out, "w", encoding="utf-8", newline="") as file:
        rows = db.execute("SELECT employee_id, org_unit, score, band, rank, kpi, okr, feedback, exact FROM scores ORDER BY employee_id")
        writer = csv.writer(file)
        writer.writerow([d[0] for d in rows.description])
        writer.writerows(rows)


def main():
    what, data, db = sys.argv[1], pathlib.Path(sys.argv[2]), sqlite3.connect(sys.argv[3])
    {"load": lambda: load(data, db), "score": lambda: score(db), "report": lambda: report(db, sys.argv[4])}[what]()
    db.close()


if __name__ == "__main__":
    main()
