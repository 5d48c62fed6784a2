"""A second implementation of the arithmetic, written from the specification and never from the program.

It is slow and plain on purpose: exact fractions, and a person's time is looked at day by day. It takes what a user
writes, definitions as read from YAML (every scalar a text) and tables as lists of rows (texts), and gives the rows of
`report scores`.

Doubles and fractions: every figure is snapped to nine decimals. Where the exact figure lies within a few units of the
fifteenth significant digit of a tie, a program that computes in doubles may fall to either side, and only there. Such a
snap is counted in `Snapper.close`; the caller may ask for the same person again with some of these decided the other way.
"""
import datetime
import re
from fractions import Fraction as F

GIGA = 10**9


class Snapper:
    """Nine decimals, half away from zero. `flips`: the numbers of the close calls to decide the other way."""

    def __init__(self):
        self.start(())

    def start(self, flips):
        self.flips = frozenset(flips)
        self.close = 0

    def __call__(self, x):
        scaled = abs(x) * GIGA
        whole = scaled.numerator // scaled.denominator
        up = scaled - whole >= F(1, 2)
        distance = abs(scaled - whole - F(1, 2))
        if distance <= max(F(1, 10**4), scaled / 10**14):
            if self.close in self.flips:
                up = not up
            self.close += 1
        result = F(whole + (1 if up else 0), GIGA)
        return result if x >= 0 else -result


snap = Snapper()


LARGEST = F(2**63 - 1, 10**9)  # what a figure holds


class NotComputable(Exception):
    pass


# Days and periods: a day is an ordinal, a range is half-open.


def day(text):
    return datetime.date.fromisoformat(text).toordinal()


def date_of(ordinal):
    return datetime.date.fromordinal(ordinal)


def month_range(year, month, count):
    end = year * 12 + month - 1 + count
    return (datetime.date(year, month, 1).toordinal(), datetime.date(end // 12, end % 12 + 1, 1).toordinal())


def period_range(text):
    if m := re.fullmatch(r"(\d{4})", text):
        return month_range(int(m[1]), 1, 12)
    if m := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return month_range(int(m[1]), int(m[2]), 1)
    if m := re.fullmatch(r"(\d{4})Q([1-4])", text):
        return month_range(int(m[1]), 3 * int(m[2]) - 2, 3)
    if m := re.fullmatch(r"(\d{4})H([12])", text):
        return month_range(int(m[1]), 6 * int(m[2]) - 5, 6)
    return (day(text), day(text) + 1)


def periods_of(begin, end, kind):
    if kind in ("week", "day"):
        result, at = [], begin
        while at < end:
            stop = min(at + 1 if kind == "day" else at + 7 - date_of(at).weekday(), end)
            result.append((at, stop))
            at = stop
        return result
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[kind]
    result = []
    at = begin
    while at < end:
        d = date_of(at)
        first = (d.month - 1) // months * months + 1
        stop = min(month_range(d.year, first, months)[1], end)
        result.append((at, stop))
        at = stop
    return result


def days_of_year(ordinal):
    year = date_of(ordinal).year
    return datetime.date(year + 1, 1, 1).toordinal() - datetime.date(year, 1, 1).toordinal()


# Expressions: the part of the language that conditions and formulas of the tests use. Missing is None.

TOKEN = re.compile(r'\s*("[^"]*"|\d+(?:\.\d+)?|[A-Za-z_][A-Za-z0-9_.]*|==|!=|<=|>=|&&|\|\||[-+*/<>()\[\],!])')


class Expression:
    def __init__(self, text):
        self.tokens = []
        at = 0
        text = text.strip()
        while at < len(text):
            m = TOKEN.match(text, at)
            if not m:
                raise ValueError(text)
            self.tokens.append(m[1])
            at = m.end()
        self.at = 0
        self.tree = self.either()
        assert self.at == len(self.tokens), text

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, *wanted):
        if self.peek() in wanted:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def chain(self, below, *operators):
        left = below()
        while op := self.take(*operators):
            left = (op, left, below())
        return left

    def either(self):
        return self.chain(self.both, "||")

    def both(self):
        return self.chain(self.comparison, "&&")

    def comparison(self):
        return self.chain(self.sum, "==", "!=", "<=", ">=", "<", ">", "in")

    def sum(self):
        return self.chain(self.product, "+", "-")

    def product(self):
        return self.chain(self.unary, "*", "/")

    def unary(self):
        if self.take("!"):
            return ("not", self.unary())
        if self.take("-"):
            return ("minus", self.unary())
        if self.take("("):
            inner = self.either()
            assert self.take(")")
            return inner
        if self.take("["):
            items = [self.unary()]
            while self.take(","):
                items.append(self.unary())
            assert self.take("]")
            return ("list", items)
        token = self.tokens[self.at]
        self.at += 1
        if token[0] == '"':
            return ("value", token[1:-1])
        if token[0].isdigit():
            return ("value", F(token))
        if token in ("true", "false"):
            return ("value", token == "true")
        return ("name", token)

    def names(self, tree=None):
        tree = self.tree if tree is None else tree
        if tree[0] == "name":
            return {tree[1]}
        if tree[0] == "list":
            return set().union(*(self.names(x) for x in tree[1]))
        return set().union(set(), *(self.names(x) for x in tree[1:] if isinstance(x, tuple)))

    def value(self, lookup, tree=None):
        tree = self.tree if tree is None else tree
        op = tree[0]
        if op == "value":
            return tree[1]
        if op == "name":
            return lookup(tree[1])
        if op == "list":
            return [self.value(lookup, x) for x in tree[1]]
        if op == "not":
            return not self.value(lookup, tree[1])
        a = self.value(lookup, tree[1])
        if op == "minus":
            return None if a is None else -a
        if op == "&&":
            return bool(a) and bool(self.value(lookup, tree[2]))
        if op == "||":
            return bool(a) or bool(self.value(lookup, tree[2]))
        b = self.value(lookup, tree[2])
        if a is None or b is None:
            return None if op in "+-*/" else False
        if op in ("==", "!=", "<", "<=", ">", ">="):
            if isinstance(a, F) and isinstance(b, F):
                a, b = snap(a), snap(b)
            return {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op] if type(a) is type(b) else a != b
        if op == "in":
            return a in b
        if op == "/":
            if b == 0:
                raise NotComputable
            return a / b
        return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b}[op]()


