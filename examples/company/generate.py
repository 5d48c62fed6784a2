#!/usr/bin/python3
"""Makes data/ of this example: a year of a company of 500 that does not exist. 生成本示例 data/ 下的全部数据。

    ./generate.py             writes data/
    ./generate.py --check     fails when data/ is not what would be written

Standard library only and one seed: the same bytes on every machine. Only Random.random() is used, whose sequence Python
guarantees. Every person, customer and figure is invented. A few rows are spoilt on purpose; README.md lists them.
"""
import calendar
import csv
import datetime
import io
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).resolve().parent
YEAR = 2025
FIRST, LAST = datetime.date(YEAR, 1, 1), datetime.date(YEAR, 12, 31)
DAY = datetime.timedelta(1)

SURNAMES = ("赵Zhao 钱Qian 孙Sun 李Li 周Zhou 吴Wu 郑Zheng 王Wang 冯Feng 陈Chen 褚Chu 卫Wei 蒋Jiang 沈Shen 韩Han 杨Yang 朱Zhu 秦Qin "
            "尤You 许Xu 何He 吕Lü 施Shi 张Zhang 孔Kong 曹Cao 严Yan 华Hua 金Jin 魏Wei 陶Tao 姜Jiang 戚Qi 谢Xie 邹Zou 喻Yu 柏Bai "
            "章Zhang 云Yun 苏Su 潘Pan 葛Ge 范Fan 彭Peng 鲁Lu 马Ma 方Fang 任Ren 袁Yuan 柳Liu 唐Tang 薛Xue 雷Lei 贺He 倪Ni 汤Tang "
            "罗Luo 毕Bi 郝Hao 安An 欧阳Ouyang 司马Sima 上官Shangguan").split()
GIVEN = ("安然anran 一诺yinuo 子墨zimo 雨桐yutong 思齐siqi 嘉木jiamu 晚晴wanqing 行远xingyuan 慕云muyun 致远zhiyuan 清和qinghe 若谷ruogu "
         "知夏zhixia 星野xingye 书白shubai 静姝jingshu 怀瑾huaijin 景行jingxing 明朗minglang 含章hanzhang 望舒wangshu 长宁changning 乐天letian "
         "小满xiaoman 立秋liqiu 云舟yunzhou 南乔nanqiao 北辰beichen 西岭xiling 东篱dongli 沐风mufeng 听澜tinglan 语冰yubing 怡然yiran 亦凡yifan "
         "青禾qinghe 松涛songtao 映雪yingxue 鸣谦mingqian 守一shouyi").split()
ENGLISH = ("Amara Brooks", "Ben Carver", "Chidi Anand", "Dana Whitlock", "Elif Kaya", "Farah Nasser", "Goran Ilic", "Hana Mori",
           "Ingrid Solberg", "Jonas Weber", "Kavya Rao", "Lucas Prado", "Mei Tanaka", "Noah Lindqvist", "Olga Petrova",
           "Pierre Lacombe", "Quinn Harlow", "Rosa Medina", "Samir Haddad", "Tess Okafor", "Umar Siddiq", "Vera Novak",
           "Wes Tremblay", "Ximena Duarte", "Yusuf Demir", "Zoe Castellan")

