"""Small random workspaces: definitions and tables as a user would write them, from a seed.

world(seed) gives everything as texts; write(folder, world) makes a workspace of it. Numbers are short decimals that often
fall on a line (a step, a band, a tier), because that is where mistakes show.
"""
import csv
import json
import os
import random
from fractions import Fraction

from reference import date_of, day, month_range, period_range, periods_of

CYCLES = [
    ("2025-01-01", "2025-06-30", "month", 6),
    ("2024-01-01", "2024-12-31", "month", 2),
    ("2025-04-01", "2025-06-30", "month", 3),
    ("2023-10-01", "2024-03-31", "month", 2),
    ("2025-01-01", "2025-12-31", "quarter", 2),
    ("2025-01-01", "2025-12-31", "half", 1),
    ("2025-01-16", "2025-04-15", "month", 1),
    ("2025-01-01", "2025-02-28", "week", 1),
    ("2025-01-01", "2025-02-10", "day", 1),
]
TABLES = {
    "org_units": ["org_unit", "name", "parent", "head_id"],
    "employees": ["employee_id", "name", "org_unit", "job", "grade", "region", "fte", "hire_date", "termination_date"],
    "assignments": ["employee_id", "from", "to", "org_unit", "job", "grade", "region", "fte"],
    "assignments-more": ["employee_id", "from", "to", "org_unit", "job", "grade", "region", "fte"],
    "leaves": ["employee_id", "from", "to", "kind"],
    "targets": ["subject", "kpi", "from", "to", "weight", "threshold", "target", "stretch"],
    "facts": ["subject", "kpi", "period", "value"],
    "objectives": ["objective", "cycle", "owner", "title", "weight"],
    "key_results": ["key_result", "objective", "type", "title", "weight", "start", "target", "kpi"],
    "checkins": ["key_result", "date", "value"],
    "feedback": ["employee_id", "rater_id", "relation", "competency", "rating", "date"],
}


class Number(str):
    """A text that is written without quotes."""


def num(x, places=2):
    x = Fraction(x)
    text = f"{float(x):.{places}f}" if isinstance(x, float) else None
    scaled = round(x * 10**places)
    text = str(abs(scaled)).rjust(places + 1, "0")
    text = text[:-places] + "." + text[-places:] if places else text
    text = text.rstrip("0").rstrip(".") if places else text
    return Number(("-" if scaled < 0 else "") + (text or "0"))


def dump(x, depth=0):
    if isinstance(x, dict):
        return "{" + ", ".join(f'"{k}": {dump(v, depth + 1)}' for k, v in x.items()) + "}"
    if isinstance(x, (list, tuple)):
        return "[" + ", ".join(dump(v, depth + 1) for v in x) + "]"
    if isinstance(x, Number) or x in ("true", "false"):
        return str(x)
    return json.dumps(x)


