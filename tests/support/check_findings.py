#!/usr/bin/python3
"""How well `facts check` finds errors, and how seldom it cries wolf: check_findings.py HRCTL [--seeds N] [--table]

A made-up company of known distributions is checked clean, then with errors put in from a seed: slips of a decimal point
or a unit, wrong signs, values several times too large, impossible ones, values that stay the same, rounded ones, copied
series and copied months, raters who give everybody the same. Asserted: at most 1 in 1,000 clean facts is flagged; of each
kind of error so many are found; of what is found so much is an error. `--table` prints the figures of
docs/spec/facts-check.md. In the example company, whose planted errors are rows that no import takes, nothing is flagged.
"""
import collections
import csv
import io
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from tally import Tally

HRCTL = pathlib.Path(sys.argv[1]).resolve()
JOBS = ("Rep", "Agent", "Maker", "Clerk", "Coder")
MONTHS = [f"2025-{m:02}" for m in range(1, 13)]
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
SIZES = {"impossible", "sign", "magnitude", "jump", "outlier"}


def poisson(chance, mean):
    limit, k, p = math.exp(-mean), 0, chance.random()
    while p > limit:
        k, p = k + 1, p * chance.random()
    return k


class Kpi:
    """`draw(chance, level, season)`: a value of somebody whose level is about 1."""

    def __init__(self, draw, digits, additive=True, bounds="", jobs=JOBS):
        self.draw, self.digits, self.additive, self.bounds, self.jobs = draw, digits, additive, bounds, jobs


KPIS = {
    "revenue": Kpi(lambda c, l, s: max(1, 90000 * l * s * c.gauss(1, 0.2)), 2),
    "orders": Kpi(lambda c, l, s: poisson(c, 120 * l * s), 0),
    "deals": Kpi(lambda c, l, s: poisson(c, 5 * l), 0),
    "complaints": Kpi(lambda c, l, s: poisson(c, 0.3), 0),
    "calls": Kpi(lambda c, l, s: poisson(c, 20 * c.gammavariate(3, 1 / 3)), 0),      # more varied than chance alone
    "hours": Kpi(lambda c, l, s: 160 * c.gauss(1, 0.06), 1),
    "overtime": Kpi(lambda c, l, s: 0 if c.random() < 0.7 else c.lognormvariate(1.5, 0.7), 1),
    "wait": Kpi(lambda c, l, s: c.expovariate(1 / 30) + 1, 1, additive=False),       # minutes
    "size": Kpi(lambda c, l, s: 40 * l * c.lognormvariate(0, 0.5), 2, additive=False),
    "on_time": Kpi(lambda c, l, s: min(1, max(0, c.gauss(0.87, 0.04))), 3, additive=False, bounds="{min: 0, max: 1}"),
    "rating": Kpi(lambda c, l, s: min(5, max(1, round(c.gauss(3.8, 0.8)))), 0, additive=False, bounds="{min: 1, max: 5, integer: true}"),
    "nps": Kpi(lambda c, l, s: c.gauss(20, 25), 0, additive=False),
    "growth": Kpi(lambda c, l, s: c.gauss(0.02, 0.05), 3, additive=False),
}
PAY, TEAM = "pay", "team_score"  # the same every month but for a raise; one value for everybody of a team


