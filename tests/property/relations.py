"""Relations that must hold between the scores of two workspaces, whatever the scores are.

Each takes a world and a random source and gives (another world, check), or None where the world has nothing to try it on.
check(before, after) gives complaints; before and after are {employee_id: row of `report scores`}.
"""
import copy
from fractions import Fraction

import generate
import reference


def same(before, after):
    found = []
    for name in sorted(set(before) | set(after)):
        if before.get(name) != after.get(name):
            a, b = before.get(name, {}), after.get(name, {})
            found += [f"{name} {k}: {a.get(k)} → {b.get(k)}" for k in sorted(set(a) | set(b)) if a.get(k) != b.get(k)]
    return found


def order(world, r):
    """The order of rows and of definitions has no say."""
    other = copy.deepcopy(world)
    for rows in other["tables"].values():
        r.shuffle(rows)
    for key in ("kpis", "scorecards", "plans", "scales", "objectives"):
        if key in other["definitions"]:
            r.shuffle(other["definitions"][key])
    return other, same


def weight_scale(world, r):
    """Weights are in proportion: all of a list times 2 changes nothing."""
    other = copy.deepcopy(world)
    definitions = other["definitions"]

    def double(items):
        for item in items:
            if "weight" in item:
                item["weight"] = generate.num(2 * Fraction(item["weight"]))

    if any(row["weight"] for row in other["tables"].get("targets", [])):
        return None  # these would have to be doubled for some people and not for others
    for card in definitions["scorecards"]:
        double(card["kpis"])
    double(definitions.get("objectives", []))
    for o in definitions.get("objectives", []):
        double(o["key_results"])
        for kr in o["key_results"]:
            double(kr.get("milestones", []))
    for table in ("objectives", "key_results"):
        for row in other["tables"].get(table, []):
            if row["weight"]:
                double([row])
    for plan in definitions["plans"]:
        plan["components"] = {k: generate.num(2 * Fraction(v)) for k, v in plan["components"].items()}
        if "feedback" in plan:
            plan["feedback"]["groups"] = {k: generate.num(2 * Fraction(v)) for k, v in plan["feedback"]["groups"].items()}
    return other, same


def dated_target(world, r):
    """A target that is raised to what it was is the same target."""
    other = copy.deepcopy(world)
    cycle = other["definitions"]["cycles"][0]
    changed = False
    for card in other["definitions"]["scorecards"]:
        for entry in card["kpis"]:
            if isinstance(entry.get("target"), str):
                middle = r.randrange(reference.day(cycle["from"]), reference.day(cycle["to"]))
                entry["target"] = [{"from": "2020-01-01", "value": entry["target"]}, {"from": reference.date_of(middle).isoformat(), "value": entry["target"]}]
                changed = True
    return (other, same) if changed else None


def parts(world, r):
    """The sum of the parts is the whole: a month's fact of a KPI that is summed, given by days in service instead."""
    summed = {k["id"] for k in world["definitions"]["kpis"] if k.get("nature") == "additive" and k.get("aggregate", "sum") == "sum"}
    other = copy.deepcopy(world)
    w = reference.World(world["definitions"], world["tables"], world["cycle"], world["as_of"])
    people = {row["employee_id"]: reference.Person(w, row) for row in world["tables"]["employees"]}
    rows, changed = [], False
    for row in other["tables"].get("facts", []):
        begin, end = reference.period_range(row["period"])
        inside = any(p[0] <= begin and end <= p[1] for p in w.all_periods)
        person = people.get(row["subject"])
        if person is None or row["kpi"] not in summed or not inside or len(row["period"]) != 7 or r.random() < 0.5:
            rows.append(row)
            continue
        if w.facts.get((row["subject"], row["kpi"]), []).count(((begin, end), Fraction(row["value"]))) != 1:
            rows.append(row)  # one that is set aside, because it overlaps another
            continue
        days = [d for d in range(begin, end) if person.in_service(d)]
        if len(days) < 2:
            rows.append(row)
            continue
        whole = Fraction(row["value"])
        part = Fraction(r.randrange(-4, 5))
        for d, value in zip(r.sample(days, 2), (part, whole - part)):
            rows.append({**row, "period": reference.date_of(d).isoformat(), "value": generate.num(value, 6)})
        changed = True
    other["tables"]["facts"] = rows
    return (other, same) if changed else None