def holds(text, lookup):
    return True if text is None else bool(Expression(text).value(lookup))


# Definitions and tables.


def number(text):
    return None if text in (None, "") else F(str(text))


def weights_of(items, key=lambda x: x.get("weight")):
    """All or none: none means that all count the same."""
    given = [number(key(x)) for x in items]
    if all(w is None for w in given):
        return [F(1)] * len(items)
    assert all(w is not None for w in given)
    return given


class Dated:
    """A timeline of rows: an open row ends where the next begins; of two that overlap the one that began last speaks."""

    def __init__(self, rows):
        rows = sorted(rows, key=lambda r: r["from"])
        self.rows = []
        for i, row in enumerate(rows):
            end = row["to"]
            if end is None:
                later = [r["from"] for r in rows[i + 1 :] if r["from"] > row["from"]]
                end = later[0] if later else day("9999-12-31")
            if end > row["from"]:
                self.rows.append((row["from"], end, row))

    def at(self, d):
        found = [row for begin, end, row in self.rows if begin <= d < end]
        return found[-1] if found else None


def from_to(row, first="from", last="to"):
    begin = row.get(first)
    end = row.get(last)
    return (day(begin) if begin else 1, day(end) + 1 if end else None)


class World:
    def __init__(self, definitions, tables, cycle, as_of=None, closed=()):
        """`closed`: ids of cycles that were scored as of their last day and closed before, in the order of closing."""
        self.definitions = definitions
        self.tables = {name: [dict(r) for r in rows] for name, rows in tables.items()}
        self.kpis = {k["id"]: k for k in definitions.get("kpis", [])}
        self.curves = {c["id"]: c for c in definitions.get("curves", [])}
        self.scales = {s["id"]: s for s in definitions.get("scales", [])}
        self.plans = {p["id"]: p for p in definitions.get("plans", [])}
        self.scorecards = definitions.get("scorecards", [])
        self.cycle = next(c for c in definitions["cycles"] if c["id"] == cycle)
        self.begin, self.end = day(self.cycle["from"]), day(self.cycle["to"]) + 1
        self.as_of = min(day(as_of), self.end - 1) if as_of else self.end - 1
        self.real_as_of = day(as_of) if as_of else self.end - 1
        self.interim = self.as_of < self.end - 1
        self.all_periods = periods_of(self.begin, self.end, self.cycle.get("period", "month"))
        self.periods = [p for p in self.all_periods if p[1] - 1 <= self.as_of]
        self.read_units()
        self.read_facts()
        self.read_targets()
        self.read_objectives()
        self.carried = self.last_closed(closed)

    def last_closed(self, closed):
        """{(employee, kpi): the score of the KPI in the last closed cycle}."""
        cycles = {c["id"]: c for c in self.definitions["cycles"]}
        ended = [(day(cycles[c]["to"]), day(cycles[c]["from"]), i, c) for i, c in enumerate(closed)]
        ended = [x for x in ended if x[0] < self.begin]
        if not ended:
            return {}
        world = World(self.definitions, self.tables, max(ended)[3])
        found = {}
        for person in world.people():
            person.result()
            found.update({(person.id, kpi): score for kpi, score in person.kpi_scores().items()})
        return found

    def read_units(self):
        self.parent, self.head = {}, {}
        for row in self.tables.get("org_units", []):
            self.parent[row["org_unit"]] = row.get("parent") or None
            self.head[row["org_unit"]] = row.get("head_id") or None
        used = [r.get("org_unit") for t in ("employees", "assignments", "assignments-more") for r in self.tables.get(t, [])]
        for unit in used + list(self.parent.values()):
            if unit:
                self.parent.setdefault(unit, None)
        roots = [u for u in sorted(self.parent) if self.parent[u] is None]
        above = set(self.parent.values())
        self.root = roots[0] if len(roots) == 1 else next((u for u in roots if u in above), None)

    def ancestors(self, unit):
        result = []
        while unit:
            result.append(unit)
            unit = self.parent.get(unit)
        return result

    def read_facts(self):
        self.facts = {}
        for row in self.tables.get("facts", []):
            self.facts.setdefault((row["subject"], row["kpi"]), []).append((period_range(row["period"]), F(row["value"])))
        for key, rows in self.facts.items():  # facts whose periods overlap are set aside, all of them
            rows.sort()
            clear = lambda a: not any(a is not b and a[0][0] < b[0][1] and b[0][0] < a[0][1] for b in rows)
            self.facts[key] = [r for r in rows if clear(r)]

    def read_targets(self):
        rows = {}
        for row in self.tables.get("targets", []):
            begin, end = from_to(row)
            rows.setdefault((row["subject"], row["kpi"]), []).append({**row, "from": begin, "to": end})
        self.targets = {key: Dated(value) for key, value in rows.items()}

    def read_objectives(self):
        self.objectives = [dict(o) for o in self.definitions.get("objectives", []) if o["cycle"] == self.cycle["id"]]
        by_id = {}
        for row in self.tables.get("objectives", []):
            if row["cycle"] != self.cycle["id"]:
                continue
            who = row["owner"]
            owner = {"company": "true"} if who == "company" else {"unit": who[5:]} if who.startswith("unit:") else {"employee": who}
            by_id[row["objective"]] = {"id": row["objective"], "owner": owner, "weight": row.get("weight") or None, "key_results": []}
        for row in self.tables.get("key_results", []):
            if row["objective"] not in by_id:
                continue  # of another cycle
            kr = {"id": row["key_result"]}
            kr.update({k: row[k] for k in ("type", "weight", "start", "target", "kpi") if row.get(k)})
            by_id[row["objective"]]["key_results"].append(kr)
        self.objectives += by_id.values()
        self.checkins = {}
        for row in self.tables.get("checkins", []):
            if row.get("value") not in (None, ""):
                self.checkins.setdefault(row["key_result"], []).append((day(row["date"]), F(row["value"])))

    def checkin(self, key):
        known = [c for c in self.checkins.get(key, []) if c[0] <= self.real_as_of]
        return max(known, key=lambda c: c[0])[1] if known else None

    def breaks(self, kr, v):
        """A guardrail: a limit is an upper bound unless its direction, or else its KPI's, says that higher is better."""
        if v is None:
            return False
        way = kr.get("direction") or (self.kpis[kr["kpi"]].get("direction", "higher") if kr.get("kpi") else "lower")
        return snap(v) < F(kr["limit"]) if way == "higher" else snap(v) > F(kr["limit"])

    def curve(self, reference):
        return self.curves[reference] if isinstance(reference, str) else reference

    def score(self):
        """{employee_id: row} without rank and percentile, which rank() adds."""
        return {p.id: p.result() for p in self.people()}

    def people(self):
        everybody = [Person(self, row) for row in self.tables.get("employees", [])]
        return [p for p in everybody if any(p.in_service(d) for d in range(self.begin, self.end))]


