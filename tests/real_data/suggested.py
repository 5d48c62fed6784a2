"""Real files whose mapping `import --suggest` writes: each is taken with at most ten lines of it edited, and what comes
in is compared, row by row, with a reading of the file by the standard library."""
import collections
import csv
import datetime
import difflib
import gzip
import io
import json
import subprocess
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Callable, Optional

import sheets
from workspace import DATA, Workspace

NEEDS = ("hr_case_study", "hrdataset_v14", "self_manager_ratings", "org_tree", "chicago_payroll", "cn_fake_company", "gbk",
         "odd_xlsx", "xlsx_reader_cases")
MOST_EDITED = 10


@dataclass
class Case:
    file: str
    table: str
    expected: Callable  # of the file's rows {line: [text, …]}: what `columns` of the export are, in any order
    columns: tuple
    edits: list = field(default_factory=list)  # (text of the suggestion, what a person writes instead)
    aside: object = 0  # rows set aside, or a function of the file's rows
    sheet: Optional[str] = None
    people: Optional[Callable] = None  # facts are of people who must be known first: their ids, of the file's rows


def read(path, sheet):
    if path.suffix == ".xlsx":
        return sheets.sheet_rows(path, sheet)
    data = path.read_bytes()
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    text = data.decode("gb18030" if path.parent.name == "gbk" else "utf-8-sig")
    return dict(enumerate(csv.reader(io.StringIO(text, newline="")), 1))


def plain(column, text):
    """Numbers as numbers: 8.50 is 8.5, and a double that Excel shows in 15 digits is what it shows."""
    if column not in NUMBERS:
        return text.strip()
    try:
        return Decimal(f"{Decimal(text):.15g}").normalize() if text.strip() else ""
    except InvalidOperation:
        return text.strip()


def cell(row, at):
    return row[at].strip() if at < len(row) else ""


def table_of(header, *columns, first=None, last=10**9, keep=lambda row: True):
    """The rows below the one of headings: of each, the fields under these headings (or made by these functions)."""

    def expected(rows):
        headings = [h.strip() for h in rows[header]] if header else []
        places = [c if callable(c) or isinstance(c, int) else headings.index(c) for c in columns]
        data = [r for line, r in rows.items() if (first or header + 1) <= line <= last and any(map(str.strip, r)) and keep(r)]
        return [tuple(p(r) if callable(p) else cell(r, p) for p in places) for r in data]

    return expected


def cells_of(header, subject, columns, period, first=None, last=10**9, value=lambda text: text, missing=("", "NA"),
             name=lambda heading: heading):
    """Each cell of some columns as a fact: whose, of what, when and how much."""

    def expected(rows):
        facts = []
        for line, row in rows.items():
            if not (first or header + 1) <= line <= last:
                continue
            for at in columns(rows[header]):
                if cell(row, at) not in missing:
                    facts.append((subject(row), name(rows[header][at].strip()), period(row, rows[header][at]), value(cell(row, at))))
        return facts

    return expected


NUMBERS = ("value", "base_salary", "weight", "rating")
FACT = ("subject", "kpi", "period", "value")
PERSON = ("employee_id", "name", "org_unit", "base_salary")
UNIT = ("org_unit", "name")


def day(text):
    """M/D/YYYY, as Americans write it."""
    month, date, year = text.split("/")
    return f"{year}-{int(month):02}-{int(date):02}"


def serial_day(text, base=datetime.date(1899, 12, 30)):
    return (base + datetime.timedelta(int(float(text)))).isoformat()


def month(text):
    year, number = text.split("-")
    return f"{year}-{int(number):02}"


def hours(text):
    at, minutes = map(int, text.split(" ")[-1].split(":"))
    return f"{at + minutes / 60:.9f}"


def from_column(first, last=10**9):
    return lambda headings: [at for at in range(len(headings)) if first <= at <= last and headings[at].strip()]


def of_column(at):
    return lambda row: cell(row, at)


def number_like(text):
    return isinstance(plain("value", text), Decimal)


GBK_MEASURES = [1, *range(4, 12)]