def dropped(world, r):
    """A KPI without data under `reweight` is as if it were not in the scorecard. Of people without transfers."""
    if any(p.get("missing") for p in world["definitions"]["plans"]):
        return None
    cards = [c for c in world["definitions"]["scorecards"] if len(c["kpis"]) > 1]
    if not cards:
        return None
    card = r.choice(cards)
    entry = r.choice(card["kpis"])
    rest = [e for e in card["kpis"] if e is not entry]
    if all(Fraction(e.get("weight", 1)) == 0 for e in rest):
        return None
    kpi = next(k for k in world["definitions"]["kpis"] if k["id"] == entry["kpi"])
    gone = {"won", "leads"} if "formula" in kpi else {kpi["id"]}
    without = copy.deepcopy(world)
    without["tables"]["facts"] = [row for row in without["tables"].get("facts", []) if row["kpi"] not in gone]
    other = copy.deepcopy(without)
    its_card = next(c for c in other["definitions"]["scorecards"] if c["id"] == card["id"])
    its_card["kpis"] = [e for e in its_card["kpis"] if e["kpi"] != entry["kpi"]]
    moved = {row["employee_id"] for table in ("assignments", "assignments-more") for row in world["tables"].get(table, [])}

    def check(before, after):
        return [f"{n} kpi without {entry['kpi']}: {before[n]['kpi']} → {after[n]['kpi']}" for n in before if n not in moved and before[n]["kpi"] != after[n]["kpi"]]

    return without, other, check


def copies(world, r):
    """Forty people with the same records have the same score each, on any number of threads."""
    one = copy.deepcopy(world)
    one["definitions"].pop("objectives", None)
    for table in ("objectives", "key_results", "checkins"):
        one["tables"].pop(table, None)
    for plan in one["definitions"]["plans"]:
        plan.pop("distribution", None)  # in it the number of people counts
    people = {row["employee_id"] for row in one["tables"]["employees"]}
    many = copy.deepcopy(one)
    for name, rows in many["tables"].items():
        column = "subject" if name in ("facts", "targets") else "employee_id"
        made = []
        for row in rows:
            mine = row.get(column) in people
            made += [{**row, column: f"{row[column]}-{i:02d}"} for i in range(40)] if mine else [row]
        many["tables"][name] = made

    def check(before, after):
        found = []
        for name, row in after.items():
            original = before[name[:-3]]
            for k in ("kpi", "feedback", "coverage", "raw_score", "score", "band", "status", "reasons", "flags"):
                if row[k] != original[k]:
                    found.append(f"{name} {k}: {original[k]} → {row[k]}")
        return found

    return one, many, check


def better(kpi, entry):
    """+1: more is never worse; −1: more is never better; 0: neither."""
    curve = entry.get("curve") or kpi.get("curve") or {"linear": "ratio"}
    if "range" in curve or "formula" in kpi:
        return 0
    if curve == "common":
        return 1
    points = curve.get("points") or curve.get("steps")
    if points and Fraction(curve.get("below", "0")) > Fraction(points[0][1]):
        return 0  # such a curve falls at its first point
    if "deduct" in curve or kpi.get("direction") == "lower":
        return -1
    if "progress" in (curve.get("linear"), curve.get("of")):
        target = entry["target"]
        values = [Fraction(x["value"]) for x in target] if isinstance(target, list) else [Fraction(target)]
        signs = {1 if v > Fraction(entry["baseline"]) else -1 for v in values}
        return signs.pop() if len(signs) == 1 else 0
    return 1


def monotone(world, r):
    """A better actual never makes the KPI component worse."""
    kpis = {k["id"]: k for k in world["definitions"]["kpis"]}
    ways = {}
    for card in world["definitions"]["scorecards"]:
        for entry in card["kpis"]:
            way = better(kpis[entry["kpi"]], entry)
            ways[entry["kpi"]] = way if ways.get(entry["kpi"], way) == way else 0
    used = set()  # KPIs that say something else as well
    for kpi in kpis.values():
        if "formula" in kpi:
            used |= {"won", "leads"}
    for row in world["tables"].get("targets", []):
        used.add(row["kpi"]) if ways.get(row["kpi"]) == 0 else None
    candidates = [i for i, row in enumerate(world["tables"].get("facts", [])) if ways.get(row["kpi"]) and row["kpi"] not in used and not row["subject"].startswith("unit:")]
    if not candidates:
        return None
    other = copy.deepcopy(world)
    touched = {}
    for i in r.sample(candidates, min(len(candidates), 6)):
        row = other["tables"]["facts"][i]
        step = Fraction(r.choice(["0.001", "0.5", "1", "10", "100"])) * ways[row["kpi"]]
        row["value"] = generate.num(Fraction(row["value"]) + step, 6)
        touched.setdefault(row["subject"], []).append(row["kpi"])

    def check(before, after):
        found = []
        for name, row in before.items():
            a, b = row["kpi"], after[name]["kpi"]
            if name in touched and a is not None and (b is None or b < a):
                found.append(f"{name} {touched[name]} better, kpi worse: {a} → {b}")
            if name not in touched and a != b:
                found.append(f"{name} untouched, kpi {a} → {b}")
        return found

    return other, check


RELATIONS = [order, weight_scale, dated_target, parts, dropped, copies, monotone]