ATTRIBUTES = ("org_unit", "manager_id", "job", "grade", "region", "fte", "base_salary", "currency")


class Person:
    def __init__(self, world, row):
        self.world, self.row, self.id = world, row, row["employee_id"]
        self.flags = set()
        self.kpi_spells = {}  # kpi: [(days, score)]: its scores that come from data, by spell
        self.left_out = False  # a KPI without data had nothing to carry
        self.by_day, self.values = {}, {}
        self.excluded = set()
        begin, last = from_to(row, "hire_date", "termination_date")
        mine = []
        for table in ("assignments", "assignments-more"):
            mine += [a for a in world.tables.get(table, []) if a["employee_id"] == self.id]
        if not mine:
            self.lines = {None: Dated([{"from": begin, "to": last}])}
            return
        self.lines = {}
        for attribute in ATTRIBUTES:  # each has a timeline of its own, made of the rows that carry its column
            rows = []
            for a in mine:
                if attribute in a:
                    begin, end = from_to(a)
                    rows.append({"from": begin, "to": end, "value": a[attribute] or None})
            if rows:
                ends = [(b, e if row["to"] is not None or last is None else min(e, last)) for b, e, row in Dated(rows).rows]
                known = [{"from": b, "to": e, "value": row["value"]} for (b, e), (_, _, row) in zip(ends, Dated(rows).rows)]
                self.lines[attribute] = Dated(known)

    def at(self, d):
        """What is known of the person on a day; None: out of service. The same rows give the same object."""
        if d not in self.by_day:
            found = {a: line.at(d) for a, line in self.lines.items()}
            if not any(found.values()):
                self.by_day[d] = None
            else:
                key = tuple(id(row) for row in found.values())
                spoken = {a: row["value"] if row else None for a, row in found.items() if a}
                self.by_day[d] = self.values.setdefault(key, {**self.row, **spoken})
        return self.by_day[d]

    def in_service(self, d):
        return self.at(d) is not None

    def service_days(self, span):
        return sum(1 for d in range(*span) if self.in_service(d))

    def eligible(self, d):
        return self.in_service(d) and d not in self.excluded

    def eligible_days(self, span):
        return sum(1 for d in range(*span) if self.eligible(d))

    def target_days(self, span):
        """Eligible days as they shorten a target."""
        if self.plan.get("prorate_fte") != "true":
            return F(self.eligible_days(span))
        return sum((number(self.at(d).get("fte")) or F(1) for d in range(*span) if self.eligible(d)), F(0))

    def lookup(self, where):
        def get(name):
            if name == "employee_id":
                return self.id
            value = where.get(name)
            if value in (None, ""):
                return None
            return F(value) if name in ("fte", "base_salary") else value

        return get

    def last_day(self):
        """The last day in service in the cycle, up to as-of if any lies there."""
        w = self.world
        served = [d for d in range(w.begin, w.end) if self.in_service(d)]
        return ([d for d in served if d <= w.as_of] or served)[-1]

    # Plan, scorecards and spells.

    def find_plan(self):
        ids = self.world.cycle["plan"]
        ids = ids if isinstance(ids, list) else [ids]
        fit = [self.world.plans[i] for i in ids if holds(self.world.plans[i].get("applies_to"), self.lookup(self.last))]
        assert len(fit) <= 1
        return fit[0] if fit else None

    def exclude_leave(self):
        rule = self.plan.get("leave")
        for row in self.world.tables.get("leaves", []) if rule else []:
            if row["employee_id"] != self.id or row["kind"] not in rule["kinds"]:
                continue
            begin, end = from_to(row)
            end = end or day("9999-12-31")
            if end - begin >= int(rule.get("min_days", 1)):
                self.excluded.update(range(begin, min(end, self.world.end + 800)))

    def scorecard_at(self, where):
        fit = [s for s in self.world.scorecards if holds(s.get("applies_to"), self.lookup(where))]
        assert len(fit) <= 1
        return fit[0] if fit else None

    def spells(self):
        w = self.world
        runs = []  # one run of days for each assignment
        for d in range(w.begin, w.end):
            where = self.at(d)
            if where is None:
                continue
            if runs and runs[-1]["where"] is where and runs[-1]["days"][-1] == d - 1:
                runs[-1]["days"].append(d)
            else:
                runs.append({"where": where, "days": [d], "card": self.scorecard_at(where)})
        spells = []
        for run in runs:
            if spells and self.signature(spells[-1]) == self.signature(run):
                spells[-1]["days"] += run["days"]
                spells[-1]["where"] = run["where"]
            else:
                spells.append(run)
        for spell in spells:
            spell["set"] = set(spell["days"])
            spell["periods"] = []
        for p in w.periods:
            meeting = [s for s in spells if any(d in s["set"] for d in range(*p))]
            if meeting:
                meeting[-1]["periods"].append(p)
        return spells

    def signature(self, run):
        card = run["card"]
        if card is None:
            return None
        parts = [card["id"]]
        for entry in card.get("kpis", []):
            unit = self.unit_of(entry, run["where"])
            parts.append((entry["kpi"], unit))
            for field in ("weight", "target", "threshold", "stretch", "baseline"):
                parts.append(tuple(self.cell(entry, run["where"], field, p[1] - 1, unit) for p in self.world.all_periods))
        return parts

    def cell(self, entry, where, field, d, unit=None):
        """A field of a target in force on a day: employee, job, unit, scorecard."""
        unit = unit or where.get("org_unit")
        subjects = [self.id]
        subjects += ["job:" + where["job"]] if where.get("job") else []
        subjects += ["unit:" + unit] if unit else []
        for subject in subjects:
            line = self.world.targets.get((subject, entry["kpi"]))
            row = line.at(d) if line else None
            if row and row.get(field) not in (None, ""):
                return F(row[field])
        own = entry.get(field)
        if isinstance(own, list):
            line = Dated([{"from": day(x["from"]), "to": None, "value": x["value"]} for x in own])
            row = line.at(d)
            return F(row["value"]) if row else None
        return number(own)

    # The value of a KPI.

    def counted_facts(self, kpi, subject, periods):
        """[(period of the cycle, value)] in order of time."""
        unit = subject.startswith("unit:")
        additive = self.world.kpis[kpi].get("nature") == "additive"
        served = (lambda s: s[1] - s[0]) if unit else self.service_days
        eligible = (lambda s: s[1] - s[0]) if unit else self.eligible_days
        wanted = set(periods)
        result = []
        for span, value in self.world.facts.get((subject, kpi), []):
            touched = [p for p in self.world.all_periods if p[0] < span[1] and span[0] < p[1]]
            if not touched:
                continue
            if served(span) == 0:
                if set(touched) & set(self.world.periods):
                    self.flags.add("facts_out_of_service")
                continue
            if len(touched) == 1 and touched[0][0] <= span[0] and span[1] <= touched[0][1]:
                if touched[0] in wanted:
                    result.append((touched[0], value))
                continue
            measure = eligible if eligible(span) else served
            for p in touched:
                part = (max(p[0], span[0]), min(p[1], span[1]))
                if p in wanted and (measure(part) if additive else served(part)):
                    result.append((p, value * measure(part) / measure(span) if additive else value))
        return result

    def value(self, kpi, subject, periods):
        """(value or None, periods that have facts)."""
        definition = self.world.kpis[kpi]
        if "formula" in definition:
            formula = Expression(definition["formula"])
            covered = None

            def part(name):
                nonlocal covered
                v, c = self.value(name, subject, periods)
                covered = c if covered is None else covered & c
                return v

            return formula.value(part), covered
        facts = self.counted_facts(kpi, subject, periods)
        if not facts:
            return None, set()
        values = [v for _, v in facts]
        how = definition.get("aggregate") or ("sum" if definition.get("nature") == "additive" else "last")
        value = {"sum": sum, "mean": lambda x: sum(x) / len(x), "last": lambda x: x[-1], "min": min, "max": max}[how](values)
        return F(value), {p for p, _ in facts}

    # One KPI in one stretch of periods.

    def kpi_score(self, entry, where, periods, last_day):
        definition = self.world.kpis[entry["kpi"]]
        subject, unit = self.id, None
        if entry.get("of") == "unit":
            unit = self.unit_of(entry, where)
            if unit is None:
                return None
            subject = "unit:" + unit
        try:
            value, covered = self.value(entry["kpi"], subject, periods)
        except NotComputable:
            self.flags.add("not_computable")
            return None
        if value is None:
            return None

        def resolved(field):
            if definition.get("nature") != "additive":
                return self.cell(entry, where, field, last_day, unit)
            return self.prorated(entry, where, field, periods, unit)

        curve = self.world.curve(entry.get("curve") or definition.get("curve") or {"linear": "ratio"})
        score = self.curve_score(curve, entry, definition, value, resolved)
        targetless = "deduct" in curve or "range" in curve or curve.get("of") == "value"
        if definition.get("nature") == "additive" and not targetless and score is not None:
            needed = periods if unit else [p for p in periods if self.eligible_days(p)]
            if set(needed) - covered:
                self.flags.add("partial_data")
        return score

    def unit_of(self, entry, where):
        """For `of: unit`: the person's unit or its nearest ancestor that has facts."""
        if entry.get("of") != "unit":
            return None
        parts = [entry["kpi"]]
        while any("formula" in self.world.kpis[k] for k in parts):
            parts = [n for k in parts for n in (Expression(self.world.kpis[k]["formula"]).names() if "formula" in self.world.kpis[k] else [k])]
        for u in self.world.ancestors(where.get("org_unit")):
            if any(self.counted_facts(k, "unit:" + u, self.world.periods) for k in parts):
                return u
        for u in self.world.ancestors(where.get("org_unit")):  # no facts: its weight is that of the nearest with targets
            if ("unit:" + u, entry["kpi"]) in self.world.targets:
                return u
        return None

    def prorated(self, entry, where, field, periods, unit):
        w = self.world
        total = F(0)
        any_value = False
        for p in periods:
            days = F(p[1] - p[0]) if unit else self.target_days(p)
            if days == 0:
                continue
            value = self.cell(entry, where, field, p[1] - 1, unit)
            if value is None:
                return None
            any_value = True
            per = entry.get("per", "cycle")
            whole = {"cycle": w.end - w.begin, "year": days_of_year(p[1] - 1), "period": p[1] - p[0]}[per]
            total += value * days / whole
        if not any_value and (not periods or self.cell(entry, where, field, periods[-1][1] - 1, unit) is None):
            return None
        return total

    def curve_score(self, curve, entry, definition, v, resolved):
        floor = number(entry.get("floor")) if entry.get("floor") is not None else number(curve.get("floor", "0"))
        cap = number(entry.get("cap")) if entry.get("cap") is not None else number(curve.get("cap", "150"))
        lower = definition.get("direction") == "lower"

        def limited(x):
            return min(max(snap(x), floor), cap)

        if "deduct" in curve:
            return limited(F(curve["from"]) - F(curve["deduct"]) * v)
        if "range" in curve:
            r = curve["range"]
            low, high, tolerance = F(r["low"]), F(r["high"]), F(r.get("tolerance", "0"))
            out = max(low - v, v - high, F(0))
            if snap(out) == 0:
                return limited(F(100))
            return limited(max(F(0), 100 * (1 - out / tolerance)) if tolerance else F(0))
        if "binary" in curve:
            t = resolved("target")
            if t is None:
                return None
            met = snap(v) <= snap(t) if lower else snap(v) >= snap(t)
            return limited(F(100 if met else 0))
        if "tiers" in curve:
            return self.tiers(curve, v, resolved, limited, -1 if lower else 1)
        of = curve.get("linear") or curve.get("of") or "ratio"
        if of == "value":
            a = snap(v)
        elif of == "progress":
            t, b = resolved("target"), resolved("baseline")
            if t is None or b is None or t == b:
                return None
            a = snap((v - b) / (t - b))
            if a < 0:
                self.flags.add("regressed")
                return floor
        else:
            t = resolved("target")
            if t is None or t <= 0:
                return None
            method = (curve.get("method") or definition.get("method")) if lower else None
            if method == "reciprocal":
                if snap(v) <= 0:
                    return cap
                a = snap(t / v)
            else:
                a = snap(2 - v / t) if method == "mirror" else snap(v / t)
        if abs(a) > LARGEST:
            self.flags.add("not_computable")
            return None
        if "linear" in curve:
            return limited(100 * a)
        points = [(F(x), F(y)) for x, y in curve.get("points") or curve.get("steps")]
        if a < points[0][0]:
            return limited(F(curve.get("below", "0")))
        if "steps" in curve:
            return limited([y for x, y in points if x <= a][-1])
        if a >= points[-1][0] and curve.get("above") != "extend":
            return limited(points[-1][1])
        i = max(i for i in range(len(points) - 1) if points[i][0] <= a)
        (x0, y0), (x1, y1) = points[i], points[i + 1]
        return limited(y0 + (y1 - y0) * (a - x0) / (x1 - x0))

    def tiers(self, curve, v, resolved, limited, sign):
        names = ("threshold", "target", "stretch")
        xs = [resolved(n) for n in names]
        if any(x is None for x in xs):
            return None
        ys = [F(curve["tiers"][n]) for n in names]
        s = [snap(sign * x) for x in xs]
        if not s[0] < s[1] < s[2]:
            return None
        at = snap(sign * v)
        if at < s[0] and curve.get("below") != "extend":
            return limited(F(curve.get("below", "0")))
        if at >= s[2]:
            return limited(ys[2])
        i = 0 if at < s[1] else 1
        return limited(ys[i] + (ys[i + 1] - ys[i]) * (v - xs[i]) / (xs[i + 1] - xs[i]))

    # Components: (score or None, coverage 0..100 or None when not applicable).

    def kpi_component(self):
        zero = self.plan.get("missing") == "zero"
        spells = self.spells()
        if self.plan.get("transfers") == "last":
            spells = [s for s in spells if s["periods"]][-1:] or spells[-1:]
        spells = [s for s in spells if s["card"] is not None and s["card"].get("kpis")]
        if not spells:
            return None, None
        spells = [s for s in spells if s["periods"]]  # one too short for a period of its own cannot have facts
        if not spells:
            return None, F(0)
        scores, shares = [], []
        for spell in spells:
            counted = [d for d in spell["days"] if any(p[0] <= d < p[1] for p in self.world.periods)]
            days = (sum(1 for d in counted if self.eligible(d)), len(counted))
            self.kpis_now = {}
            score, share = self.spell_score(spell, max(counted) if counted else spell["days"][-1], zero)
            for kpi, found in self.kpis_now.items():
                self.kpi_spells.setdefault(kpi, []).append((days, snap(sum(found) / len(found))))
            shares.append((days, share))
            if score is not None:
                scores.append((days, score))
        self.which = 0 if any(d[0] for d, _ in shares) else 1  # days in service where no day is eligible
        if len(shares) == 1:
            return (scores[0][1] if scores else None), snap(shares[0][1] * 100)
        shares = [(d[self.which], s) for d, s in shares]
        scores = [(d[self.which], s) for d, s in scores]
        total = sum(d for d, _ in scores)
        score = snap(sum(d * s for d, s in scores) / total) if total else None
        whole = sum(d for d, _ in shares)
        return score, snap(100 * sum(d * s for d, s in shares) / whole) if whole else F(0)

    def kpi_scores(self):
        """{kpi: score over the spells in which it had data}, after result()."""
        result = {}
        for kpi, spells in self.kpi_spells.items():
            days = sum(d[self.which] for d, _ in spells)
            if days:
                result[kpi] = snap(sum(d[self.which] * s for d, s in spells) / days)
        return result

    def carried_score(self, kpi):
        score = self.world.carried.get((self.id, kpi))
        self.flags.add("not_carried" if score is None else "carried")
        self.left_out = self.left_out or score is None
        return score

    def spell_score(self, spell, last_day, zero):
        if self.plan.get("kpi", {}).get("score") != "periods":
            return self.card_score(spell, spell["periods"], last_day, zero)
        scores, shares = [], []
        for p in spell["periods"]:
            if self.eligible_days(p) == 0:
                continue
            score, share = self.card_score(spell, [p], p[1] - 1, zero)
            shares.append(share)
            if score is not None:
                scores.append(score)
        return (snap(sum(scores) / len(scores)) if scores else None), (sum(shares) / len(shares) if shares else F(0))

    def card_score(self, spell, periods, last_day, zero):
        entries = spell["card"]["kpis"]
        weights = weights_of(entries)
        if any(e.get("weight") is not None for e in entries):
            weights = [self.cell(e, spell["where"], "weight", last_day, self.unit_of(e, spell["where"])) for e in entries]
        scores = []
        for e, weight in zip(entries, weights):
            before = set(self.flags)
            scores.append(self.kpi_score(e, spell["where"], periods, last_day))
            if weight == 0:  # shown, never counted: says nothing about the score
                self.flags -= {"regressed", "partial_data", "not_computable"} - before
            if scores[-1] is not None:
                self.kpis_now.setdefault(e["kpi"], []).append(scores[-1])
        score, share = mean_of(weights, scores, zero)
        if self.plan.get("missing") != "carry":
            return score, share
        filled = [self.carried_score(e["kpi"]) if s is None and w != 0 else s for e, w, s in zip(entries, weights, scores)]
        return mean_of(weights, filled, False)[0], share

    def okr_component(self):
        w = self.world
        zero = self.plan.get("missing") == "zero"
        rule = self.plan.get("okr", {})
        unit = self.last.get("org_unit")
        mine = []
        for o in w.objectives:
            owner = o["owner"]
            its_unit = w.root if "company" in owner else owner.get("unit")
            if owner.get("employee") == self.id:
                mine.append(o)
            elif its_unit and rule.get("units") == "head" and w.head.get(its_unit) == self.id:
                mine.append(o)
            elif its_unit and rule.get("units") == "members" and its_unit == unit:
                mine.append(o)
        scored = [(o, self.objective(o, zero)) for o in mine]
        scored = [(o, x) for o, x in scored if x is not None]
        if not scored:
            return None, None
        weights = weights_of([o for o, _ in scored])
        results = [score for _, (score, _) in scored]
        base = mean_of(weights, results, zero, scale=100, full=True)[0]
        cover = sum((wt * share for wt, (_, (_, share)) in zip(weights, scored)), F(0)) / sum(weights)
        return base, snap(100 * cover)

    def objective(self, o, zero):
        """None: not applicable. (score or None, share of its weight with data)"""
        krs = []
        for kr in o["key_results"]:
            if kr.get("type") == "guardrail":
                self.guardrail(o, kr)
            elif kr.get("type") != "learning":
                krs.append(kr)
        if not krs:
            return None
        weights = weights_of(krs)
        parts = [self.contribution(o, kr) for kr in krs]
        roll_up = o.get("roll_up", "weighted")
        if roll_up != "weighted":
            weights = [F(1)] * len(parts)
        share = sum((wt for wt, p in zip(weights, parts) if p is not None), F(0)) / sum(weights)
        if roll_up == "weighted":
            return mean_of(weights, parts, zero, full=True)[0], share
        known = [p if p is not None else F(0) for p in parts if p is not None or zero]
        if not known:
            return None, share
        return (min(known) if roll_up == "min" else snap(sum(known) / len(known))), share

    def owner_value(self, o, kpi):
        w = self.world
        owner = o["owner"]
        if "employee" in owner:
            other = next(Person(w, r) for r in w.tables["employees"] if r["employee_id"] == owner["employee"])
            other.plan, other.excluded = self.plan, self.excluded if other.id == self.id else set()
            return other.value(kpi, other.id, w.periods)[0]
        unit = w.root if "company" in owner else owner["unit"]
        return self.value(kpi, "unit:" + unit, w.periods)[0] if unit else None

    def current(self, o, kr):
        if kr.get("kpi"):
            flags = set(self.flags)
            try:
                return self.owner_value(o, kr["kpi"])
            except NotComputable:
                return None
            finally:
                self.flags.intersection_update(flags)
        return self.world.checkin(kr["id"])

    def progress(self, o, kr):
        if kr.get("milestones"):
            stones = kr["milestones"]
            values = [self.world.checkin(kr["id"] + "/" + m["id"]) for m in stones]
            if all(v is None for v in values):
                return None
            weights = weights_of(stones)
            return snap(sum((wt for wt, v in zip(weights, values) if v is not None and v >= 1), F(0)) / sum(weights))
        v = self.current(o, kr)
        if v is None:
            return None
        if kr.get("binary"):
            return F(1) if snap(v) >= F(kr.get("target", "1")) else F(0)
        start, target = F(kr.get("start", "0")), F(kr["target"])
        return min(max(snap((v - start) / (target - start)), F(0)), F(kr.get("cap", "1")))

    def contribution(self, o, kr):
        p = self.progress(o, kr)
        if p is None:
            return None
        if kr.get("type") == "aspirational":
            rule = self.plan.get("okr", {})
            return min(snap(p / F(rule.get("norm", "0.7"))), F(rule.get("cap", "100")) / 100)
        if p < 1:
            self.flags.add("missed")
        return p

    def guardrail(self, o, kr):
        if self.world.breaks(kr, self.current(o, kr)):
            self.flags.add("broken")

    def feedback_component(self):
        rule = self.plan.get("feedback", {})
        groups = rule["groups"]
        lo, hi = (F(x) for x in rule.get("scale", ["1", "5"]))
        raters = {}
        for row in self.world.tables.get("feedback", []):
            if row["employee_id"] != self.id:
                continue
            if row.get("date") and not self.world.begin <= day(row["date"]) <= self.world.as_of:
                continue
            if not lo <= F(row["rating"]) <= hi:
                continue
            raters.setdefault(row["relation"], {}).setdefault(row["rater_id"], []).append(F(row["rating"]))
        least = int(rule.get("min_raters", 3))
        weight = {g: F(x) for g, x in groups.items()}
        members = {}
        for g in groups:
            if g == "all":
                members[g] = {}
                for people in raters.values():
                    for r, ratings in people.items():
                        members[g].setdefault(r, []).extend(ratings)
            else:
                members[g] = dict(raters.get(g, {}))
        enough = {g: len(m) >= (1 if g == "manager" else least) for g, m in members.items()}
        folded, with_data = set(), sum((weight[g] for g in groups if members[g] and enough[g]), F(0))
        if rule.get("small_groups") == "fold" and "peer" in groups:
            for g in groups:
                if g not in ("peer", "all") and not enough[g]:
                    if members[g]:
                        self.flags.add("suppressed")
                    for r, ratings in members[g].items():
                        members["peer"][r] = members["peer"].get(r, []) + ratings
                    weight["peer"] += weight[g]
                    folded.add(g)
            enough["peer"] = len(members["peer"]) >= least
            with_data = sum((F(groups[g]) for g in groups if raters.get(g) and enough["peer" if g in folded else g]), F(0))
        scores, weights = [], []
        for g in groups:
            if g in folded:
                continue
            weights.append(weight[g])
            if not enough[g] and members[g]:
                self.flags.add("suppressed")
            scores.append(self.group_score(members[g], rule.get("mean"), lo, hi) if enough[g] else None)
        score, _ = mean_of(weights, scores, False)
        return score, snap(100 * with_data / sum(F(x) for x in groups.values()))

    def group_score(self, members, how, lo, hi):
        means = sorted(sum(r) / len(r) for r in members.values())
        if isinstance(how, dict):
            cut = int(F(how["trim"]) * len(means) / 100)
            while cut and len(means) - 2 * cut < 1:
                cut -= 1
            means = means[cut : len(means) - cut]
        return snap(100 * (sum(means) / len(means) - lo) / (hi - lo))

    # From components to a band.

    def result(self):
        w = self.world
        self.last = self.at(self.last_day())
        self.plan = self.find_plan()
        if self.plan is None:
            return {"status": "not_rated", "reasons": {"not_eligible"}, "score": None, "band": None, "zero": {}, "distribution": None}
        plan = self.plan
        self.exclude_leave()
        self.flags = {"interim"} if w.interim else set()
        weight = {c: F(x) for c, x in plan["components"].items()}
        compute = {"kpi": self.kpi_component, "okr": self.okr_component, "feedback": self.feedback_component}
        parts = {c: compute[c]() for c in weight}
        row = {c: parts[c][0] if c in parts else None for c in compute}
        counted = [c for c in weight if parts[c][1] is not None]
        effect = plan.get("okr", {}).get("effect", "blended")
        zero = plan.get("missing") == "zero"
        if effect == "informational" and "okr" in counted:
            counted.remove("okr")

        def total(names):
            return mean_of([weight[c] for c in names], [parts[c][0] for c in names], zero)[0] if names else None

        if effect == "upside_only" and "okr" in counted:
            rest = [c for c in counted if c != "okr"]
            known = [c for c in rest if parts[c][1] > 0]
            with_it, without = total(counted), total(rest)
            if not known or with_it is None or without is None or with_it <= without:
                counted = rest
        raw = total(counted)
        whole = sum(weight[c] for c in counted)
        coverage = snap(sum((weight[c] * parts[c][1] for c in counted), F(0)) / whole) if whole else F(0)
        reasons = self.reasons(coverage, counted, parts)
        row.update(status="not_rated" if reasons else "rated", reasons=reasons, coverage=coverage)
        if "no_data" in reasons and plan.get("missing") == "carry":
            row["kpi"] = None  # what was carried alone is no score
        row["flags"] = self.flags
        row["by_period"] = plan.get("kpi", {}).get("score") == "periods"
        row["zero"] = {c: zero and (c not in parts or not parts[c][1]) for c in compute}
        carries = plan.get("missing") == "carry" and "kpi" in parts and parts["kpi"][0] is not None and not self.left_out
        gave = [c for c in counted if parts[c][1] < 100 and not (c == "kpi" and carries)]
        if coverage < 100 and whole and gave and not zero:
            self.flags.add("reweighted")
        row["group"] = self.rank_group
        row["distribution"] = plan.get("distribution")
        row["rank_by"] = plan.get("rank_by") or plan.get("distribution", {}).get("group_by")
        row["plan"] = plan["id"]
        if reasons:
            row.update(raw_score=None, score_exact=None, score=None, band=None)
            return row
        exact, best = self.limits(raw)
        decimals = int(plan.get("decimals", 2))
        official = F(int(abs(exact) * 10**decimals + F(1, 2)), 10**decimals) * (-1 if exact < 0 else 1)
        row.update(raw_score=raw, score_exact=exact, score=official)
        row["figure"] = exact if plan.get("band_on") == "exact" else official
        bands = sorted(w.scales.get(plan.get("scale"), {"bands": []})["bands"], key=lambda b: F(b["from"]))
        reached = max((i for i, b in enumerate(bands) if F(b["from"]) <= row["figure"]), default=None)
        for name in best:
            reached = min(reached, next(i for i, b in enumerate(bands) if b["id"] == name))
        row["band"] = bands[reached]["id"] if reached is not None else None
        row["bands"] = [b["id"] for b in reversed(bands)]
        row["vetoed_to"] = best
        return row

    def limits(self, raw):
        w, plan = self.world, self.plan
        card = self.scorecard_at(self.last) or {}
        periods = [p for p in w.periods if self.service_days(p)]

        def value(name):
            flags = set(self.flags)
            try:
                return self.value(name, self.id, periods)[0]
            except NotComputable:
                return None
            finally:
                self.flags.intersection_update(flags)

        points = F(0)
        for item in card.get("adjustments", []):
            v = value(item["id"])
            x = snap(v * F(item["points"])) if v is not None else F(0)
            points += bounded(x, number(item.get("cap")))
        points = bounded(points, number(plan.get("adjustments_cap")))
        score = raw + points
        cap, floor = number(plan.get("cap")), F(plan.get("floor", "0"))
        if cap is not None and score > cap:
            score = cap
            self.flags.add("capped")
        score = max(score, floor)
        best = []
        for veto in card.get("vetoes", []):
            try:
                fired = holds(veto["when"], value)
            except NotComputable:
                fired = False
            if fired:
                self.flags.add("vetoed")
                if veto.get("score_cap") is not None:
                    score = min(score, F(veto["score_cap"]))
                if veto.get("band"):
                    best.append(veto["band"])
        return snap(score), best

    def reasons(self, coverage, counted, parts):
        w, rule, found = self.world, self.plan.get("eligibility", {}), set()
        on = rule.get("in_service_on")
        if on:
            d = w.end - 1 if on == "cycle_end" else w.end if on == "after_cycle" else day(on)
            if not self.in_service(d):
                found.add("not_eligible")
        if not holds(rule.get("when"), self.lookup(self.last)):
            found.add("not_eligible")
        if self.eligible_days((w.begin, w.end)) < int(rule.get("min_service_days", 0)):
            found.add("min_service")
        if not any(parts[c][1] > 0 for c in counted):
            found.add("no_data")
        elif coverage < F(self.plan.get("min_coverage", "0")):
            found.add("coverage")
        return found

    def rank_group(self, by):
        if not by:
            return None
        if m := re.fullmatch(r"unit_level_(\d+)", by):
            path = list(reversed(self.world.ancestors(self.last.get("org_unit"))))
            return path[min(int(m[1]), len(path)) - 1] if path else None
        return self.last.get(by) or None