class Company:
    def __init__(self, seed, people=400):
        self.chance = chance = random.Random(seed)
        self.people = [f"P{i:04}" for i in range(people)]
        self.job = {p: chance.choice(JOBS) for p in self.people}
        self.promoted = {p: chance.randrange(3, 10) for p in self.people if chance.random() < 0.06}
        self.joined = {p: (chance.randrange(12), chance.randrange(1, 28)) for p in self.people if chance.random() < 0.12}
        self.leave = {p: chance.randrange(12) for p in self.people if chance.random() < 0.1}
        self.facts = {}  # subject, kpi, period → value
        level = {p: chance.gauss(1, 0.15) for p in self.people}
        season = [1 + 0.3 * math.sin(m) for m in range(12)]
        for name, kpi in KPIS.items():
            for p in self.people:
                for m, month in enumerate(MONTHS):
                    there = self.part(p, m)
                    if there <= 0:
                        continue
                    value = kpi.draw(chance, max(0.3, level[p]), season[m]) * (there if kpi.additive else 1)
                    if self.job[p] == "Coder" or m >= self.promoted.get(p, 99):
                        value *= 1.4 if kpi.additive else 1
                    self.facts[p, name, month] = round(value, kpi.digits)
        self.pay_and_teams()
        self.feedback = [(chance.choice(self.people), r, min(5, max(1, round(chance.gauss(3.6, 0.9)))))
                         for r in self.people for _ in range(8)]

    def part(self, person, m):
        """The share of a month that somebody is there."""
        month, day = self.joined.get(person, (-1, 1))
        there = 0 if m < month else 1 - (day - 1) / DAYS[m] if m == month else 1
        return there * (0.4 if self.leave.get(person) == m else 1)

    def pay_and_teams(self):
        teams = [[round(self.chance.gauss(75, 8), 1) for _ in MONTHS] for _ in range(len(self.people) // 9)]
        for i, p in enumerate(self.people):
            pay = self.chance.choice((8000, 8500, 9000, 10000, 12000, 15000))
            raised = self.chance.randrange(1, 60)
            for m, month in enumerate(MONTHS):
                if self.part(p, m) > 0:
                    self.facts[p, PAY, month] = pay * (1 if m < raised else 1.08)
                    self.facts[p, TEAM, month] = teams[i * len(teams) // len(self.people)][m]

    def keys(self, *names):
        return [k for k in self.facts if k[1] in names]

    def series(self, person, kpi):
        return [(person, kpi, m) for m in MONTHS if (person, kpi, m) in self.facts]

    def definitions(self):
        lines = ["version: 1", "kpis:"]
        for name in (*KPIS, PAY, TEAM):
            kpi = KPIS.get(name)
            lines.append(f"  - {{id: {name}, nature: {'additive' if kpi and kpi.additive else 'rate'}"
                         + (f", bounds: {kpi.bounds}" if kpi and kpi.bounds else "") + "}")
        return "\n".join(lines) + "\n"


class Errors:
    """Puts errors into a company and remembers where. Each is a set of facts of which one must be found."""

    def __init__(self, company, seed):
        self.company, self.chance = company, random.Random(seed)
        self.put = collections.defaultdict(list)  # kind → list of sets of keys
        self.touched = set()

    def pick(self, *names):
        while True:
            key = self.chance.choice(self.company.keys(*names))
            if key not in self.touched and self.company.facts[key] != 0 and len(self.company.series(*key[:2])) > 8:
                return key

    def note(self, kind, keys):
        self.put[kind].append(set(keys))
        self.touched |= set(keys)

    def change(self, kind, names, times, how):
        for _ in range(times):
            key = self.pick(*names)
            self.company.facts[key] = round(how(self.company.facts[key]), 4)
            self.note(kind, [key])

    def put_all(self):
        amounts = ("revenue", "orders", "hours", "size", PAY)
        self.change("ten times", ("revenue", "orders", "hours", PAY), 20, lambda v: v * 10)
        self.change("a tenth", ("revenue", "orders", "hours", PAY), 20, lambda v: v / 10)
        self.change("10,000 times", amounts, 15, lambda v: v * 10000)
        self.change("a 10,000th", amounts, 15, lambda v: v / 10000)
        self.change("100 times", ("on_time",), 10, lambda v: v * 100)
        self.change("sign", amounts, 20, lambda v: -v)
        self.change("4 to 8 times", ("revenue", "orders", "hours", "deals", "rating"), 20, lambda v: v * self.chance.uniform(4, 8))
        self.change("impossible", ("on_time",), 10, lambda v: 1 + self.chance.uniform(0.01, 0.2))
        self.change("impossible", ("rating",), 10, lambda v: 3.5)
        self.stuck(15)
        self.twins(6)
        self.copied(4)
        self.rounded(6)
        self.raters(6)

    def stuck(self, times):
        for _ in range(times):
            person, kpi, _ = self.pick("revenue", "orders", "hours", "size", "on_time")
            series = self.company.series(person, kpi)[-6:]
            for key in series:
                self.company.facts[key] = self.company.facts[series[0]]
            self.note("stuck 6 months", series)

    def twins(self, times):
        for kpi in self.chance.sample(("revenue", "orders", "hours", "size", "on_time", "nps", "growth"), times):
            a, b = self.pick(kpi), self.pick(kpi)
            series = [k for k in self.company.series(b[0], kpi) if (a[0], kpi, k[2]) in self.company.facts]
            for key in series:
                self.company.facts[key] = self.company.facts[a[0], kpi, key[2]]
            self.note("another's year", series + [(a[0], kpi, k[2]) for k in series])

    def copied(self, times):
        for kpi in self.chance.sample(("revenue", "orders", "hours", "wait", "nps"), times):
            m, first = self.chance.randrange(1, 12), self.chance.randrange(0, 360)
            people = [p for p in self.company.people[first:first + 20] if (p, kpi, MONTHS[m]) in self.company.facts and (p, kpi, MONTHS[m - 1]) in self.company.facts]
            for p in people:
                self.company.facts[p, kpi, MONTHS[m]] = self.company.facts[p, kpi, MONTHS[m - 1]]
            self.note("last month again", [(p, kpi, MONTHS[m]) for p in people])

    def rounded(self, times):
        for kpi, step in self.chance.sample((("revenue", 1000), ("orders", 10), ("hours", 5), ("size", 5), ("wait", 5), ("revenue", 100)), times):
            m, job = self.chance.choice(MONTHS), self.chance.choice(JOBS)
            keys = [k for k in self.company.keys(kpi) if k[2] == m and self.company.job[k[0]] == job]
            for key in keys:
                if self.chance.random() < 0.7 and key not in self.touched:
                    self.company.facts[key] = step * round(self.company.facts[key] / step)
            self.put["rounded by a job"].append({("job:" + job, kpi, m)})

    def raters(self, times):
        for rater in self.chance.sample(self.company.people, times):
            self.company.feedback = [(p, r, 5 if r == rater else x) for p, r, x in self.company.feedback]
            self.put["everybody the same"].append({(rater, "", "")})


class Workspace:
    def __init__(self, folder, company):
        self.folder = folder
        folder.mkdir()
        (folder / "hrctl.yaml").write_text("version: 1\n")
        (folder / "kpis.yaml").write_text(company.definitions())
        self.run("apply")
        self.take("employees", "employee_id,name,job,hire_date", [(p, p, company.job[p], self.hired(company, p)) for p in company.people])
        self.take("assignments", "employee_id,from,job", [(p, f"2025-{m + 1:02}-01", "Coder") for p, m in company.promoted.items()
                                                         if m > company.joined.get(p, (-1, 1))[0]])
        self.take("leaves", "employee_id,from,to,kind", [(p, f"2025-{m + 1:02}-05", f"2025-{m + 1:02}-22", "sick") for p, m in company.leave.items()])
        self.take("facts", "subject,kpi,period,value", [(*key, f"{value:.10g}") for key, value in company.facts.items()])
        self.take("feedback", "employee_id,rater_id,relation,rating,date", [(p, r, "peer", x, "2025-06-01") for p, r, x in company.feedback if p != r])

    @staticmethod
    def hired(company, person):
        month, day = company.joined.get(person, (-1, 1))
        return "2020-01-01" if month < 0 else f"2025-{month + 1:02}-{day:02}"

    def take(self, table, header, rows):
        (self.folder / f"{table}.csv").write_text(header + "\n" + "".join(",".join(map(str, r)) + "\n" for r in rows))
        self.run("import", table, f"{table}.csv", "--no-check") if table == "facts" else self.run("import", table, f"{table}.csv")

    def run(self, *words):
        done = subprocess.run([HRCTL, *words], cwd=self.folder, capture_output=True, text=True, check=False,
                              env=dict(os.environ, LC_ALL="C.UTF-8"))
        if done.returncode:
            raise SystemExit(f"FAILED findings: hrctl {' '.join(words)}: {done.returncode}\n{done.stderr[:2000]}\n0 passed, 1 failed")
        return done.stdout

    def findings(self, *options):
        return list(csv.DictReader(io.StringIO(self.run("facts", "check", "--format", "csv", *options))))


def facts_of(finding, company):
    """The keys that a finding is about."""
    subject, kpi, period = finding["subject"], finding["kpi"], finding["period"]
    keys = {(subject, kpi, period)}
    if finding["rule"] == "duplicate" and finding["value"] == "":
        first, last = company.people.index(subject), company.people.index(finding["other"])
        keys |= {(p, kpi, period) for p in company.people[first:last + 1]}
    elif finding["rule"] in ("stuck", "duplicate"):
        keys |= {(subject, kpi, m) for m in MONTHS if finding["other_period"] <= m <= period}
    return keys


class Figures:
    """Over several seeds."""

    def __init__(self):
        self.put, self.found = collections.Counter(), collections.Counter()
        self.told, self.right = collections.Counter(), collections.Counter()
        self.clean_facts, self.clean = 0, collections.Counter()

    def add(self, seed, folder):
        company = Company(seed)
        clean = Workspace(folder / f"clean{seed}", company).findings()
        self.clean_facts += len(company.facts)
        for f in clean:
            self.clean[f["rule"]] += 1
            if os.environ.get("SHOW"):
                print("clean", f["key"], f["value"], f["expected"], f["deviation"], f["why"])
        errors = Errors(company, seed + 1000)
        errors.put_all()
        findings = Workspace(folder / f"dirty{seed}", company).findings()
        about = [(f, facts_of(f, company)) for f in findings]
        all_keys = set().union(*(keys for sets in errors.put.values() for keys in sets))
        for kind, sets in errors.put.items():
            for keys in sets:
                self.put[kind] += 1
                hit = any(keys & k for _, k in about)
                self.found[kind] += hit
                if not hit and os.environ.get("SHOW"):
                    key = sorted(keys)[0]
                    print("missed", kind, key, [company.facts.get((key[0], key[1], m)) for m in MONTHS])
        for f, keys in about:
            self.told[f["rule"]] += 1
            self.right[f["rule"]] += bool(keys & all_keys)
            if not keys & all_keys and os.environ.get("SHOW"):
                print("wrong", f["key"], f["value"], f["expected"], f["deviation"], f["why"])


def check_example(tally, folder):
    folder.mkdir()

    def run(*words):
        done = subprocess.run([HRCTL, *words], cwd=folder, capture_output=True, text=True, check=False, env=dict(os.environ, LC_ALL="C.UTF-8"))
        tally.check(done.returncode == 0, f"example company: hrctl {' '.join(words)}: {done.returncode}: {done.stderr[:300]}")
        return done.stdout

    run("init", "--example", "company")
    run("apply")
    for table in ("org_units", "employees", "assignments", "leaves", "feedback"):
        run("import", table, f"data/{table}.csv")
    run("import", "facts", *sorted(str(p) for p in (folder / "data/facts").glob("*.csv")))
    found = list(csv.DictReader(io.StringIO(run("facts", "check", "--format", "csv"))))
    tally.check(not found, f"example company: flagged: {[f['key'] for f in found][:5]}")


LEAST_FOUND = {"ten times": 0.9, "a tenth": 0.7, "10,000 times": 0.9, "a 10,000th": 0.9, "100 times": 0.95, "sign": 0.9,
               "4 to 8 times": 0.5, "impossible": 1, "stuck 6 months": 0.9, "another's year": 0.8, "last month again": 0.75,
               "rounded by a job": 0.7, "everybody the same": 0.9}
LEAST_RIGHT = 0.9
MOST_CLEAN = 1 / 1000


def print_table(figures):
    print("| error put in | times | found |\n|---|---|---|")
    for kind, n in figures.put.items():
        print(f"| {kind} | {n} | {100 * figures.found[kind] / n:.0f} % |")
    print("\n| rule | findings | of these errors |\n|---|---|---|")
    for rule, n in sorted(figures.told.items()):
        print(f"| {rule} | {n} | {100 * figures.right[rule] / n:.0f} % |")
    print(f"\nfound {sum(figures.found.values())} of {sum(figures.put.values())}; right {sum(figures.right.values())} of {sum(figures.told.values())}; "
          f"clean: {sum(figures.clean.values())} of {figures.clean_facts} {dict(figures.clean)}")


def main():
    tally = Tally("findings")
    seeds = int(sys.argv[sys.argv.index("--seeds") + 1]) if "--seeds" in sys.argv else 2
    figures = Figures()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(seeds):
            figures.add(seed, pathlib.Path(folder))
        check_example(tally, pathlib.Path(folder) / "example")
    if "--table" in sys.argv:
        print_table(figures)
    for kind, least in LEAST_FOUND.items():
        share = figures.found[kind] / figures.put[kind]
        tally.check(share >= least, f"{kind}: {share:.0%} of {figures.put[kind]} found, at least {least:.0%} expected")
    share = sum(figures.right.values()) / sum(figures.told.values())
    tally.check(share >= LEAST_RIGHT, f"{share:.0%} of the findings are errors, at least {LEAST_RIGHT:.0%} expected")
    clean = sum(figures.clean.values()) / figures.clean_facts
    tally.check(clean <= MOST_CLEAN, f"{clean:.5f} of the clean facts are flagged: {dict(figures.clean)}")
    tally.finish()


if __name__ == "__main__":
    main()
