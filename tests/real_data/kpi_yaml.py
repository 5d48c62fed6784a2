"""132 real KPI definitions of a software firm: those whose target says a number become KPIs of ours, each scored at it and beside it."""
import json
import re
from fractions import Fraction

import yaml

from workspace import DATA, Workspace, snap, weighted

FOLDER = DATA / "kpi_yaml"
NUMBER = r"(\d*\.?\d+)"
# How people write a target, and what it means; the first that fits.
TARGETS = [
    (rf"at or within {NUMBER}%", "within"),
    (rf"(?:at or above|above|greater than|more than|equal or greater than)\s+{NUMBER}", "higher"),
    (rf"(?:at or below|below|less than|<)\s*{NUMBER}", "lower"),
    (rf"^at {NUMBER}", "exactly"),
    (rf"^{NUMBER}%?$", "higher"),
]
# Figures of the three months, as shares of the target.
MONTHS = {"2022-01": Fraction(1), "2022-02": Fraction(9, 10), "2022-03": Fraction(11, 10)}


def read_target(text):
    """(form, number) or None: `TBD`, `Identified in Sisense Chart`, nothing at all."""
    for pattern, form in TARGETS:
        found = re.search(pattern, str(text or "").strip(), re.IGNORECASE)
        if found:
            return form, Fraction(found[1])
    return None


def read_kpis():
    """id → (definition as it stands, form, number); a name that two departments use is told apart by its place."""
    kpis = {}
    for file in sorted(FOLDER.glob("*.yml")):
        for item in yaml.safe_load(file.read_text()):
            target = read_target(item.get("target"))
            if target:
                slug = re.sub(r"[^a-z0-9]+", "_", item["name"].lower()).strip("_")
                kpis[f"k{len(kpis)}_{slug}"[:60]] = (item, *target)
    return kpis


def number(value):
    return f"{float(value):.12g}"


def curve_of(form, target):
    if form == "within":  # what is measured is the share of the plan, in percent
        return f"{{range: {{low: {number(100 - target)}, high: {number(100 + target)}, tolerance: 10}}}}"
    if form == "exactly":
        return f"{{range: {{low: {number(target)}, high: {number(target)}, tolerance: {number(target / 5)}}}}}"
    if target == 0:
        return "{binary: true}"
    return "{linear: ratio, method: mirror}" if form == "lower" else "{linear: ratio}"


def score_of(form, target, value):
    if form in ("within", "exactly"):
        low, high, tolerance = (100 - target, 100 + target, 10) if form == "within" else (target, target, target / 5)
        outside = max(low - value, value - high, Fraction(0))
        return max(Fraction(0), snap(100 * (1 - outside / tolerance)))
    if target == 0:
        return Fraction(100 if value <= 0 else 0)
    attainment = snap(value / target if form == "higher" else 2 - value / target)
    return min(Fraction(150), max(Fraction(0), 100 * attainment))


def value_of(form, target, share):
    """The month's figure: a share of the target; of the plan where the target is a margin; around zero where it is zero."""
    if form == "within":
        return 100 * share
    return share - 1 if target == 0 else target * share


def definitions(kpis):
    directions = {"within": "band", "exactly": "band"}
    lines = ["version: 1", "kpis:"]
    for kpi, (item, form, target) in kpis.items():
        lines.append(f"  - id: {kpi}\n    name: {json.dumps(item['name'].strip())}\n    description: {json.dumps(item['definition'])}\n"
                     f"    dimension: {json.dumps(item['org'])}\n    direction: {directions.get(form, form)}\n"
                     f"    curve: {curve_of(form, target)}")
    lines.append("scorecards:")
    for org in sorted({item["org"] for item, _, _ in kpis.values()}):
        lines.append(f"  - id: {re.sub('[^a-z]+', '-', org.lower())}\n    applies_to: org_unit == {json.dumps(org)}\n    kpis:")
        for kpi, (item, form, target) in kpis.items():
            if item["org"] == org:
                goal = "" if form in directions else f", target: {number(target)}"
                lines.append(f"      - {{kpi: {kpi}{goal}, of: unit}}")
    lines.append("cycles:")
    lines += [f"  - {{id: m{m}, from: {m}-01, to: {m}-{28 if m.endswith('02') else 31}, plan: departments}}" for m in MONTHS]
    lines.append("plans:\n  - {id: departments, components: {kpi: 100}, scale: health}")
    lines.append("scales:\n  - {id: health, bands: [{id: okay, from: 100}, {id: attention, from: 80}, {id: problem, from: 0}]}")
    return "\n".join(lines) + "\n"


def check_month(work, kpis, heads, month, share):
    work.run("score", "--cycle", f"m{month}")
    scores = {r["employee_id"]: r for r in work.rows("report", "scores", "--cycle", f"m{month}")}
    for org, head in heads.items():
        own = {k: score_of(form, target, value_of(form, target, share))
               for k, (item, form, target) in kpis.items() if item["org"] == org}
        card = {r["item"]: r for r in work.rows("report", "scorecard", head, "--cycle", f"m{month}")}
        work.same_all(((k, card[k]["score"], score) for k, score in own.items()), f"{org} in {month}: score of each KPI")
        total = weighted([(1, score) for score in own.values()])
        work.close(scores[head]["score"], snap(total, 2), f"{org} in {month}: score")
        band = "okay" if snap(total, 2) >= 100 else "attention" if snap(total, 2) >= 80 else "problem"
        work.same(scores[head]["band"], band, f"{org} in {month}: band")


def check(hrctl, folder, tally):
    kpis = read_kpis()
    tally.check(len(kpis) >= 50, f"kpi_yaml: only {len(kpis)} targets say a number")
    work = Workspace(hrctl, folder, tally, "kpi_yaml", definitions(kpis))
    heads = {org: f"H{i}" for i, org in enumerate(sorted({item["org"] for item, _, _ in kpis.values()}))}
    work.take("org_units", work.write("units.csv", "org_unit\n" + "\n".join(heads) + "\n"), added=len(heads))
    people = "".join(f"{head},{org},2020-01-01\n" for org, head in heads.items())
    work.take("employees", work.write("heads.csv", "employee_id,org_unit,hire_date\n" + people), added=len(heads))
    facts = [f"unit:{item['org']},{kpi},{month},{number(value_of(form, target, share))}\n"
             for month, share in MONTHS.items() for kpi, (item, form, target) in kpis.items()]
    work.take("facts", work.write("facts.csv", "subject,kpi,period,value\n" + "".join(facts)), added=len(facts))
    for month, share in MONTHS.items():
        check_month(work, kpis, heads, month, share)
