"""Inputs and outputs of other systems' own tests, each row a policy test with the policy that mirrors that peer
(tests/policy/peers). Where hrctl says otherwise on purpose, DIFFERS has its figure; docs/spec/peers.md has the arithmetic."""
import json
import os
import re
import subprocess
from datetime import date, timedelta

from workspace import DATA, rows_of

from tally import ROOT

FOLDER = DATA / "expected"
POLICIES = ROOT / "tests" / "policy" / "peers"
# Not about scores, OKR progress, zones or roll-ups; docs/spec/peers.md says what each is about.
OTHER = {"ae_gratuity_factors.csv", "cn_bonus_separate.csv", "cn_iit_cumulative.csv", "cn_major_medical_deduction.csv",
         "cn_social_insurance.csv", "in_hra_exemption.csv", "leave_accrual.csv", "multi_rater_agreement.json",
         "shift_rules.csv", "shift_windows.csv", "statistics_salespeople.json", "uk_income_tax_annual.csv",
         "uk_paye_cumulative.csv", "working_hours.json"}
# What the peer says and what hrctl says; None: no score.
DIFFERS = {"kr_progress 0→100 at nothing": ("0", None), "kr_progress 10→10 at 10": ("0", None),
           "okr_daily_series one series ends early, day 3": (30, 55), "okr_daily_series one series ends early, day 4": (40, 60)}


def table(heading, rows):
    return "\n".join([heading, *(",".join("" if c is None else str(c) for c in row) for row in rows)]) + "\n"


def case(name, peer, cycle, tables, expected, **more):
    """A policy test of one person P. `expected`: columns of the score."""
    tables = {"employees": "employee_id,job\nP," + more.pop("job", "") + "\n", **tables}
    return {"case": name, "use": [str(POLICIES / peer / "policy.yaml")], "cycle": cycle, "tables": tables,
            "expect": {"scores": [{"employee": "P", **expected}]}, **more}


def number(value, places=9):
    """Written with so many decimals, to which it is compared: write() takes the quotes away."""
    return None if value is None else f"#{float(value):.{places}f}"


def figure(name, peers):
    """The peer's figure, or hrctl's where they differ."""
    said, ours = DIFFERS.get(name, (peers, peers))
    if said != peers:
        raise ValueError(f"{name}: the peer says {peers}, not {said}")
    return number(ours)


def okr(key_results, checkins, cycle):
    """key_results: (id, objective, start, target); checkins: (id, day, value)."""
    return {"objectives": table("objective,cycle,owner", sorted({(k[1], cycle, "P") for k in key_results})),
            "key_results": table("key_result,objective,start,target", key_results),
            "checkins": table("key_result,date,value", checkins)}


def kr_progress():
    for r in rows_of(FOLDER / "kr_progress.csv"):
        name = f"kr_progress {r['start']}→{r['target']} at {r['current'] or 'nothing'}"
        if r["policy"] == "unclamped":
            facts = [("P", k, "2025", r[k]) for k in ("start", "target", "current") if r[k]]
            yield case(name, "okr-tracker", "peer", {"facts": table("subject,kpi,period,value", facts)},
                       {"kpi": figure(name, r["expected_pct"])})
        else:
            tables = okr([("k", "o", r["start"], r["target"])], [("k", "2025-12-01", r["current"])], "okr")
            yield case(name, "puzzle-okr", "okr", tables, {"okr": figure(name, r["expected_pct"])})


def okr_zones():
    for r in rows_of(FOLDER / "okr_zones.csv"):
        way = float(r["stretch"]) - float(r["baseline"])
        lines = [(float(r[k]) - float(r["baseline"])) / way for k in ("commit", "target")]
        if lines != [0.3, 0.7]:
            raise ValueError(f"okr_zones: lines at {lines}, not 0.3 and 0.7")
        tables = okr([("k", "o", r["baseline"], r["stretch"])], [("k", "2025-12-01", r["value"])], "okr")
        yield case(f"okr_zones {r['value']} of {r['baseline']}→{r['stretch']}", "puzzle-okr", "okr", tables, {"band": r["expected_zone"]})


def kpi_rating_piecewise():
    jobs = {("5", "10", ""): "up3", ("10", "5", ""): "down3", ("5", "10", "15"): "up4", ("10", "5", "2"): "down4"}
    for r in rows_of(FOLDER / "kpi_rating_piecewise.csv"):
        job = jobs[r["budget"], r["outstanding"], r["target_for_4"]]
        facts = table("subject,kpi,period,value", [("P", job, "2025-12", r["actual"])])
        yield case(f"kpi_rating {job} at {r['actual']}", "mbr-rating", "c", {"facts": facts},
                   {"score": number(r["expected_rating"], 4)}, job=job)


def leaves_of(tree):
    return [tree] if not isinstance(tree, dict) else [leaf for child in tree.values() for leaf in leaves_of(child)]


def nodes_of(tree):
    """(name, subtree) of every node that is no leaf."""
    inner = [(name, child) for name, child in tree.items() if isinstance(child, dict)]
    return inner + [node for _, child in inner for node in nodes_of(child)]


