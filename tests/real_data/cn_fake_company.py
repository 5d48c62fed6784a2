"""10,000 made-up people, packed by gzip: names, days and the leavers as Python reads them; the same in GB18030."""
import csv
import gzip
import io

from workspace import DATA, Workspace

FILE = DATA / "cn_fake_company" / "员工信息表.csv.gz"
DEFINITIONS = """version: 1
mappings:
  - id: staff
    for: employees
    columns: {employee_id: 员工ID, name: 员工姓名, org_unit: 员工部门, job: 员工职位, hire_date: 员工入职时间, termination_date: 员工离职时间}
"""


def check(hrctl, folder, tally):
    work = Workspace(hrctl, folder, tally, "cn_fake_company", DEFINITIONS)
    text = gzip.decompress(FILE.read_bytes()).decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    work.take("employees", FILE, "--mapping", "staff", added=len(rows))
    expected = sorted((r["员工ID"], r["员工姓名"], r["员工部门"], r["员工入职时间"], r["员工离职时间"]) for r in rows)
    columns = ("employee_id", "name", "org_unit", "hire_date", "termination_date")
    said = sorted(tuple(r[c] for c in columns) for r in work.rows("export", "employees"))
    work.same(said == expected, True, "rows as Python reads them")
    again = work.write("gb18030.csv", text.encode("gb18030"))
    found = work.run("import", "employees", str(again), "--mapping", "staff", "--format", "json")
    work.same('"unchanged":' + str(len(rows)) in found.replace(" ", ""), True, "the same in GB18030")