def gbk_sound(rows):
    """Rows that go in: months of somebody who stands in one department only, whose fields are numbers where they say anything."""
    data = {line: r for line, r in rows.items() if line > 1 and any(r)}
    times = collections.Counter((r[3], r[0]) for r in data.values())
    return {line: r for line, r in data.items()
            if times[r[3], r[0]] == 1 and all(r[i] in ("", "&&&&&&&&") or number_like(r[i]) for i in GBK_MEASURES)}


def gbk_facts(rows):
    return [(r[3], rows[1][i], month(r[0]), r[i]) for r in gbk_sound(rows).values() for i in GBK_MEASURES if number_like(r[i])]


def gbk_aside(rows):
    return sum(any(r) for r in rows.values()) - 1 - len(gbk_sound(rows))


NOTES = ("某庚寅3月10离职", "某己亥3月17入职", "某己丑3月6入职", "某癸巳4月1离职", "某甲午3月6入职", "某丁亥3月15离职", "某壬申0301入职",
         "某癸酉3月8入职", "某辛未3月7离职")
LEAVES = {3: "请假/事假（单位：天）", 4: "请假/病假（单位：天）", 9: "迟到（单位：次）"}
# What a day counts: present, or present for a part; the hours of overtime behind a + are another figure.
MARKS = {"√": 1, "√+夜": 1, "√/△": "0.5", "△": 0, "G": 0, "H": 0, "S": 0, "B": 0, "C": 1, "√+2": 1, "√+3": 1, "√+3.5": 1, "√+4": 1,
         "√+5": 1, "√+6": 1, "√+7": 1, "√+8": 1, "G+2": 0}
SUMMARY = ("本年可休年休 年休假/上月累休 补休/上月结余 补休/月歇 补休/月计 补休/本月结余 加班/节假 加班/双休 应出勤天数 本月加班天数 "
           "实际出勤天数 2020年补休/上月结余").split()
SUMMARY_AT = (2, 10, 22, 23, 24, 25, 26, 27, 33, 34, 35, 39)
NO_SUBJECT = "# subject: {default: …}"
NO_PERIOD = "# period: {default: …}"
NO_KPI = "# kpi: {default: …}"
NO_VALUE = "# value: {default: …}"
NO_UNIT = "# org_unit: {default: …}"
SOME_MONTH = (NO_PERIOD, "period: {default: 2024-01}")
BEGIN = ("columns: {}", "columns:")  # nothing was recognised
WITHOUT_HEADINGS = [BEGIN, (NO_SUBJECT, "subject: {default: company}"), (NO_KPI, "kpi: {default: n}"), SOME_MONTH, (NO_VALUE, "value: A")]


def units_down(rows, header):
    """People under the department that stands beside the first of them."""
    people, unit = [], ""
    for row in (r for line, r in rows.items() if line > header):
        unit = cell(row, 1) or unit
        if cell(row, 2):
            people.append((cell(row, 2), cell(row, 2), unit))
    return people


def dated(base):
    return lambda rows: [("company", "n", serial_day(r[0], base), r[1]) for line, r in rows.items() if line < 3]