def key_result_states(world):
    """{key result: (progress in percent, state)} of `report okr`; state None: the specification does not say."""
    viewer = Person(world, {"employee_id": ""})
    viewer.plan = {}
    elapsed = F(world.as_of - world.begin + 1, world.end - world.begin)
    result = {}
    for o in world.objectives:
        for kr in o["key_results"]:
            if kr.get("kpi") and "employee" in o["owner"]:
                continue  # its facts may be spread by days that only a plan knows
            if kr.get("type") == "guardrail":
                v = viewer.current(o, kr)
                result[kr["id"]] = (None, "unknown" if v is None else "broken" if world.breaks(kr, v) else "held")
                continue
            p = viewer.progress(o, kr)
            percent = snap(100 * p) if p is not None else None
            keys = [kr["id"] + "/" + m["id"] for m in kr["milestones"]] if kr.get("milestones") else [kr["id"]]
            dates = [d for key in keys for d, _ in world.checkins.get(key, []) if d <= world.real_as_of]
            age = world.as_of - (max(dates) if dates else world.begin)
            if kr.get("type") == "learning":
                state = "not_scored"
            elif not kr.get("kpi") and age > int(kr.get("cadence_days", "14")) + int(kr.get("grace_days", "7")):
                state = "outdated"
            elif p is None:
                state = None
            else:
                gap = snap(p - elapsed)
                state = "on_track" if gap >= F("-0.10") else "at_risk" if gap >= F("-0.25") else "off_track"
            result[kr["id"]] = (percent, state)
    return result