def goal_tree_rollup():
    cases = json.loads((FOLDER / "goal_tree_rollup.json").read_text(encoding="utf-8"))["cases"]
    for c in cases:
        if "tree" in c:
            parts = [(f"{c['case']}, {p}", leaves_of(tree), {"okr": number(c["expected"][p])}) for p, tree in nodes_of(c["tree"])]
        else:
            parts = [(f"status at {p}", [p], {"band": s.replace(" ", "-")}) for p, s in zip(c["progress"], c["expected"])]
        for name, values, expected in parts:
            ids = [f"k{i}" for i in range(len(values))]
            tables = okr([(i, "o", 0, 100) for i in ids], [(i, "2025-06-01", v) for i, v in zip(ids, values)], "goals")
            yield case(f"goal_tree {name}", "frappe-hrms", "goals", tables, expected)


def okr_daily_series():
    data = json.loads((FOLDER / "okr_daily_series.json").read_text(encoding="utf-8"))
    series = [(s["case"], date.fromisoformat(s["from"]),
               [("o", k["target"], k["history"]) for k in s["key_results"]], s["expected"]) for s in data["series"]]
    first = date(2023, 7, 1)
    for c in data["company_rollup"]:
        teams = [(f"o{i}", 100, [[str(first + timedelta(d)), v] for d, v in enumerate(team)]) for i, team in enumerate(c["teams"])]
        series.append((c["case"], first, teams, c["expected"]))
    for name, begin, key_results, expected in series:
        tables = okr([(f"k{i}", o, 0, target) for i, (o, target, _) in enumerate(key_results)],
                     [(f"k{i}", day, v) for i, (_, _, history) in enumerate(key_results) for day, v in history], "first")
        for day, peers in enumerate(expected):
            full = f"okr_daily_series {name}, day {day + 1}"
            yield case(full, "burning-okr", "first", tables, {"okr": figure(full, peers)},
                       as_of=str(begin + timedelta(day)))


def appraisal_scores():
    cases = json.loads((FOLDER / "appraisal_scores.json").read_text(encoding="utf-8"))["cases"]
    for c in cases:
        facts = []
        for kpi, values in (("goal", c.get("goal_scores_of_5")), ("self", c.get("self")), ("done", c.get("completion_pct")),
                            ("feedback", (c.get("feedback") or [None])[0])):
            facts += [("P", f"{kpi}_{i}", "2025", v) for i, v in enumerate(values or [], 1)]
        said = c["expected"]
        tables = {"facts": table("subject,kpi,period,value", facts)}
        if "error" in said:  # weights of 30 and 69.99, who rates themselves: tests/policy/peers/frappe-hrms has them
            continue
        goal_score = {"three parts": said.get("final"), "goals": said.get("goal_total"),
                      "self": said.get("self"), "completion": sum(said["score_pct"]) if "score_pct" in said else None}
        for job, score in goal_score.items():
            if score is not None:
                yield case(f"appraisal {c['case']}, {job}", "frappe-hrms", "peer", tables, {"score": number(score, 3)}, job=job)


def fiscal_quarters():
    for r in rows_of(FOLDER / "fiscal_quarters.csv"):
        cycle = "FY" + r["fiscal_year"].removeprefix("FY").replace("/", "-") + "-" + r["quarter"]
        facts = table("subject,kpi,period,value", [("P", "k", r["date"], 7)])
        yield case(f"fiscal_quarters {r['date']}", "fiscal-quarters", cycle, {"facts": facts}, {"kpi": number(7)})


def write(folder, name, cases):
    """One test file of the cases: JSON is YAML. Paths of `use` are relative to it."""
    for c in cases:
        c["use"] = [os.path.relpath(path, folder) for path in c["use"]]
    path = folder / f"{name}.yaml"
    text = json.dumps({"version": 1, "cases": cases}, ensure_ascii=False, indent=1)
    path.write_text(re.sub(r'"#(-?[0-9.]+)"', r"\1", text), encoding="utf-8")
    return path


def check(hrctl, folder, tally):
    folder.mkdir()
    checks = (kr_progress, okr_zones, kpi_rating_piecewise, goal_tree_rollup, okr_daily_series, appraisal_scores, fiscal_quarters)
    known = OTHER | {f"{c.__name__}{ext}" for c in checks for ext in (".csv", ".json")}
    forgotten = sorted(p.name for p in FOLDER.iterdir() if p.name not in known)
    tally.check(not forgotten, f"expected: neither checked nor set aside: {forgotten}")
    for rows in checks:
        cases = list(rows())
        done = subprocess.run([hrctl, "test", write(folder, rows.__name__, cases)], capture_output=True, text=True, check=False)
        all_passed = done.stdout.splitlines()[-1:] == [f"{len(cases)} passed, 0 failed"]
        tally.check(cases and all_passed, f"expected {rows.__name__}: {done.stdout}{done.stderr[:1000]}")