DATED = [("subject: B", "subject: {default: company}"), (NO_KPI, "kpi: {default: n}"), (NO_PERIOD, "period: A"), (NO_VALUE, "value: B")]
CASES = [
    Case("hrdataset_v14/HRDataset_v14.csv", "employees", table_of(1, "EmpID", "Employee_Name", "Department", "Salary"), PERSON),
    Case("self_manager_ratings/Employee.csv", "employees", table_of(1, "EmployeeID", "Department", "Salary", "HireDate"),
         ("employee_id", "org_unit", "base_salary", "hire_date")),
    Case("self_manager_ratings/EducationLevel.csv", "org_units", table_of(1, 0, 1), ("org_unit", "EducationLevel")),
    Case("self_manager_ratings/RatingLevel.csv", "org_units", table_of(1, 0, 1), ("org_unit", "RatingLevel")),
    Case("self_manager_ratings/SatisfiedLevel.csv", "org_units", table_of(1, 0, 1), ("org_unit", "SatisfactionLevel")),
    Case("self_manager_ratings/PerformanceRating.csv", "facts",
         cells_of(1, of_column(1), from_column(3), lambda row, heading: day(row[2])), FACT,
         people=lambda rows: [r[1] for line, r in rows.items() if line > 1 and r]),
    Case("org_tree/org_tree.csv", "employees", table_of(1, "id", "reports_to", lambda r: r[3].split("|")[0]),
         ("employee_id", "manager_id", "org_unit")),
    Case("hr_case_study/in_time.csv", "facts",
         cells_of(1, of_column(0), from_column(1), lambda row, heading: "-".join(reversed(heading.split("/"))), value=hours,
                  name=lambda heading: "in_time"), FACT, people=lambda rows: [r[0] for line, r in rows.items() if line > 1 and r]),
    Case("hr_case_study/out_time.csv", "facts",
         cells_of(1, of_column(0), from_column(1), lambda row, heading: "-".join(reversed(heading.split("/"))), value=hours,
                  name=lambda heading: "out_time"), FACT, people=lambda rows: [r[0] for line, r in rows.items() if line > 1 and r]),
    Case("chicago_payroll/current_employee_titles_salaries.csv.gz", "employees",
         table_of(1, "ID", "Department", "Job Titles", lambda r: r[7].strip("$")), ("employee_id", "org_unit", "job", "base_salary")),
    Case("cn_fake_company/员工信息表.csv.gz", "employees", table_of(1, "员工ID", "员工姓名", "员工部门", "员工入职时间", "员工离职时间"),
         ("employee_id", "name", "org_unit", "hire_date", "termination_date")),
    Case("gbk/考勤数据.csv", "facts", gbk_facts, FACT, aside=gbk_aside, people=lambda rows: [r[3] for line, r in rows.items() if line > 1 and any(r)]),
    Case("odd_xlsx/员工信息表_500行.xlsx", "employees", table_of(1, "员工ID", "姓名", "部门", "工资"), PERSON),
    Case("odd_xlsx/员工信息表_性别为文字.xlsx", "employees", table_of(1, 0, 0, 3), PERSON[:3]),
    Case("odd_xlsx/员工信息表_性别为浮点数.xlsx", "employees", table_of(1, 0, 0, 3), PERSON[:3]),
    Case("odd_xlsx/员工导入模板_长表头带星号.xlsx", "employees", table_of(1, 8, 0, 4), PERSON[:3]),
    Case("odd_xlsx/工资条_五行前言.xlsx", "employees", table_of(5, 3, 3, 1), ("employee_id", "name", "email")),
    Case("odd_xlsx/工资生成_48行.xlsx", "employees", table_of(1, "工号", "员工姓名", "部门", "基本工资"), PERSON),
    Case("odd_xlsx/工资生成_48行.xlsx", "facts",
         cells_of(1, of_column(1), lambda headings: [*range(4, 15), *range(16, 20)], lambda row, heading: serial_day(row[15])), FACT,
         people=lambda rows: [r[1] for line, r in rows.items() if line > 1]),
    Case("odd_xlsx/排班模板_时间单元格.xlsx", "facts",
         cells_of(2, lambda row: "company", lambda headings: [3, 4], lambda row, heading: f"2019-{int(row[1]):02}-{int(row[2]):02}",
                  value=lambda text: str(float(text) * 24)), FACT,
         edits=[(NO_SUBJECT, "subject: {default: company}"),
                (NO_PERIOD, 'period: {join: [月份, 日], with: "-", format: "%m-%d", within: "2019"}')]),
    Case("odd_xlsx/月考勤明细_双表头合并.xlsx", "employees", lambda rows: units_down(rows, 4), PERSON[:3]),
    Case("odd_xlsx/月考勤明细_双表头合并.xlsx", "facts",
         lambda rows: [(r[2].partition("3月")[0].partition("0301")[0], LEAVES[at], "2017-03", r[at]) for line, r in rows.items()
                       if line > 4 for at in LEAVES if cell(r, at)],
         FACT, sheet="考勤汇总", people=lambda rows: [cell(r, 2).partition("3月")[0].partition("0301")[0] for line, r in rows.items() if line > 4 and cell(r, 2)],
         edits=[("subject: 姓名", "subject: {from: 姓名, values: {" + ", ".join(f"{n}: {n[:3]}" for n in NOTES) + "}}")]),
    Case("odd_xlsx/考勤表_符号与公式.xlsx", "facts",
         lambda rows: [(r[1], "present", f"2021-05-{at - 1:02}", str(MARKS[cell(r, at)])) for line, r in rows.items() if 5 <= line <= 17
                       for at in range(2, 33) if cell(r, at) not in ("", "-")], FACT,
         people=lambda rows: [r[1] for line, r in rows.items() if 5 <= line <= 17],
         edits=[("\n      value: value", "\n      value: {from: value, values: {" + ", ".join(f'"{m}": {n}' for m, n in MARKS.items()) + "}}"),
                ("kpi: {default:", "kpi: {default: present} #")]),
    Case("odd_xlsx/考勤表_符号与公式.xlsx", "facts",
         lambda rows: [(r[0], name, "2021-05", r[at]) for line, r in rows.items() if 5 <= line <= 17
                       for at, name in zip(SUMMARY_AT, SUMMARY) if cell(r, at)], FACT, sheet="汇总表",
         people=lambda rows: [r[0] for line, r in rows.items() if 5 <= line <= 17],
         edits=[("# subject: 姓名", "subject: 序号"), (", 非检修加班/累计  （2020年8月、9月、11月、12月、2021年1月部分）", "")]),
    Case("odd_xlsx/绩效考核表_51处合并.xlsx", "targets",
         lambda rows: [("company", r[3].strip(), r[7]) for line, r in rows.items() if 6 <= line <= 9], ("subject", "kpi", "weight"), aside=8,
         edits=[(NO_SUBJECT, "subject: {default: company}"), ('# weight: "权重分解', 'weight: "权重分解')]),
    Case("hr_case_study/data_dictionary.xlsx", "org_units", table_of(1, 0, 1, 2, keep=lambda r: cell(r, 0)), ("org_unit", "name", "Levels"),
         aside=lambda rows: sum(not cell(r, 0) for r in rows.values()),
         edits=[BEGIN, (NO_UNIT, "org_unit: Variable"), ("      # left:", "      name: Meaning\n      # left:")]),
    Case("xlsx_reader_cases/any_sheets.xlsx", "facts", lambda rows: [(r[0], "B", "2024-01", r[1]) for line, r in rows.items() if line < 4], FACT,
         people=lambda rows: [r[0] for line, r in rows.items() if line < 4],
         edits=[(NO_SUBJECT, "subject: A"), SOME_MONTH, ("    header: 0", "    header: 0\n    footers: [This workbook]")]),
    Case("xlsx_reader_cases/date.xlsx", "facts", dated(datetime.date(1899, 12, 30)), FACT, edits=DATED, aside=1),
    Case("xlsx_reader_cases/date_1904.xlsx", "facts", dated(datetime.date(1904, 1, 1)), FACT, edits=DATED, aside=1),
    Case("xlsx_reader_cases/errors.xlsx", "facts", lambda rows: [], (), edits=WITHOUT_HEADINGS, aside=7),
    Case("xlsx_reader_cases/header-row.xlsx", "facts", cells_of(9, of_column(0), from_column(1), lambda row, heading: "2024-01"), FACT,
         people=lambda rows: ["put data here"], edits=[(NO_SUBJECT, "subject: Columns"), SOME_MONTH]),
    Case("xlsx_reader_cases/inlineStr_with_value.xlsx", "org_units", table_of(1, "ID", "Name"), UNIT),
    Case("xlsx_reader_cases/merged_range.xlsx", "org_units", table_of(1, "A1"), UNIT[:1], edits=[BEGIN, (NO_UNIT, "org_unit: A1")]),
    Case("xlsx_reader_cases/merged_range.xlsx", "org_units", table_of(1, "B1"), UNIT[:1], sheet="Sheet2", edits=[BEGIN, (NO_UNIT, "org_unit: B1")]),
    Case("xlsx_reader_cases/no-header.xlsx", "facts", lambda rows: [(r[0], "B", "2024-01", r[1]) for r in rows.values()], FACT,
         people=lambda rows: [r[0] for r in rows.values()], edits=[SOME_MONTH]),
    Case("xlsx_reader_cases/richtext-namespaced.xlsx", "org_units", lambda rows: [("x", r[0]) for r in rows.values() if cell(r, 0)], UNIT,
         edits=[BEGIN, (NO_UNIT, "org_unit: {default: x}\n      name: A"), ("    # unsure: nothing", "    header: 0\n    # unsure: nothing")]),
    Case("xlsx_reader_cases/rph.xlsx", "org_units", lambda rows: [("x", r[0]) for r in rows.values()], UNIT,
         edits=[BEGIN, (NO_UNIT, "org_unit: {default: x}\n      name: A")]),
]


