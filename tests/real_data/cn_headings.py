"""141 headings of the five tables that a Chinese HR product exports: what `import --suggest` takes them for by themselves.
A wrong claim is worse than none, so that all that it claims is listed here."""
import csv
import re
import subprocess

from workspace import DATA

FILE = DATA / "cn_headings" / "hr_saas_export_headings.csv"
PERSON = {"employee_id": "工号", "name": "姓名", "org_unit": "部门", "job": "职位"}
CLAIMS = {
    "员工花名册": ("employees", PERSON | {"grade": "职级", "region": "工作地点", "legal_entity": "合同公司", "email": "工作邮箱",
                                          "hire_date": "入职日期", "termination_date": "离职日期"}),
    "组织架构": ("org_units", {"org_unit": "部门编码", "head_id": "部门负责人工号", "region": "工作地点", "from": "生效日期"}),
    "打卡记录": ("facts", {"subject": "工号"}),
    "教育经历": ("employees", PERSON),
    "工作经历": ("employees", PERSON),  # its companies and days are those of former employers
}
COLUMN = re.compile(r"^      ([a-z_.]+): (?:\{from: )?\"?([^\",}\n]+)", re.MULTILINE)


def check(hrctl, folder, tally):
    folder.mkdir()
    with open(FILE, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    tally.check(len(rows) == 141, f"cn_headings: {len(rows)} headings")
    for name, (table, expected) in CLAIMS.items():
        headings = [r["heading"] for r in rows if r["table"] == name]
        path = folder / f"{name}.csv"
        path.write_text(",".join(headings) + "\n", encoding="utf-8")
        for given in (path, folder / f"{table}-{len(headings)}.csv"):  # the name of the file must not be needed
            given.write_bytes(path.read_bytes())
            done = subprocess.run([hrctl, "import", table, str(given), "--suggest"], capture_output=True, text=True, check=False)
            tally.check(done.returncode == 0, f"cn_headings: {name}: {done.stderr[:300]}")
            claims = {c: h for c, h in COLUMN.findall(done.stdout) if h in headings and not c.startswith("attr.")}
            tally.check(claims == expected, f"cn_headings: {given.name}: {sorted(claims.items() ^ expected.items())}")