# unit: name, parent, region, people at the start of the year, job of its people, job of its head
UNITS = (
    ("LT", "兰亭仪器 Lanting Instruments", "", "CN", 0, "", "CEO"),
    ("LT-SALES", "销售中心 Sales", "LT", "CN", 0, "", "Sales Director"),
    ("LT-SALES-EAST", "华东销售部 Sales East", "LT-SALES", "CN", 26, "Sales Rep", "Sales Manager"),
    ("LT-SALES-SOUTH", "华南销售部 Sales South", "LT-SALES", "CN", 24, "Sales Rep", "Sales Manager"),
    ("LT-SALES-NORTH", "华北销售部 Sales North", "LT-SALES", "CN", 20, "Sales Rep", "Sales Manager"),
    ("LT-SALES-WEST", "西部销售部 Sales West", "LT-SALES", "CN", 14, "Sales Rep", "Sales Manager"),
    ("LT-SALES-INTL", "海外销售部 Sales International", "LT-SALES", "SG", 16, "Sales Rep", "Sales Manager"),
    ("LT-MFG", "制造中心 Manufacturing", "LT", "CN", 0, "", "Plant Director"),
    ("LT-MFG-A", "总装一厂 Assembly A", "LT-MFG", "CN", 70, "Assembler", "Plant Manager"),
    ("LT-MFG-B", "总装二厂 Assembly B", "LT-MFG", "CN", 64, "Assembler", "Plant Manager"),
    ("LT-MFG-QC", "质检部 Quality Control", "LT-MFG", "CN", 24, "Inspector", "Quality Manager"),
    ("LT-RD", "研发中心 R&D", "LT", "CN", 0, "", "R&D Director"),
    ("LT-RD-HW", "硬件部 Hardware", "LT-RD", "CN", 34, "Engineer", "Engineering Manager"),
    ("LT-RD-SW", "软件部 Software", "LT-RD", "CN", 40, "Engineer", "Engineering Manager"),
    ("LT-RD-TEST", "测试部 Test", "LT-RD", "CN", 22, "Engineer", "Engineering Manager"),
    ("LT-CS", "客户服务中心 Customer Service", "LT", "CN", 0, "", "Service Director"),
    ("LT-CS-CARE", "客服部 Customer Care", "LT-CS", "CN", 38, "Support Agent", "Service Manager"),
    ("LT-CS-FIELD", "现场服务部 Field Service", "LT-CS", "CN", 36, "Field Technician", "Service Manager"),
    ("LT-FIN", "财务部 Finance", "LT", "CN", 18, "Accountant", "Finance Director"),
    ("LT-HR", "人力资源部 Human Resources", "LT", "CN", 14, "HR Partner", "HR Director"),
)

# What a job is measured by, a month: (KPI, usual figure, how much people differ, decimals). Totals shrink with absence.
TOTALS = {
    "Sales Rep": (("revenue", 98000, 0.30, 0), ("new_customers", 2.6, 0.35, 0), ("leads", 21, 0.15, 0), ("complaints", 0.25, 0.9, 0)),
    "Assembler": (("units_built", 158, 0.10, 0), ("units_scrapped", 4.2, 0.45, 0)),
    "Inspector": (("inspections", 410, 0.10, 0), ("escapes", 0.5, 0.9, 0)),
    "Engineer": (("defects", 1.1, 0.6, 0),),
    "Support Agent": (("tickets", 255, 0.12, 0),),
    "Field Technician": (("visits", 34, 0.14, 0),),
    "HR Partner": (("vacancies_filled", 1.1, 0.4, 0),),
}
RATES = {
    "Engineer": (("on_time", 0.86, 0.10, 3),),
    "Support Agent": (("first_response", 31, 0.16, 1), ("csat", 86, 0.05, 1)),
    "Field Technician": (("fixed_first_time", 0.84, 0.08, 3),),
    "Accountant": (("close_days", 5.2, 0.16, 1), ("on_time", 0.93, 0.05, 3)),
    "HR Partner": (("time_to_hire", 41, 0.15, 0),),
}
LOWER = {"complaints", "units_scrapped", "escapes", "defects", "first_response", "close_days", "time_to_hire"}
SEASON = (0.92, 0.78, 1.04, 1.0, 1.02, 1.06, 0.98, 0.96, 1.05, 0.97, 1.07, 1.15)  # the Spring Festival is in February
LEAVERS = {"Sales Rep": 0.16, "Assembler": 0.17, "Support Agent": 0.15}