def edited_lines(before, after):
    """Lines that somebody must change, add or take away."""
    changes = [line[0] for line in difflib.ndiff(before.split("\n"), after.split("\n"))]
    return max(changes.count("+"), changes.count("-"))


def suggest(hrctl, folder, tally, case):
    """The mapping as it is written, which `check` takes as it stands, with its remarks in either language."""
    words = ["import", case.table, str(DATA / case.file), "--suggest", "--id", "m"]
    words += ["--sheet", case.sheet] if case.sheet else []
    (folder / "hrctl.yaml").write_text("version: 1\n")
    for language in ("zh", "en"):
        done = subprocess.run([hrctl, "--lang", language, *words], cwd=folder, capture_output=True, text=True, check=False)
        (folder / "mapping.yaml").write_text(done.stdout, encoding="utf-8")
        found = subprocess.run([hrctl, "check"], cwd=folder, capture_output=True, text=True, check=False)
        tally.check(done.returncode + found.returncode == 0, f"{case.file}: {done.stderr[:500]} {found.stdout[:500]} {found.stderr[:500]}")
    (folder / "mapping.yaml").unlink()
    return done.stdout


def in_order(case, records):
    return sorted((tuple(plain(c, text) for c, text in zip(case.columns, r)) for r in records), key=repr)


