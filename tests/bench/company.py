"""A made-up company of any size for guard.py: the same bytes on every machine. 10 KPIs by 4 quarters for everybody."""
JOBS = [f"Job{j}" for j in range(8)]
KPIS = [f"k{k}" for k in range(10)]
QUARTERS = ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
UNITS = 400


def noise(*numbers):
    """A number of 32 bits that looks like chance (a multiply and shift mix of the numbers given)."""
    x = 0x9E3779B97F4A7C15
    for n in numbers:
        x = ((x ^ n) * 0xBF58476D1CE4E5B9 + 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        x ^= x >> 29
    return x >> 32


def is_lower(kpi):
    return kpi in (3, 7)


def target(job, kpi):
    return 400 + noise(1, job, kpi) % 600


def weight(job, kpi):
    """They add up to 100: the last KPI has what the others leave."""
    if kpi == len(KPIS) - 1:
        return 100 - sum(weight(job, k) for k in range(kpi))
    return 5 + noise(2, job, kpi) % 6


def job_of(employee):
    return noise(3, employee) % len(JOBS)


def write_units(file):
    file.write("org_unit,parent,name\n")
    for u in range(UNITS):
        file.write(f"U{u},{f'U{(u - 1) // 8}' if u else ''},Unit {u}\n")


def write_employees(file, n):
    file.write("employee_id,name,org_unit,manager_id,job,grade,region,hire_date,base_salary\n")
    for e in range(n):
        r = noise(4, e)
        file.write(f"E{e:06},Name {r % 9973},U{r % UNITS},{f'E{e // 8:06}' if e else ''},{JOBS[job_of(e)]},P{4 + r % 5},"
                   f"R{r % 7},20{10 + r % 15}-0{1 + r % 9}-1{r % 10},{60000 + r % 90000}\n")


def write_facts(file, n):
    """Quarter after quarter, as they would be extracted; a fact of about a quarter of the year's target."""
    targets = [[target(j, k) for k in range(len(KPIS))] for j in range(len(JOBS))]
    file.write("subject,kpi,period,value\n")
    for q, quarter in enumerate(QUARTERS):
        for e in range(n):
            r = noise(5, q, e)
            row = targets[job_of(e)]
            file.write("".join(f"E{e:06},k{k},{quarter},{row[k] * (15 + ((r >> k) & 31)) / 100:.2f}\n" for k in range(len(KPIS))))


def write_key_results(file, n):
    """Everybody in ten owns an objective of two key results."""
    file.write("key_result,objective,owner,type,weight,start,target\n")
    for e in range(0, n, 10):
        for i in (0, 1):
            file.write(f"KR{e}-{i},O{e},E{e:06},{'aspirational' if i else 'committed'},{40 + 20 * i},0,{10 + noise(6, e, i) % 90}\n")


def write_checkins(file, n):
    file.write("key_result,date,value\n")
    for e in range(0, n, 10):
        for i in (0, 1):
            file.write(f"KR{e}-{i},2025-12-15,{noise(7, e, i) % 100}\n")


def write_feedback(file, n):
    """Everybody in ten has four peers' ratings."""
    file.write("employee_id,rater_id,relation,rating,date\n")
    for e in range(5, n, 10):
        for i in range(4):
            file.write(f"E{e:06},E{(e + 1 + i) % n:06},peer,{1 + noise(8, e, i) % 5},2025-12-01\n")


def write_company(folder, n):
    writers = {"org_units": lambda f, _: write_units(f), "employees": write_employees, "facts": write_facts,
               "key_results": write_key_results, "checkins": write_checkins, "feedback": write_feedback}
    for name, write in writers.items():
        path = folder / f"{name}.csv"
        if not path.exists():
            with open(path.with_suffix(".part"), "w", encoding="utf-8") as file:
                write(file, n)
            path.with_suffix(".part").rename(path)


def definitions():
    lines = ["version: 1", "kpis:"]
    lines += [f"  - {{id: {kpi}, nature: additive, direction: {'lower' if is_lower(k) else 'higher'}, "
              f"curve: {{linear: ratio, method: mirror}}}}" for k, kpi in enumerate(KPIS)]
    lines.append("scorecards:")
    for j, job in enumerate(JOBS):
        lines.append(f"  - id: {job}\n    applies_to: job == \"{job}\"\n    kpis:")
        lines += [f"      - {{kpi: {kpi}, weight: {weight(j, k)}, target: {target(j, k)}}}" for k, kpi in enumerate(KPIS)]
    return "\n".join(lines) + """
cycles:
  - {id: y2025, from: 2025-01-01, to: 2025-12-31, period: quarter, plan: standard}
plans:
  - id: standard
    components: {kpi: 60, okr: 30, feedback: 10}
    okr: {norm: 0.7, cap: 100}
    feedback: {groups: {peer: 100}, scale: [1, 5], min_raters: 3}
    scale: sabcd
scales:
  - {id: sabcd, bands: [{id: S, from: 110}, {id: A, from: 100}, {id: B, from: 90}, {id: C, from: 80}, {id: D, from: 0}]}
"""