# Key results of units that are told by check-ins: (half, id, author's unit, start, target, share reached by the end)
UNIT_KEY_RESULTS = (
    (1, "kr-h1-accounts", "LT-SALES", 0, 160, 0.84), (1, "kr-h1-crm", "LT-SALES", 20, 95, 0.97),
    (1, "kr-h1-scrap", "LT-MFG", 2.9, 2.2, 0.6), (1, "kr-h1-changeover", "LT-MFG", 55, 35, 0.9),
    (1, "kr-h1-patents", "LT-RD", 0, 12, 0.75), (1, "kr-h1-escalations", "LT-CS", 48, 24, 0.7),
    (1, "kr-h1-closing", "LT-FIN", 9, 6, 1.0), (1, "kr-h1-referrals", "LT-HR", 10, 25, 0.5),
    (2, "kr-h2-accounts", "LT-SALES", 0, 180, 0.72), (2, "kr-h2-renewals", "LT-SALES", 78, 88, 1.1),
    (2, "kr-h2-scrap", "LT-MFG", 2.5, 1.9, 0.9), (2, "kr-h2-energy", "LT-MFG", 100, 88, 0.55),
    (2, "kr-h2-boot", "LT-RD", 40, 15, 0.95), (2, "kr-h2-escalations", "LT-CS", 31, 15, 0.4),
    (2, "kr-h2-closing", "LT-FIN", 6, 5, 0.8), (2, "kr-h2-mobility", "LT-HR", 4, 12, 0.9),
)
MILESTONES = (  # day, key result/milestone, author's unit, done
    ("2025-03-21", "kr-h1-x2/prototype", "LT-RD", 1), ("2025-05-30", "kr-h1-x2/certified", "LT-RD", 1),
    ("2025-06-27", "kr-h1-x2/series", "LT-RD", 0), ("2025-09-26", "kr-h2-x2/series", "LT-RD", 1),
    ("2025-12-12", "kr-h2-x2/hundred", "LT-RD", 1), ("2025-04-18", "kr-h1-kb/structure", "LT-CS", 1),
    ("2025-06-20", "kr-h1-kb/articles", "LT-CS", 1), ("2025-10-17", "kr-h2-remote/pilot", "LT-CS", 1),
    ("2025-12-19", "kr-h2-remote/all", "LT-CS", 0), ("2025-11-28", "kr-h2-iso", "LT-MFG", 1),
)
PERSONAL = (  # objectives of engineers: title, key results (title, start, target, unit)
    ("让测量更快 Faster measurements", (("Cycle time 测量周期", 900, 600, "ms"), ("Cases automated 自动化用例", 20, 60, "cases"))),
    ("减少返工 Less rework", (("Review findings closed 评审问题关闭", 0, 40, "findings"), ("Reopened defects 重开缺陷", 12, 4, "defects"))),
    ("带好新人 Bring up newcomers", (("Pairing sessions 结对次数", 0, 24, "sessions"), ("Onboarding days 上手天数", 30, 18, "days"))),
    ("把文档写清楚 Documents that answer", (("Pages rewritten 重写页数", 0, 30, "pages"), ("Questions a week 每周提问", 25, 10, "questions"))),
    ("降低功耗 Less power", (("Standby current 待机电流", 120, 70, "mA"), ("Boards measured 实测板数", 0, 20, "boards"))),
)


class Chance:
    """Everything random, from Random.random() alone."""

    def __init__(self, seed):
        self.source = random.Random(seed)

    def unit(self):
        return self.source.random()

    def below(self, n):
        return int(self.unit() * n)

    def pick(self, items):
        return items[self.below(len(items))]

    def bell(self):
        """About normal: mean 0, deviation 1, never beyond 3.5."""
        return max(-3.5, min(3.5, sum(self.unit() for _ in range(12)) - 6))

    def day(self, first, last):
        return first + datetime.timedelta(self.below((last - first).days + 1))

    def sample(self, items, n):
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(min(n, len(left)))]


class Person:
    def __init__(self, number, name, email, unit, job, grade, region, hired, manager):
        self.id = f"E{number:04d}"
        self.name, self.email, self.unit, self.job, self.grade, self.region = name, email, unit, job, grade, region
        self.hired, self.left, self.manager = hired, None, manager
        self.skill = 0.0
        self.moved = None     # (day, old unit, old job, old grade, old manager)
        self.leaves = []      # (first, last, kind)
        self.salary = 0
        self.shift = ""

    def at(self, day):
        """(unit, job) on a day."""
        if self.moved and day < self.moved[0]:
            return self.moved[1], self.moved[2]
        return self.unit, self.job

    def works(self, day):
        return self.hired <= day and (self.left is None or day <= self.left)

    def share_of(self, month):
        """Share of a month's days in service and not on a long leave."""
        days = [datetime.date(YEAR, month, d + 1) for d in range(calendar.monthrange(YEAR, month)[1])]
        there = [d for d in days if self.works(d) and not any(a <= d <= b for a, b, _ in self.leaves)]
        return len(there) / len(days)