def check_case(hrctl, folder, tally, case):
    name = f"{case.file} {case.sheet or ''} {case.table}"
    folder.mkdir()
    suggested = suggest(hrctl, folder, tally, case)
    mapping = suggested
    for text, instead in case.edits:
        tally.check(text in mapping, f"{name}: the suggestion has no {text!r}")
        mapping = mapping.replace(text, instead, 1)
    edited = edited_lines(suggested, mapping)
    tally.check(edited <= MOST_EDITED, f"{name}: {edited} lines edited")
    work = Workspace(hrctl, folder / "work", tally, name, mapping)
    rows = read(DATA / case.file, case.sheet)
    if case.people:
        ids = sorted(set(case.people(rows)))
        work.run("import", "employees", str(work.write("people.csv", "employee_id\n" + "\n".join(ids) + "\n")))
    if not case.columns:  # nothing of it can go in, and each row says why
        done = subprocess.run([hrctl, "import", case.table, str(DATA / case.file), "--mapping", "m"], cwd=folder / "work",
                              capture_output=True, text=True, check=False)
        return work.same(done.stderr.count("error[excel-error]"), case.aside, "errors told")
    check = ["--no-check"] if case.table == "facts" else []
    said = json.loads(work.run("import", case.table, str(DATA / case.file), "--mapping", "m", *check, "--format", "json"))["rows"][0]
    expected = in_order(case, case.expected(rows))
    aside = case.aside(rows) if callable(case.aside) else case.aside
    work.same((said["added"], said["quarantined"]), (len(expected), aside), "new and set aside")
    exported = in_order(case, [[r[c] for c in case.columns] for r in work.rows("export", case.table)])
    wrong = [(s, e) for s, e in zip(exported, expected) if s != e]
    tally.check(len(exported) == len(expected) and not wrong, f"{name}: {len(exported)} rows, expected {len(expected)}; {wrong[:2]}")


def check(hrctl, folder, tally):
    folder.mkdir()
    for at, case in enumerate(CASES):
        check_case(hrctl, folder / str(at), tally, case)