def bounded(x, cap):
    return x if cap is None else max(-cap, min(cap, x))


def mean_of(weights, scores, zero, scale=1, full=False):
    """(the weighted mean of those that have a score, share of weight that has one). With `zero` a missing one counts 0."""
    whole = sum(weights)
    used = [(w, s) for w, s in zip(weights, scores) if s is not None]
    share = sum((w for w, _ in used), F(0)) / whole if whole else F(0)
    if zero:
        used = [(w, s if s is not None else F(0)) for w, s in zip(weights, scores)]
    total = sum((w for w, _ in used), F(0))
    return (snap(scale * sum((w * s for w, s in used), F(0)) / total) if total else None), share


def places(quotas, bands, n):
    """How many of n people have each band, best first: largest remainder, ties to the better band."""
    shares = [F(quotas.get(b, "0")) for b in bands]
    exact = [n * share / sum(shares) for share in shares]
    counts = [int(x) for x in exact]
    left = n - sum(counts)
    by_remainder = sorted(range(len(bands)), key=lambda i: (counts[i] - exact[i], i))
    for i in by_remainder[:left]:
        counts[i] += 1
    return counts


def distribute(rows):
    """Bands by position, in place of the absolute ones. Adds `tie` to those who stand in a block across a line."""
    groups = {}
    for row in rows.values():
        row["tie"] = False
        if row["status"] == "rated" and row["distribution"]:
            key = (row["plan"], row["group"](row["distribution"].get("group_by")))
            groups.setdefault(key, []).append(row)
    for people in groups.values():
        rule, bands = people[0]["distribution"], people[0]["bands"]
        if len(people) < int(rule.get("min_group", "0")):
            continue
        people.sort(key=lambda row: -row["figure"])
        by_position = [b for b, count in zip(bands, places(rule["quotas"], bands, len(people))) for _ in range(count)]
        for row in people:
            block = [i for i, other in enumerate(people) if other["figure"] == row["figure"]]
            better, worse = by_position[block[0]], by_position[block[-1]]
            band = better if rule.get("ties") == "up" else worse
            row["tie"] = better != worse and rule.get("ties", "flag") == "flag"
            row["band"] = max([band, *row["vetoed_to"]], key=bands.index)


def rank(rows):
    """Adds rank and percentile: competition ranks among the rated of one group."""
    distribute(rows)
    for row in rows.values():
        row["rank"] = row["percentile"] = None
    rated = [r for r in rows.values() if r["status"] == "rated"]
    for row in rated:
        peers = [r for r in rated if r["group"](row["rank_by"]) == row["group"](row["rank_by"])]
        row["rank"] = F(1 + sum(1 for r in peers if r["figure"] > row["figure"]))
        n = len(peers)
        row["percentile"] = F(100) if n == 1 else snap(100 * (n - row["rank"]) / (n - 1))