def make_name(chance, abroad, used):
    while True:
        if abroad and chance.unit() < 0.7:
            name = chance.pick(ENGLISH)
            email = name.lower().replace(" ", ".")
        else:
            family, given = chance.pick(SURNAMES), chance.pick(GIVEN)
            head = "".join(c for c in family if ord(c) > 0x2000)
            tail = "".join(c for c in given if ord(c) > 0x2000)
            name = head + tail
            email = (given[len(tail):] + "." + family[len(head):].lower()).replace("ü", "v")
        if used.get(name, 0) < (1 if abroad else 2):  # a few share a name, as people do
            used[name] = used.get(name, 0) + 1
            return name, email + (str(used[name]) if used[name] > 1 else "") + "@lanting.example"


def make_company(chance):
    people, heads, used = [], {}, {}

    def hire(unit, job, grade, region, hired, manager):
        name, email = make_name(chance, region == "SG", used)
        person = Person(len(people) + 1, name, email, unit, job, grade, region, hired, manager)
        person.skill = max(-2.0, min(2.0, chance.bell() * 0.8))
        person.salary = 100 * int({"M": 260, "P": 110}[grade[0]] * (1 + 0.35 * int(grade[1])) * (0.9 + 0.2 * chance.unit()))
        if job == "Assembler":
            person.shift = chance.pick(("day", "day", "night"))
        people.append(person)
        return person

    old = (datetime.date(2012, 3, 1), datetime.date(2024, 11, 30))
    for unit, _, parent, region, _, _, head_job in UNITS:
        grade = "M5" if not parent else "M4" if parent == "LT" else "M2"
        heads[unit] = hire(unit, head_job, grade, region, chance.day(old[0], datetime.date(2019, 12, 31)), heads.get(parent))
    for unit, _, _, region, size, job, _ in UNITS:
        for _ in range(size):
            hire(unit, job, f"P{1 + chance.below(5)}", region, chance.day(*old), heads[unit])
    leave_company(chance, people)
    for unit, _, _, region, size, job, _ in UNITS:
        for _ in range(int(size * 0.14 + chance.unit())):
            day = chance.day(datetime.date(YEAR, 1, 6), datetime.date(YEAR, 11, 28))
            hire(unit, job, f"P{1 + chance.below(3)}", region, day, heads[unit])
    move_people(chance, people, heads)
    take_leave(chance, people)
    return people, heads


def leave_company(chance, people):
    for person in people:
        if person.job in LEAVERS or person.grade[0] == "P":
            if chance.unit() < LEAVERS.get(person.job, 0.08):
                person.left = chance.day(datetime.date(YEAR, 1, 15), datetime.date(YEAR, 12, 20))


def move_people(chance, people, heads):
    """Transfers between sister units, and promotions in place, on the first of a month."""
    sisters = (("LT-SALES-EAST", "LT-SALES-SOUTH", "LT-SALES-NORTH", "LT-SALES-WEST"), ("LT-MFG-A", "LT-MFG-B"),
               ("LT-RD-HW", "LT-RD-SW", "LT-RD-TEST"))
    staff = [p for p in people if p.grade[0] == "P" and p.left is None and p.hired < FIRST]
    for person in chance.sample(staff, 52):
        day = datetime.date(YEAR, 2 + chance.below(10), 1)
        before = (day, person.unit, person.job, person.grade, person.manager)
        group = next((g for g in sisters if person.unit in g), None)
        if group and chance.unit() < 0.55:
            person.unit = chance.pick([u for u in group if u != person.unit])
            person.manager = heads[person.unit]
        elif person.job == "Support Agent" and chance.unit() < 0.5:  # from the telephone to the road
            person.unit, person.job, person.manager = "LT-CS-FIELD", "Field Technician", heads["LT-CS-FIELD"]
        elif person.grade != "P5":
            person.grade = f"P{int(person.grade[1]) + 1}"
        else:
            continue
        person.moved = before


def take_leave(chance, people):
    staff = [p for p in people if p.grade[0] == "P"]
    for kind, n, low, high in (("maternity", 11, 128, 158), ("paternity", 14, 10, 15), ("sick", 34, 3, 45), ("unpaid", 6, 20, 60)):
        for person in chance.sample(staff, n):
            first = chance.day(max(person.hired, FIRST) + 40 * DAY, LAST)
            last = min(first + datetime.timedelta(low + chance.below(high - low + 1) - 1), person.left or LAST)
            if not person.leaves and first <= last <= LAST:
                person.leaves.append((first, last, kind))


