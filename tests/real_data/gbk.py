"""A month's attendance of 231 people in GBK: what is read is what Python decodes, and in every other encoding it is the same."""
import collections
import csv
import gzip
import io
import json

import attendance
from workspace import DATA, Workspace

FILE = DATA / "gbk" / "考勤数据.csv"
DEFINITIONS = """version: 1
mappings:
  - id: months
    for: assignments
    columns: {employee_id: minute, from: {from: 时间, format: "%Y-%m"}, org_unit: 部门, attr.name: 姓名, attr.hours: 时长}
"""


def month(text):
    year, number = text.split("-")
    return f"{year}-{int(number):02d}-01"


def check(hrctl, folder, tally):
    work = Workspace(hrctl, folder, tally, "gbk", DEFINITIONS)
    text = FILE.read_bytes().decode("gb18030")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    people = sorted({r["minute"] for r in rows})
    work.take("employees", work.write("people.csv", "employee_id\n" + "\n".join(people) + "\n"), added=len(people))
    times = collections.Counter((r["minute"], r["时间"]) for r in rows)  # some stand in two departments in one month
    once = [r for r in rows if times[r["minute"], r["时间"]] == 1]

    def take(file, added):
        said = json.loads(work.run("import", "assignments", str(file), "--mapping", "months", "--format", "json"))["rows"][0]
        counts = {"rows": len(rows), "added": added, "unchanged": len(once) - added, "quarantined": len(rows) - len(once)}
        work.same({k: said[k] for k in counts}, counts, f"import of {file.name}")

    take(FILE, len(once))
    expected = sorted((r["minute"], month(r["时间"]), r["部门"], r["姓名"], r["时长"]) for r in once)
    columns = ("employee_id", "from", "org_unit", "name", "hours")
    said = sorted(tuple(r[c] for c in columns) for r in work.rows("export", "assignments"))
    work.same(len(said), len(expected), "rows")
    work.same_all(((e[0], s, e) for s, e in zip(said, expected)), "rows as Python decodes them")
    for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-16-be"):
        take(work.write(f"{encoding}.csv.gz", gzip.compress(text.encode(encoding))), 0)
    attendance.check(hrctl, folder.with_name("attendance"), tally)
