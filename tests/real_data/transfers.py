"""A cycle over the real spells of employees_db: joiners, leavers, people whose title, and so their target, changed in 1995."""
import collections
import datetime
import zlib
from fractions import Fraction

from workspace import snap, weighted

DEFINITIONS = """
kpis:
  - {id: calls, nature: additive}
  - {id: quality, aggregate: mean}
scorecards:
  - id: engineering
    applies_to: job in ["Engineer", "Assistant Engineer", "Senior Engineer", "Technique Leader"]
    kpis: [{kpi: calls, weight: 60, target: 100}, {kpi: quality, weight: 40, target: 50}]
  - id: office
    applies_to: job in ["Staff", "Senior Staff", "Manager"]
    kpis: [{kpi: calls, weight: 30, target: 1000}, {kpi: quality, weight: 70, target: 60}]
cycles:
  - {id: y1995, from: 1995-01-01, to: 1995-12-31, plan: monthly}
plans:
  - {id: monthly, components: {kpi: 100}, scale: one}
scales:
  - {id: one, bands: [{id: A, from: 0}]}
"""
TARGETS = "subject,kpi,target\njob:Senior Engineer,calls,150\njob:Senior Engineer,quality,55\njob:Senior Staff,calls,1400\n"
# weight and target of calls, of quality
ENGINEERING, OFFICE = ((60, 100), (40, 50)), ((30, 1000), (70, 60))
SCORED_BY = {"Engineer": ENGINEERING, "Assistant Engineer": ENGINEERING, "Technique Leader": ENGINEERING,
             "Staff": OFFICE, "Manager": OFFICE, "Senior Engineer": ((60, 150), (40, 55)), "Senior Staff": ((30, 1400), (70, 60))}
FIRST = datetime.date(1995, 1, 1)
MONTHS = [(datetime.date(1995 + m // 12, m % 12 + 1, 1) - FIRST).days for m in range(13)]  # where each begins, from 0


def days_in_year(spans):
    """(person, value, days of 1995 from 0) of every span that meets the year, ascending by its first day."""
    for begin, end, person, value in sorted(spans):
        days = [(datetime.date.fromisoformat(min(max(day, "1995-01-01"), "1996-01-01")) - FIRST).days for day in (begin, end)]
        if days[0] < days[1]:
            yield person, value, range(*days)


def years_of(departments, titles, salaries):
    """person → for each day of 1995 whether in service, and the title."""
    service, title = collections.defaultdict(lambda: [False] * 365), collections.defaultdict(lambda: [None] * 365)
    for spans in (departments, titles, salaries):
        for person, value, days in days_in_year(spans):
            if int(person) % 3:
                continue  # every third person is enough
            service[person][days.start:days.stop] = [True] * len(days)
            if spans is titles:
                title[person][days.start:days.stop] = [value] * len(days)
    return {person: [SCORED_BY.get(title[person][d]) if days[d] else False for d in range(365)] for person, days in service.items()}


def fact(person, kpi, month):
    """A figure out of thin air, the same everywhere; one in 17 is missing."""
    number = zlib.crc32(f"{person}{kpi}{month}".encode())
    return None if number % 17 == 0 else (number >> 8) % (30 if kpi == "calls" else 90)


def spell_score(person, scored_by, months, served):
    (calls_weight, calls_target), (quality_weight, quality_target) = scored_by
    calls, quality = ([f for m in months if (f := fact(person, kpi, m)) is not None] for kpi in ("calls", "quality"))
    target = Fraction(calls_target * sum(served[m] for m in months), 365)
    scores = [(calls_weight, snap(Fraction(sum(calls)) / target) if calls else None),
              (quality_weight, snap(Fraction(sum(quality), len(quality) * quality_target)) if quality else None)]
    return weighted([(w, min(Fraction(150), 100 * a) if a is not None else None) for w, a in scores])


def expected_kpi(person, days):
    """A month belongs, whole, to the last spell that meets it; spells weigh by their days in service."""
    spells = []
    for day, scored_by in enumerate(days):
        if scored_by is False:
            continue
        if not spells or spells[-1][0] is not scored_by:
            spells.append((scored_by, []))
        spells[-1][1].append(day)
    served = [sum(days[d] is not False for d in range(MONTHS[m], MONTHS[m + 1])) for m in range(12)]
    owner = {m: i for i, (_, own) in enumerate(spells) for m in range(12) if any(MONTHS[m] <= d < MONTHS[m + 1] for d in own)}
    parts = []
    for i, (scored_by, own) in enumerate(spells):
        months = [m for m in range(12) if owner.get(m) == i]
        if scored_by and months:
            parts.append((len(own), spell_score(person, scored_by, months, served)))
    return weighted(parts), len(spells)


def check(work, spans):
    years = years_of(*spans)
    work.take("targets", work.write("targets.csv", TARGETS), added=3)
    facts = [f"{person},{kpi},1995-{month + 1:02},{value}\n" for person in years for kpi in ("calls", "quality")
             for month in range(12) if (value := fact(person, kpi, month)) is not None]
    work.take("facts", work.write("facts.csv", "subject,kpi,period,value\n" + "".join(facts)), added=len(facts))
    work.run("score", "--cycle", "y1995")
    said = {r["employee_id"]: r for r in work.rows("report", "scores")}
    expected = {person: expected_kpi(person, days) for person, days in years.items()}
    work.same({p for p in said if int(p) % 3 == 0} ^ set(years), set(), "who has a day in service in 1995")
    work.same_all(((p, said[p]["kpi"], score) for p, (score, _) in expected.items()), "KPI component over the spells of 1995")
    work.same(sum(n > 1 for _, n in expected.values()) > 100, True, "many have several spells")