def figure(chance, kpi, base, spread, decimals, skill, factor):
    better = -1 if kpi in LOWER else 1
    value = base * factor * (1 + better * spread * 0.45 * skill + spread * 0.4 * chance.bell())
    value = max(0.0, value)
    if kpi in ("on_time", "fixed_first_time"):
        value = min(1.0, value)
    if kpi == "csat":
        value = min(100.0, value)
    if base < 6 and decimals == 0:  # small counts: whole, by chance in the right proportion
        value += chance.unit()
        return str(int(value))
    return f"{value:.{decimals}f}" if decimals else str(int(value + 0.5))


def facts_of_month(chance, people, month):
    rows, unit_sums = [], {}
    middle = datetime.date(YEAR, month, 15)
    text = f"{YEAR}-{month:02d}"
    for person in people:
        share = person.share_of(month)
        if share == 0:
            continue
        unit, job = person.at(middle if person.works(middle) else max(person.hired, datetime.date(YEAR, month, 1)))
        for kpi, base, spread, decimals in TOTALS.get(job, ()):
            value = figure(chance, kpi, base, spread, decimals, person.skill, share * SEASON[month - 1])
            rows.append((person.id, kpi, text, value))
            unit_sums[unit, kpi] = unit_sums.get((unit, kpi), 0) + int(value)
            if kpi == "leads":
                won = int(int(value) * max(0.02, min(0.6, 0.24 + 0.05 * person.skill + 0.05 * chance.bell())) + chance.unit())
                rows.append((person.id, "won_deals", text, str(won)))
        for kpi, base, spread, decimals in RATES.get(job, ()):
            if share > 0.3:
                rows.append((person.id, kpi, text, figure(chance, kpi, base, spread, decimals, person.skill, 1)))
        if job == "Assembler" and chance.unit() < 0.006:
            rows.append((person.id, "safety_incidents", text, "1"))
        if job in ("Assembler", "Inspector", "Engineer") and chance.unit() < 0.035:
            rows.append((person.id, "suggestions", text, "1"))
    return rows + unit_rows(chance, unit_sums, text)


def unit_rows(chance, sums, text):
    """Figures of units: sums of their people, month by month, up to the root; and what is measured for a unit only."""
    parents = {u[0]: u[2] for u in UNITS}
    totals = {}
    for (unit, kpi), value in sums.items():
        if kpi not in ("revenue", "complaints", "units_built", "units_scrapped", "escapes"):
            continue
        while unit:
            totals[unit, kpi] = totals.get((unit, kpi), 0) + value
            unit = parents[unit]
    rows = [(f"unit:{u}", k, text, str(v)) for (u, k), v in sorted(totals.items())]
    month = int(text[-2:])
    rows.append(("unit:LT", "nps", text, f"{33 + month * 0.9 + chance.bell():.1f}"))
    for unit in ("LT-RD", "LT-RD-HW", "LT-RD-SW", "LT-RD-TEST"):
        rows.append((f"unit:{unit}", "on_time", text, f"{min(1, 0.86 + 0.03 * chance.bell()):.3f}"))
    for unit in ("LT-CS", "LT-CS-CARE", "LT-CS-FIELD"):
        rows.append((f"unit:{unit}", "csat", text, f"{86.5 + 0.25 * month + chance.bell():.1f}"))
    return rows


def spoil_facts(month, rows):
    """What spreadsheets really hold. Row numbers are fixed, so the same people lose the same figure every time."""
    def change(index, column, value):
        row = list(rows[index])
        row[column] = value
        rows[index] = tuple(row)

    revenue = [i for i, r in enumerate(rows) if r[1] == "revenue" and not r[0].startswith("unit")]
    if month == 3:
        change(revenue[7], 3, "12.5万")
    if month == 4:
        rows.insert(200, ("E9999", "tickets", f"{YEAR}-04", "240"))
    if month == 5:
        change(revenue[20], 3, "#N/A")
    if month == 8:
        rows.append((rows[300][0], rows[300][1], rows[300][2], str(int(float(rows[300][3])) + 7)))
    if month == 10:
        change(revenue[31], 1, "revenu")
    return rows