class Generator:
    def __init__(self, seed):
        self.r = random.Random(seed)
        r = self.r
        begin, end, period, _ = r.choices(CYCLES, [c[3] for c in CYCLES])[0]
        self.cycle = {"id": "c", "from": begin, "to": end, "period": period}
        self.begin, self.end = day(begin), day(end) + 1
        self.periods = periods_of(self.begin, self.end, period)
        self.tables = {name: [] for name in TABLES}
        self.as_of = None
        if self.chance(0.2):
            self.as_of = date_of(r.randrange(self.begin + 10, self.end + 15)).isoformat()

    def chance(self, p):
        return self.r.random() < p

    def pick(self, *items):
        return self.r.choice(items)

    def day_in(self, low=-200, high=60):
        return self.r.randrange(self.begin + low, self.end + high)

    def iso(self, d):
        return date_of(d).isoformat()

    def weights(self, n):
        """All or none; sometimes one of them is 0."""
        if self.chance(0.25):
            return [None] * n
        result = [self.r.choice([10, 20, 25, 30, 33.33, 40, 50, 60, 0.1, 7]) for _ in range(n)]
        if n > 1 and self.chance(0.1):
            result[self.r.randrange(n)] = 0
        return [num(Fraction(str(x))) for x in result]

    def weighted(self, items):
        for item, w in zip(items, self.weights(len(items))):
            if w is not None:
                item["weight"] = w
        return items

    # Definitions.

    def limits(self, curve):
        if self.chance(0.25):
            curve["cap"] = self.pick(*map(Number, ("100", "120", "130", "200")))
        if self.chance(0.15):
            curve["floor"] = self.pick(*map(Number, ("10", "20", "40")))
        return curve

    def kpi(self, i):
        r = self.r
        k = {"id": f"k{i}", "nature": self.pick("additive", "rate")}
        if self.chance(0.4):
            k["aggregate"] = self.pick("sum", "mean", "last", "min", "max")
        form = r.choice(["linear", "linear", "mirror", "reciprocal", "progress", "points", "points", "steps", "tiers", "deduct", "range", "binary"])
        k["direction"] = "higher"
        if form == "linear":
            if self.chance(0.5):
                k["curve"] = self.limits({"linear": "ratio"})
        elif form in ("mirror", "reciprocal"):
            k.update(direction="lower", method=form, curve=self.limits({"linear": "ratio"}))
        elif form == "progress":
            k["curve"] = self.limits({"linear": "progress"})
        elif form in ("points", "steps"):
            of = self.pick("ratio", "progress", "value")
            xs = sorted(r.sample([0, 0.2, 0.4, 0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.5], r.randrange(2, 5)))
            ys = sorted(r.sample([0, 10, 20, 40, 50, 60, 80, 100, 120, 150, 160], len(xs)))
            if of == "value":
                xs = [x * 100 for x in xs]
            curve = {form: [[num(Fraction(str(x))), num(Fraction(y))] for x, y in zip(xs, ys)], "of": of}
            if self.chance(0.4):
                curve["below"] = self.pick(*map(Number, ("0", "5", "30")))
            if form == "points" and self.chance(0.3):
                curve["above"] = "extend"
            k["curve"] = self.limits(curve)
        elif form == "tiers":
            curve = {"tiers": self.pick({"threshold": Number("50"), "target": Number("100"), "stretch": Number("150")}, {"threshold": Number("60"), "target": Number("100"), "stretch": Number("120")})}
            if self.chance(0.4):
                curve["below"] = self.pick("extend", Number("10"))
            k.update(direction=self.pick("higher", "lower"), curve=self.limits(curve))
        elif form == "deduct":
            k.update(direction="lower", curve=self.limits({"deduct": self.pick(*map(Number, ("20", "2.5", "0.3"))), "from": self.pick(Number("100"), Number("120"))}))
        elif form == "range":
            k.update(direction="band", curve=self.limits({"range": {"low": Number("90"), "high": Number("105"), "tolerance": self.pick(*map(Number, ("5", "30", "7")))}}))
        else:
            k.update(direction=self.pick("higher", "lower"), curve=self.limits({"binary": "true"}))
        if self.kind(k) == "value" or "formula" in k:
            pass
        return k

    def kind(self, k):
        curve = k.get("curve", {"linear": "ratio"})
        if "deduct" in curve or "range" in curve:
            return "none"
        if "tiers" in curve:
            return "tiers"
        if "binary" in curve:
            return "ratio"
        return curve.get("linear") or curve["of"]

    def entry(self, k):
        """A scorecard's line for a KPI, with what its curve needs."""
        e = {"kpi": k["id"]}
        kind = self.kind(k)
        size = Fraction(self.pick("80", "100", "3", "7", "120", "60", "45.5", "1000", "1200000", "0.02"))
        self.sizes.setdefault(k["id"], size)
        size = self.sizes[k["id"]]
        if kind in ("ratio", "progress"):
            e["target"] = num(size, 4)
            if self.chance(0.3):
                e["target"] = [{"from": self.iso(self.begin - 100), "value": num(size, 4)}]
                for _ in range(self.r.randrange(1, 3)):
                    e["target"].append({"from": self.iso(self.r.randrange(self.begin, self.end)), "value": num(size * Fraction(self.pick("1.1", "1.25", "0.9", "2")), 4)})
                e["target"].sort(key=lambda x: x["from"])
                days = [x["from"] for x in e["target"]]
                e["target"] = [x for i, x in enumerate(e["target"]) if x["from"] not in days[:i]]
            if kind == "progress":
                e["baseline"] = num(size * Fraction(self.pick("0.5", "0.2", "-1", "3", "0")), 4)
        elif kind == "tiers":
            sign = -1 if k["direction"] == "lower" else 1
            if self.chance(0.1):
                low, mid, high = -10, 0, 10
            else:
                low, mid, high = size * Fraction("0.8"), size, size * Fraction("1.4")
            if sign < 0:
                low, high = high, low
            e.update(threshold=num(low, 4), target=num(mid, 4), stretch=num(high, 4))
        if k["nature"] == "additive" and "target" in e and self.chance(0.4):
            e["per"] = self.pick("period", "year", "cycle")
        if kind == "ratio" and "method" not in k and k["direction"] == "higher" and self.chance(0.15):
            e["curve"] = self.pick("common", {"linear": "ratio", "cap": Number("140")})
        if self.chance(0.1):
            e["cap"] = self.pick(Number("110"), Number("180"))
        if self.chance(0.1):
            e["floor"] = self.pick(Number("15"), Number("30"))
        if self.chance(0.15):
            e["of"] = "unit"
        return e

    def definitions(self):
        r = self.r
        self.sizes = {}
        self.base = [self.kpi(i) for i in range(r.randrange(3, 7))]
        self.kpis = list(self.base)
        if self.chance(0.5):
            self.kpis += [{"id": "won", "nature": "additive"}, {"id": "leads", "nature": "additive"}]
            formula = self.pick("won / leads", "won - leads", "won / (won + leads)", "2 * won / leads")
            self.kpis.append({"id": "conv", "nature": self.pick("rate", "rate", "additive"), "direction": "higher", "formula": formula})
        self.points = [{"id": "bonus", "nature": "additive"}, {"id": "malus", "nature": "additive", "direction": "lower", "method": "mirror"}]
        usable = self.base + [k for k in self.kpis if k["id"] == "conv"]
        cards = []
        for job in ("a", "b"):
            chosen = r.sample(usable, min(len(usable), r.randrange(1, 5)))
            entries = self.weighted([self.entry(k) for k in chosen])
            for e in entries:
                if e["kpi"] == "conv":
                    e.pop("of", None)
                    e["target"] = self.pick(*map(Number, ("0.5", "1", "0.3")))
            card = {"id": f"card-{job}", "applies_to": f'job == "{job}"', "kpis": entries}
            if self.chance(0.4):
                card["adjustments"] = [{"id": "bonus", "points": self.pick(Number("2"), Number("0.5"))}, {"id": "malus", "points": Number("-3")}]
                for a in card["adjustments"]:
                    if self.chance(0.4):
                        a["cap"] = self.pick(Number("5"), Number("4"))
            if self.chance(0.4):
                card["vetoes"] = [{"id": "v", "when": self.pick("malus > 1", "malus >= 0.8", "bonus > 0 && malus > 0"), "band": self.pick("C", "D"), "score_cap": Number("59")}]
                if self.chance(0.3):
                    card["vetoes"][0].pop(self.pick("band", "score_cap"))
            cards.append(card)
        if self.chance(0.3):  # the same KPIs for another job: a transfer that changes nothing
            cards[0]["applies_to"] = 'job in ["a", "c"]'
        plans = [self.plan("p")] if self.chance(0.6) else [self.plan("p", 'region == "n"'), self.plan("q", 'region == "s"')]
        self.cycle["plan"] = [p["id"] for p in plans] if len(plans) > 1 else plans[0]["id"]
        scale = {"id": "s", "bands": [{"id": b, "from": Number(f)} for b, f in (("S", "110"), ("A", "90"), ("B", "70"), ("C", "60"), ("D", "0"))]}
        result = {"version": Number("1"), "kpis": self.kpis + self.points, "curves": [{"id": "common", "points": [[Number("0.6"), Number("20")], [Number("1"), Number("100")]], "of": "ratio", "above": "extend"}], "scorecards": cards, "plans": plans, "scales": [scale], "cycles": [self.cycle]}
        objectives = self.objectives()
        if objectives:
            result["objectives"] = objectives
        return result

    def plan(self, name, applies_to=None):
        r = self.r
        p = {"id": name, "scale": "s"}
        if applies_to:
            p["applies_to"] = applies_to
        parts = self.pick(["kpi"], ["kpi"], ["kpi", "okr"], ["kpi", "okr", "feedback"], ["okr"], ["feedback", "kpi"])
        p["components"] = {c: self.pick(*map(Number, ("60", "30", "10", "50", "33.33"))) for c in parts}
        if self.chance(0.3):
            p["kpi"] = {"score": "periods"}
        if self.chance(0.35):
            p["missing"] = "zero"
        if self.chance(0.2):
            p["min_coverage"] = Number("50")
        okr = {}
        if self.chance(0.4):
            okr["effect"] = self.pick("blended", "upside_only", "informational")
        if self.chance(0.4):
            okr.update(norm=Number("0.7"), cap=self.pick(Number("120"), Number("100")))
        if self.chance(0.5):
            okr["units"] = self.pick("head", "members")
        if okr:
            p["okr"] = okr
        if "feedback" in parts:
            groups = self.pick({"manager": Number("50"), "peer": Number("35"), "report": Number("15")}, {"all": Number("100")}, {"peer": Number("60"), "other": Number("40")})
            p["feedback"] = {"groups": groups, "scale": [Number("1"), Number("5")]}
            if self.chance(0.5):
                p["feedback"]["min_raters"] = self.pick(Number("2"), Number("4"), Number("1"))
            if self.chance(0.5):
                p["feedback"]["small_groups"] = "fold"
            if self.chance(0.3):
                p["feedback"]["mean"] = {"trim": self.pick(Number("20"), Number("10"), Number("40"))}
        if self.chance(0.4):
            rule = {}
            if self.chance(0.6):
                rule["min_service_days"] = self.pick(*map(Number, ("30", "60", "90")))
            if self.chance(0.3):
                rule["in_service_on"] = self.pick("cycle_end", "after_cycle", self.iso(self.r.randrange(self.begin, self.end)))
            if self.chance(0.3):
                rule["when"] = 'grade != "g2"'
            if rule:
                p["eligibility"] = rule
        if self.chance(0.6):
            p["leave"] = {"kinds": self.pick(["sick"], ["sick", "maternity"])}
            if self.chance(0.6):
                p["leave"]["min_days"] = self.pick(*map(Number, ("10", "15", "30")))
        if self.chance(0.25):
            p["transfers"] = "last"
        if self.chance(0.3):
            p["decimals"] = self.pick(*map(Number, ("0", "1", "3")))
        if self.chance(0.3):
            p["band_on"] = "exact"
        if self.chance(0.4):
            p["rank_by"] = self.pick("org_unit", "unit_level_2", "job", "region", "unit_level_1")
        if self.chance(0.2):
            p["cap"] = self.pick(Number("100"), Number("120"))
        if self.chance(0.15):
            p["floor"] = self.pick(Number("20"), Number("50"))
        if self.chance(0.2):
            p["adjustments_cap"] = self.pick(Number("4"), Number("8"))
        if self.chance(0.2):
            p["prorate_fte"] = "true"
        if self.chance(0.3):
            quotas = self.pick({"S": "10", "A": "20", "B": "40", "C": "20", "D": "10"}, {"A": "20", "B": "70", "C": "10"}, {"S": "50", "D": "50"}, {"A": "33", "B": "33", "C": "33"})
            p["distribution"] = {"quotas": {k: Number(v) for k, v in quotas.items()}}
            if self.chance(0.5):
                p["distribution"]["group_by"] = self.pick("org_unit", "unit_level_2", "job", "region")
            if self.chance(0.7):
                p["distribution"]["ties"] = self.pick("up", "down", "flag")
            if self.chance(0.4):
                p["distribution"]["min_group"] = self.pick(Number("3"), Number("2"))
        return p

    def objectives(self):
        r, result = self.r, []
        if not self.chance(0.75):
            return result
        weighted = self.chance(0.5)
        owners = [{"employee": e} for e in self.people] * 2 + [{"unit": u} for u in ("U1", "U2", "U3")] + [{"company": "true"}]
        for i, owner in enumerate(r.sample(owners, min(len(owners), r.randrange(3, 10)))):
            o = {"id": f"o{i}", "cycle": "c", "owner": owner}
            if weighted:
                o["weight"] = self.pick(*map(Number, ("30", "50", "20", "33.33")))
            if self.chance(0.4):
                o["roll_up"] = self.pick("weighted", "mean", "min")
            krs = [self.key_result(f"o{i}-{j}") for j in range(r.randrange(1, 5))]
            self.weighted([k for k in krs if k.get("type") not in ("guardrail", "learning")])
            o["key_results"] = krs
            result.append(o)
        return result

    def key_result(self, name):
        r = self.r
        kr = {"id": name}
        shape = r.choice(["metric"] * 6 + ["milestones", "binary", "guardrail", "learning", "kpi"])
        kind = self.pick("committed", "aspirational", None)
        if self.chance(0.2):
            kr.update(cadence_days=self.pick(Number("7"), Number("30")), grace_days=self.pick(Number("0"), Number("3")))
        if kind and shape not in ("guardrail", "learning"):
            kr["type"] = kind
        if shape == "guardrail":
            kr.update(type="guardrail", limit=Number("12"))
            if self.chance(0.4):
                kr["direction"] = self.pick("higher", "lower")
            if self.chance(0.3):
                kr["kpi"] = r.choice([k for k in self.base if k["direction"] != "band"] or [self.points[0]])["id"]
            else:
                self.checkin(name, [5, 11.5, 12, 12.5, 30])
            return kr
        if shape == "milestones":
            kr["milestones"] = self.weighted([{"id": f"m{i}"} for i in range(r.randrange(1, 4))])
            for m in kr["milestones"]:
                self.checkin(f"{name}/{m['id']}", [0, 1])
            return kr
        if shape == "binary":
            kr["binary"] = "true"
            self.checkin(name, [0, 1])
            return kr
        if shape == "learning":
            kr["type"] = "learning"
        start, target = r.choice([(None, 10), (None, 3), (32, 50), (100, 50), (-10, 5), (12, 0), (2, 5), (5, -5)])
        if start is not None:
            kr["start"] = num(start)
        kr["target"] = num(target)
        start = start or 0
        if shape == "kpi":
            kr["kpi"] = r.choice(self.base)["id"]
            return kr
        if self.chance(0.15):
            kr["cap"] = self.pick(Number("1.2"), Number("1.5"))
        self.checkin(name, [start + (target - start) * Fraction(x) for x in ("0", "0.25", "0.5", "0.7", "0.35", "0.84", "1", "1.1", "1.4", "-0.2", "0.333")])
        return kr

    def checkin(self, name, values):
        used = set()
        for _ in range(self.r.choice([0, 1, 1, 1, 2, 3])):
            d = self.day_in(-20, 10)
            if d not in used:
                self.tables["checkins"].append({"key_result": name, "date": self.iso(d), "value": num(Fraction(str(self.r.choice(values))), 3)})
            used.add(d)

    # Tables.

    def where(self):
        r = self.r
        return {"org_unit": r.choice(["U0", "U1", "U2", "U3", "U3", "X"]), "job": r.choice(["a", "a", "b", "b", "c"]), "grade": r.choice(["g1", "g2", ""]), "region": r.choice(["n", "s"]), "fte": r.choice(["", "1", "0.5", "0.8"])}

    def employees(self):
        r = self.r
        for e in self.people:
            row = {"employee_id": e, "name": e, **self.where()}
            if self.chance(0.7):
                row["hire_date"] = self.iso(self.day_in(-400, -5) if self.chance(0.5) else self.begin - 300)
            if self.chance(0.2):
                row["termination_date"] = self.iso(self.r.randrange(self.begin + 1, self.end + 40))
                if row.get("hire_date", "") > row["termination_date"]:
                    row["termination_date"] = ""
            self.tables["employees"].append(row)
            if self.chance(0.45):
                self.assign(e, row)
            for _ in range(r.choice([0, 0, 1, 2])):
                begin = self.day_in(-30, 0)
                length = r.choice([1, 5, 9, 10, 14, 15, 29, 30, 60, 98])
                leave = {"employee_id": e, "from": self.iso(begin), "to": self.iso(begin + length - 1), "kind": self.pick("sick", "maternity", "holiday")}
                if not any(x["employee_id"] == e and x["from"] == leave["from"] and x["kind"] == leave["kind"] for x in self.tables["leaves"]):
                    self.tables["leaves"].append(leave)

    def assign(self, e, row):
        r = self.r
        cuts = sorted({self.day_in(-50, 0) for _ in range(r.randrange(1, 5))})
        where = {k: row[k] for k in ("org_unit", "job", "grade", "region", "fte")}
        for i, begin in enumerate(cuts):
            if self.chance(0.7):
                where = self.where() if self.chance(0.4) else {**where, **{k: v for k, v in self.where().items() if self.chance(0.35)}}
            end = ""
            if i + 1 < len(cuts):
                if self.chance(0.6):
                    gap = r.choice([0, 0, 0, 5, 40, -12])
                    end = self.iso(max(begin, cuts[i + 1] - 1 - gap))
            elif self.chance(0.3):
                end = self.iso(self.r.randrange(begin, begin + 150))
            self.tables["assignments"].append({"employee_id": e, "from": self.iso(begin), "to": end, **where})

    def fact_periods(self):
        """Periods of mixed length that do not overlap; now and then two that do."""
        r = self.r
        mode = r.choice(["month"] * 5 + ["mixed"] * 3 + ["last", "quarter", "long", "day"])
        first, last = date_of(self.begin - r.choice([0, 0, 31])), date_of(self.end - 1)
        result, at = [], day(f"{first.year}-{first.month:02d}-01")
        if mode == "long":
            return [str(first.year) if self.chance(0.5) else f"{last.year}H{1 if last.month < 7 else 2}"]
        if mode == "last":
            return [f"{last.year}-{last.month:02d}"]
        while at < self.end:
            d = date_of(at)
            span = mode if mode != "mixed" else r.choice(["month", "month", "day", "quarter"])
            if span == "quarter" and (d.month - 1) % 3:
                span = "month"
            end = month_range(d.year, d.month, 3 if span == "quarter" else 1)[1]
            if self.chance(0.8):
                if span == "day":
                    result += sorted({self.iso(r.randrange(at, end)) for _ in range(r.randrange(1, 4))})
                elif span == "quarter":
                    result.append(f"{d.year}Q{(d.month + 2) // 3}")
                else:
                    result.append(f"{d.year}-{d.month:02d}")
            at = end
        if self.chance(0.03) and mode == "month":
            result.append(f"{last.year}Q{(last.month + 2) // 3}")
        return result

    def facts(self):
        r = self.r
        subjects = self.people + ["unit:" + u for u in ("U0", "U1", "U2", "U3")]
        for subject in subjects:
            for k in self.kpis:
                if "formula" in k or self.chance(0.15 if subject in self.people else 0.5):
                    continue
                periods = self.fact_periods()
                size = self.sizes.get(k["id"], Fraction(5))
                part = size / max(1, len(periods)) if k["nature"] == "additive" and k.get("aggregate", "sum") == "sum" else size
                for p in periods:
                    v = part * Fraction(r.choice(["0", "0.5", "0.8", "0.9", "1", "1", "1.1", "1.2", "1.5", "-0.2", "0.7", "0.333", "1.07", "3"]))
                    self.tables["facts"].append({"subject": subject, "kpi": k["id"], "period": p, "value": num(v, r.choice([0, 1, 2, 3]) if size > 1 else 5)})
        for e in self.people:
            for k in self.points:
                if self.chance(0.3):
                    for p in self.fact_periods()[:2]:
                        if len(p) == 7 or len(p) == 10:
                            self.tables["facts"].append({"subject": e, "kpi": k["id"], "period": p, "value": r.choice(["1", "0.7", "0.1", "2", "0"])})

    def bulk_targets(self, cards):
        r = self.r
        seen = set()
        for card in cards:
            for entry in card["kpis"]:
                if not isinstance(entry.get("target"), str) or "baseline" in entry or not self.chance(0.3):
                    continue
                for subject in r.sample(self.people + ["job:a", "job:b", "unit:U1", "unit:U3", "unit:U0"], r.randrange(1, 4)):
                    if (subject, entry["kpi"]) in seen:
                        continue
                    seen.add((subject, entry["kpi"]))
                    size = Fraction(entry["target"])
                    row = {"subject": subject, "kpi": entry["kpi"], "from": self.iso(self.begin - 50), "to": "", "target": num(size * Fraction(self.pick("0.5", "0.9", "1.3")), 4)}
                    if "threshold" in entry:  # target, threshold and stretch together, or they would not be in order
                        share = Fraction(self.pick("0.5", "1.5"))
                        row.update({field: num(Fraction(entry[field]) * share, 4) for field in ("threshold", "target", "stretch")})
                        self.tables["targets"].append(row)
                        continue
                    if self.chance(0.3) and all("weight" in e for x in cards if any(y["kpi"] == entry["kpi"] for y in x["kpis"]) for e in x["kpis"]):
                        row["weight"] = self.pick("5", "70")
                    self.tables["targets"].append(row)
                    if self.chance(0.3):
                        self.tables["targets"].append({**row, "from": self.iso(self.r.randrange(self.begin, self.end)), "target": num(size, 4)})

    def feedback(self):
        r = self.r
        for e in self.people:
            if self.chance(0.2):
                continue
            for relation, most in (("manager", 2), ("peer", 6), ("report", 5), ("other", 4), ("self", 1)):
                for i in range(r.randrange(0, most + 1)):
                    rater = e if relation == "self" else f"{relation[0].upper()}{i}" if self.chance(0.9) else "Z"
                    for c in r.sample(["x", "y", "z"], r.randrange(1, 4)):
                        row = {"employee_id": e, "rater_id": rater, "relation": relation, "competency": c, "rating": r.choice(["1", "2", "3", "4", "5", "4.5", "2.25"]), "date": self.iso(self.day_in(-10, 10)) if self.chance(0.2) else ""}
                        if not any(x["employee_id"] == e and x["rater_id"] == rater and x["relation"] == relation and x["competency"] == c for x in self.tables["feedback"]):
                            self.tables["feedback"].append(row)

    def okrs_in_bulk(self, definitions):
        """Some objectives come as tables instead: those that tables can say."""
        columns = {"id", "type", "weight", "start", "target", "kpi"}
        if not self.chance(0.4):
            return
        kept = []
        for o in definitions.get("objectives", []):
            if "roll_up" in o or any(set(kr) - columns for kr in o["key_results"]):
                kept.append(o)
                continue
            owner = o["owner"]
            who = "company" if "company" in owner else "unit:" + owner["unit"] if "unit" in owner else owner["employee"]
            self.tables["objectives"].append({"objective": o["id"], "cycle": "c", "owner": who, "title": o["id"], "weight": o.get("weight", "")})
            for kr in o["key_results"]:
                self.tables["key_results"].append({"key_result": kr["id"], "objective": o["id"], "title": kr["id"], **{c: kr[c] for c in columns - {"id"} if c in kr}})
        definitions["objectives"] = kept
        if not kept:
            del definitions["objectives"]

    def split_columns(self, tables):
        """Files of assignments may carry only some of the columns, each with rows of its own."""
        rows = tables.get("assignments")
        if not rows or self.chance(0.6):
            return
        columns = ["org_unit", "job", "grade", "region", "fte"]
        self.r.shuffle(columns)
        cut = self.r.randrange(1, 5)
        first = [{k: v for k, v in row.items() if k not in columns[cut:]} for row in rows]
        if self.chance(0.5):
            tables["assignments"] = first
            return
        more = []
        for row in rows:
            if self.chance(0.7):
                begin = self.iso(day(row["from"]) + self.r.choice([0, 0, 10, -20]))
                more.append({"employee_id": row["employee_id"], "from": begin, "to": row["to"] if row["to"] >= begin else "", **{k: row[k] for k in columns[cut:]}})
        starts = [(row["employee_id"], row["from"]) for row in more]
        more = [row for i, row in enumerate(more) if starts[i] not in starts[:i] and starts[i] not in [(x["employee_id"], x["from"]) for x in first]]
        if more:
            tables["assignments"], tables["assignments-more"] = first, more

    def world(self):
        r = self.r
        self.people = [f"P{i}" for i in range(r.randrange(3, 8))]
        for unit, parent in (("U0", ""), ("U1", "U0"), ("U2", "U0"), ("U3", "U1"), ("X", "")):
            self.tables["org_units"].append({"org_unit": unit, "name": unit, "parent": parent, "head_id": r.choice(["", *self.people[:3]])})
        self.employees()
        definitions = self.definitions()
        self.facts()
        self.bulk_targets(definitions["scorecards"])
        self.feedback()
        self.okrs_in_bulk(definitions)
        tables = {name: [{c: row.get(c, "") for c in TABLES[name]} for row in rows] for name, rows in self.tables.items() if rows}
        self.split_columns(tables)
        return {"definitions": definitions, "tables": tables, "cycle": "c", "as_of": self.as_of}


