"""Monthly attendance of 231 people in 42 departments, as a payroll office has it: `facts check` flags hardly anything.

Nothing is known to be wrong in it, and nothing is defined about it: what is flagged counts as a false alarm, but for the
one value that was put in.
"""
import csv
import io

from workspace import DATA, Workspace

FILE = DATA / "gbk" / "考勤数据.csv"
KPIS = {"full_days": "全勤", "hours": "时长", "late": "迟到", "missed_in": "上班未登记", "early": "早退", "missed_out": "下班未登记",
        "overtime_in": "加班上班登记", "overtime_out": "加班下班登记"}
DEFINITIONS = "version: 1\nkpis:\n" + "".join(f"  - {{id: {kpi}, nature: additive}}\n" for kpi in KPIS)
MOST_FLAGGED = 1 / 1000


def month(text):
    year, number = text.split("-")
    return f"{year}-{int(number):02}"


def check(hrctl, folder, tally):
    work = Workspace(hrctl, folder, tally, "gbk", DEFINITIONS)
    rows = list(csv.DictReader(io.StringIO(FILE.read_bytes().decode("gb18030"))))
    people = {r["姓名"]: r["部门"].split("/")[0] for r in rows}  # the column `minute` is the hours once more, in minutes
    facts = {(r["姓名"], kpi, month(r["时间"])): r[heading].rstrip("&") or "0" for r in rows for kpi, heading in KPIS.items()}
    work.write("people.csv", "employee_id,job,hire_date\n" + "".join(f"{p},{job},2010-01-01\n" for p, job in people.items()))
    lines = [f"{p},{kpi},{m},{value}\n" for (p, kpi, m), value in facts.items()]
    work.take("employees", work.folder / "people.csv", added=len(people))
    work.take("facts", work.write("facts.csv", "subject,kpi,period,value\n" + "".join(lines)), "--no-check", added=len(facts))
    found = work.rows("facts", "check")
    tally.check(len(found) <= MOST_FLAGGED * len(facts), f"gbk: {len(found)} of {len(facts)} facts are flagged: {[f['key'] for f in found][:10]}")
    key = next(k for k in facts if k[1] == "hours" and k[2] == "2018-09" and float(facts[k]) > 150)
    slip = f"{key[0]},{key[1]},{key[2]},{float(facts[key]) * 60:g}\n"  # minutes for hours
    work.run("import", "facts", str(work.write("slip.csv", "subject,kpi,period,value\n" + slip)))
    found = work.rows("facts", "check", "--kpi", "hours")
    tally.check(any((f["subject"], f["period"]) == (key[0], key[2]) for f in found), f"gbk: minutes for hours are not found: {key}")