def half_of(day):
    return 1 if day.month <= 6 else 2


def checkins(chance, people, heads):
    rows = []
    for half, key_result, unit, start, target, reached in UNIT_KEY_RESULTS:
        add_checkins(chance, rows, half, key_result, heads[unit].id, start, target, reached, 14)
    for day, key_result, unit, done in MILESTONES:
        rows.append((key_result, day, str(done), "0.8" if done else "0.3", "", heads[unit].id))
    objectives, key_results = [], []
    for half in (1, 2):
        for person in people:
            if person.job != "Engineer" or not person.works(datetime.date(YEAR, 6 * half - 3, 1)):
                continue
            title, results = chance.pick(PERSONAL)
            objective = f"o-{person.id.lower()}-h{half}"
            parent = f"o-rd-{YEAR}h{half}"
            objectives.append((objective, f"{YEAR}H{half}", person.id, title, parent, ""))
            for n, (name, start, target, unit) in enumerate(results, 1):
                key = f"kr-{person.id.lower()}-h{half}-{n}"
                kind = "aspirational" if chance.unit() < 0.4 else "committed"
                key_results.append((key, objective, "", kind, name, str(60 if n == 1 else 40), str(start), str(target), unit, ""))
                if chance.unit() < 0.04:
                    continue  # never told: missing, not 0
                reached = max(0.0, min(1.15, 0.78 + 0.16 * person.skill + 0.15 * chance.bell()))
                last = person.left or LAST
                add_checkins(chance, rows, half, key, person.id, start, target, reached, 28, last)
    rows.sort(key=lambda r: (r[1], r[0]))
    return rows, objectives, key_results


def add_checkins(chance, rows, half, key_result, author, start, target, reached, every, last=LAST):
    begin = datetime.date(YEAR, 1 if half == 1 else 7, 10)
    end = datetime.date(YEAR, 6 if half == 1 else 12, 24)
    day = begin + datetime.timedelta(chance.below(7))
    while day <= min(end, last):
        elapsed = (day - begin).days / (end - begin).days
        p = reached * min(1.0, elapsed ** 1.15 + 0.03 * chance.bell() * (1 - elapsed))
        value = start + (target - start) * max(0.0, p)
        whole = isinstance(start, int) and isinstance(target, int) and abs(target - start) >= 10
        confidence = max(0.1, min(1.0, 0.35 + 0.6 * reached + 0.05 * chance.bell()))
        rows.append((key_result, day.isoformat(), str(int(value + 0.5)) if whole else f"{value:.2f}", f"{confidence:.1f}", "", author))
        day += datetime.timedelta(every + chance.below(4) - 1)


def feedback(chance, people, heads):
    rows = []
    for half, day in ((1, datetime.date(YEAR, 6, 23)), (2, datetime.date(YEAR, 12, 15))):
        there = [p for p in people if p.works(day) and p.hired <= day - 60 * DAY and p.job != "Assembler"]
        by_unit = {}
        for person in there:
            by_unit.setdefault(person.unit, []).append(person)
        for person in there:
            raters = []
            if person.manager and person.manager.works(day):
                raters.append((person.manager, "manager"))
            peers = [p for p in by_unit[person.unit] if p is not person and p is not person.manager and p.manager is person.manager]
            raters += [(p, "peer") for p in chance.sample(peers, 2 + chance.below(3))]
            reports = [p for p in there if p.manager is person]
            raters += [(p, "report") for p in chance.sample(reports, 5)]
            if chance.unit() < 0.3:
                raters.append((person, "self"))
            when = day + datetime.timedelta(chance.below(6))
            for rater, relation in raters:
                for competency in ("delivery", "collaboration"):
                    lift = 0.4 if relation == "self" else 0.0
                    rating = int(max(1, min(5, 3.6 + lift + 0.55 * person.skill + 0.6 * chance.bell() + 0.5)))
                    rows.append((person.id, rater.id, relation, competency, str(rating), "", when.isoformat()))
        del half
    del heads
    return rows