def carrying(w, r):
    """The cycle parted in two at the beginning of a month: the first part, `b`, is closed, and missing data is carried."""
    cycle = w["definitions"]["cycles"][0]
    begin, end = day(cycle["from"]), day(cycle["to"]) + 1
    firsts = [d for d in range(begin + 20, end - 5) if date_of(d).day == 1]
    cut = date_of(firsts[len(firsts) // 2]).isoformat()
    w["definitions"]["cycles"].append({**cycle, "id": "b", "to": date_of(day(cut) - 1).isoformat()})
    cycle["from"] = cut
    w["closed"] = ["b"]
    if w["as_of"] and w["as_of"] < cut:
        w["as_of"] = None
    for plan in w["definitions"]["plans"]:
        plan["missing"] = "carry"
    gone = {key for key in sorted({(row["subject"], row["kpi"]) for row in w["tables"].get("facts", [])}) if r.random() < 0.35}
    facts = [row for row in w["tables"].get("facts", []) if (row["subject"], row["kpi"]) not in gone or period_range(row["period"])[0] < day(cut)]
    w["tables"].pop("facts", None)
    if facts:
        w["tables"]["facts"] = facts
    return w


def world(seed):
    w = Generator(seed).world()
    r = random.Random(f"carry {seed}")  # of its own, so that the other worlds stay what they are
    return carrying(w, r) if r.random() < 0.3 else w


def write(folder, w):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "hrctl.yaml"), "w", encoding="utf-8") as f:
        f.write("version: 1\n")
    with open(os.path.join(folder, "definitions.yaml"), "w", encoding="utf-8") as f:
        for i, (key, value) in enumerate(w["definitions"].items()):
            f.write("{" if i == 0 else ",\n ")
            f.write(f'"{key}": ')
            f.write(str(value) if isinstance(value, str) else "[\n  " + ",\n  ".join(dump(x) for x in value) + "]")
        f.write("}\n")
    for name, rows in w["tables"].items():
        with open(os.path.join(folder, name + ".csv"), "w", encoding="utf-8", newline="") as f:
            out = csv.DictWriter(f, fieldnames=list(rows[0]), lineterminator="\n")
            out.writeheader()
            out.writerows(rows)