def targets(chance, people):
    """Bulk targets: totals of a whole job, raised in July, and a quota of each sales rep's own."""
    rows = [
        ("job:Assembler", "units_built", "2025-01-01", "2025-06-30", "", "", "160", ""),
        ("job:Assembler", "units_built", "2025-07-01", "", "", "", "164", ""),
        ("job:Support Agent", "tickets", "2025-01-01", "", "", "", "255", ""),
        ("job:Field Technician", "visits", "2025-01-01", "", "", "", "34", ""),
        ("job:Inspector", "inspections", "2025-01-01", "", "", "", "405", ""),
        ("unit:LT-SALES-INTL", "new_customers", "2025-01-01", "", "", "", "24", ""),
    ]
    for person in people:
        if person.job == "Sales Rep" and person.grade != "P1":
            target = 10000 * int((92 + 8 * int(person.grade[1])) * (0.92 + 0.16 * chance.unit()))
            rows.append((person.id, "revenue", "2025-01-01", "", "", str(target * 7 // 10), str(target), str(target * 13 // 10)))
    return rows


def employees(people):
    rows = [(p.id, p.name, p.email, p.unit, p.manager.id if p.manager else "", p.job, p.grade, p.region,
             "Lanting Instruments Pte. Ltd." if p.region == "SG" else "兰亭仪器有限公司", "1", p.hired.isoformat(),
             p.left.isoformat() if p.left else "", str(p.salary), "SGD" if p.region == "SG" else "CNY", p.shift) for p in people]
    rows.insert(211, ("E0900", "测试账号", "test@lanting.example", "LT-HR", "E0001", "HR Partner", "P1", "CN", "", "1",
                      "2025-02-30", "", "9000", "CNY", ""))  # a test account with a day that does not exist
    return rows


def assignments(people):
    rows = []
    for p in people:
        if p.moved:
            day, unit, job, grade, manager = p.moved
            rows.append((p.id, p.hired.isoformat(), (day - DAY).isoformat(), unit, manager.id, job, grade, p.region))
            rows.append((p.id, day.isoformat(), p.left.isoformat() if p.left else "", p.unit, p.manager.id, p.job, p.grade, p.region))
    return rows


def as_csv(head, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head.split())
    writer.writerows(rows)
    return out.getvalue()


def make_files():
    chance = Chance(YEAR)
    people, heads = make_company(chance)
    files = {
        "org_units.csv": as_csv("org_unit name parent head_id region", [(u, n, p, heads[u].id, r) for u, n, p, r, *_ in UNITS]),
        "employees.csv": as_csv("employee_id name email org_unit manager_id job grade region legal_entity fte hire_date "
                                "termination_date base_salary currency shift", employees(people)),
        "assignments.csv": as_csv("employee_id from to org_unit manager_id job grade region", assignments(people)),
        "leaves.csv": as_csv("employee_id from to kind", sorted(
            (p.id, a.isoformat(), b.isoformat(), kind) for p in people for a, b, kind in p.leaves)),
        "targets.csv": as_csv("subject kpi from to weight threshold target stretch", targets(chance, people)),
    }
    for month in range(1, 13):
        rows = spoil_facts(month, facts_of_month(chance, people, month))
        files[f"facts/{YEAR}-{month:02d}.csv"] = as_csv("subject kpi period value", rows)
    told, objectives, key_results = checkins(chance, people, heads)
    told.insert(40, ("kr-h1-acounts", "2025-02-14", "30", "0.7", "", heads["LT-SALES"].id))  # a slip of the pen
    files["objectives.csv"] = as_csv("objective cycle owner title supports weight", objectives)
    files["key_results.csv"] = as_csv("key_result objective owner type title weight start target unit kpi", key_results)
    files["checkins.csv"] = as_csv("key_result date value confidence note author", told)
    said = feedback(chance, people, heads)
    said.insert(500, (said[0][0], said[0][1], "boss", "delivery", "4", "", said[0][6]))  # no such relation
    files["feedback.csv"] = as_csv("employee_id rater_id relation competency rating comment date", said)
    return files


def main():
    data = HERE / "data"
    wrong = []
    for name, text in make_files().items():
        path = data / name
        if "--check" in sys.argv[1:]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                wrong.append(name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if wrong:
        sys.exit(f"data/ is not what generate.py writes: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
