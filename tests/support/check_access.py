#!/usr/bin/python3
"""What a viewer may see, and all of it: check_access.py HRCTL [WORKSPACES]

Random companies (units, managers, circles, leavers, moves) with random lists `access`. Who may see which figures of whom
is worked out here, from the rules as docs/spec/access.md words them and from the same records; then every report is
asked for `--as` several viewers and compared with what it prints without: nothing more than the viewer may see, and
nothing less.
"""
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from tally import Tally

HRCTL = pathlib.Path(sys.argv[1]).resolve()
WORKSPACES = int(sys.argv[2]) if len(sys.argv) > 2 else 6
TODAY = "2026-07-15"
FIELDS = ("score", "band", "kpi", "okr", "feedback", "coverage", "reasons", "recognitions", "pay")
FIGURES = set(FIELDS) - {"recognitions", "pay"}
COLUMNS = {"score": "score", "raw_score": "score", "score_exact": "score", "rank": "score", "percentile": "score",
           "band": "band", "coefficient": "band", "kpi": "kpi", "okr": "okr", "feedback": "feedback",
           "coverage": "coverage", "reasons": "reasons", "flags": "reasons", "ranked": None}  # None: nobody's, told to those who see all
STEPS = {"score": set(), "components": set(), "service": {"reasons"}, "plan": {"reasons"}, "kpi": {"kpi"}, "okr": {"okr"},
         "feedback": {"feedback"}, "coverage": {"coverage"}, "raw": {"score"}, "adjustments": {"score"}, "limits": {"score"},
         "vetoes": {"score", "band"}, "rounding": {"score"}, "band": {"band"}, "rank": {"score"}, "distribution": {"band"},
         "calibration": {"band"}}
SAYS = {"raw": {"score", "kpi", "okr", "feedback"}, "band": {"score", "band"}, "distribution": {"score", "band"}}  # more than STEPS
CUT = "not shown to this viewer"


class Company:
    def __init__(self, seed, folder):
        self.random = random.Random(seed)
        self.folder = folder
        self.units = self.make_units()
        self.people = self.make_people()
        self.heads = {u: self.random.choice([*self.people, ""]) for u in self.units}
        self.moves = self.make_moves()
        self.rules = self.make_rules()
        self.owners = self.make_owners()
        self.write()

    def make_units(self):
        names = [f"U{i}" for i in range(self.random.randint(2, 7))]
        return {name: self.random.choice(names[:i]) if i and self.random.random() < 0.85 else "" for i, name in enumerate(names)}

    def make_people(self):
        ids = [f"P{i:02}" for i in range(self.random.randint(5, 12))]
        people = {}
        for i, person in enumerate(ids):
            leads = ids[:i] if self.random.random() < 0.9 else [p for p in ids if p != person]  # at times a circle
            people[person] = {
                "employee_id": person, "name": f"Name {person}", "org_unit": self.random.choice([*self.units, *self.units, ""]),
                "manager_id": self.random.choice(leads) if leads and self.random.random() < 0.85 else "",
                "job": self.random.choice(("Rep", "Rep", "Manager", "HRBP", "Board")), "grade": self.random.choice(("P1", "P2")),
                "hire_date": "2020-01-01", "termination_date": "2026-05-31" if self.random.random() < 0.12 else "",
                "base_salary": str(100 * (i + 1)) if self.random.random() < 0.8 else "", "currency": "CNY"}
        return people

    def make_moves(self):
        """Some people have been elsewhere, or will be."""
        moves = []
        for person, row in self.people.items():
            if row["termination_date"] or self.random.random() < 0.7:
                continue
            day = self.random.choice(("2026-03-01", "2026-09-01"))
            last = {"2026-03-01": "2026-02-28", "2026-09-01": "2026-08-31"}[day]
            for begin, end in (("2020-01-01", last), (day, "")):
                moves.append({"employee_id": person, "from": begin, "to": end, "org_unit": self.random.choice([*self.units]),
                              "manager_id": self.random.choice([p for p in self.people if p != person]),
                              "job": self.random.choice(("Rep", "Manager", "HRBP"))})
        return moves

    def make_rules(self):
        rules = []
        for _ in range(self.random.randint(1, 5)):
            rule = {"viewer": self.random.choice(("true", "true", *((key, value) for key, value in (
                ("job", "Rep"), ("job", "Manager"), ("job", "HRBP"), ("grade", "P1"), ("org_unit", "U0"), ("org_unit", "U1"))))),
                "sees": self.random.choice(("own", "reports", "unit", "all"))}
            if self.random.random() < 0.7:
                rule["fields"] = self.random.sample(FIELDS, self.random.randint(1, len(FIELDS)))
            rules.append(rule)
        return rules

    def make_owners(self):
        owners = {"o-company": "company"}
        owners |= {f"o-{u.lower()}": f"unit:{u}" for u in self.units if self.random.random() < 0.8}
        return owners | {f"o-{p.lower()}": p for p in self.people if self.random.random() < 0.6}

    # --- who sees what, by the rules as they are worded

    def position(self, person):
        """Of today: in force, else the last before, else the first after. With whether it is in force."""
        moves = sorted((m for m in self.moves if m["employee_id"] == person), key=lambda m: m["from"])
        if not moves:
            row = self.people[person]
            return row, not row["termination_date"] or row["termination_date"] >= TODAY
        before = [m for m in moves if m["from"] <= TODAY]
        at = before[-1] if before else moves[0]
        return {**self.people[person], **at}, at["from"] <= TODAY and (not at["to"] or at["to"] >= TODAY)

    def above(self, unit):
        while unit:
            yield unit
            unit = self.units[unit]

    def sees(self, rule, viewer, person):
        if rule["sees"] == "all":
            return True
        if rule["sees"] == "own":
            return viewer == person
        if rule["sees"] == "unit":
            unit = self.position(viewer)[0]["org_unit"]
            return bool(unit) and unit in self.above(self.position(person)[0]["org_unit"])
        known = set()
        manager = self.position(person)[0]["manager_id"]
        while manager in self.people and manager not in known:
            if manager == viewer:
                return True
            known.add(manager)
            manager = self.position(manager)[0]["manager_id"]
        return False

    def sight(self, viewer):
        """Fields by person, of those of whom any is seen."""
        at, in_service = self.position(viewer)
        fits = [r for r in self.rules if in_service and (r["viewer"] == "true" or at[r["viewer"][0]] == r["viewer"][1])]
        seen = {p: set().union(*(r.get("fields", set(FIELDS) - {"pay"}) for r in fits if self.sees(r, viewer, p))) for p in self.people}
        return {p: fields for p, fields in seen.items() if fields}, set().union(*(
            r.get("fields", set(FIELDS) - {"pay"}) for r in fits if r["sees"] == "all"))

    def unit_fields(self, seen, everybody, unit):
        return everybody.union(*(fields for p, fields in seen.items() if unit in self.above(self.position(p)[0]["org_unit"])))

    # --- the workspace

    def write(self):
        def table(name, columns, rows):
            lines = [",".join(columns), *(",".join(row[c] for c in columns) for row in rows)]
            (self.folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

        def owner(text):
            return "{company: true}" if text == "company" else f"{{unit: {text[5:]}}}" if text.startswith("unit:") else f"{{employee: {text}}}"

        condition = {True: lambda v: "'true'", False: lambda v: f"'{v[0]} == \"{v[1]}\"'"}
        access = "".join(f"  - {{viewer: {condition[r['viewer'] == 'true'](r['viewer'])}, sees: {r['sees']}"
                         + (f", fields: [{', '.join(r['fields'])}]" if "fields" in r else "") + "}\n" for r in self.rules)
        parents = list(self.owners)
        objectives = "".join(
            f"  - {{id: {o}, cycle: H1, owner: {owner(text)}, title: T{i}"
            + (f", supports: {self.random.choice(parents[:i])}" if i and self.random.random() < 0.7 else "")
            + f", key_results: [{{id: kr-{o}, start: 0, target: 10}}]}}\n" for i, (o, text) in enumerate(self.owners.items()))
        (self.folder / "hrctl.yaml").write_text("version: 1\n", encoding="utf-8")
        (self.folder / "policy.yaml").write_text(f"""version: 1
kpis: [{{id: points, curve: value}}, {{id: calls, curve: value}}]
curves: [{{id: value, points: [[0, 0], [200, 200]], of: value}}]
scorecards: [{{id: all, kpis: [{{kpi: points, weight: 70}}, {{kpi: calls, weight: 30}}]}}]
objectives:
{objectives}cycles: [{{id: H1, from: 2026-01-01, to: 2026-06-30, plan: p}}]
plans:
  - {{id: p, components: {{kpi: 60, okr: 30, feedback: 10}}, feedback: {{groups: {{manager: 100}}, min_raters: 1}}, min_coverage: 75, eligibility: {{in_service_on: cycle_end}}, scale: s}}
scales: [{{id: s, bands: [{{id: A, from: 80, coefficient: 1.5}}, {{id: B, from: 50, coefficient: 1}}, {{id: C, from: 0, coefficient: 0}}]}}]
access:
{access}""", encoding="utf-8")
        table("org_units", ("org_unit", "parent", "head_id"), [{"org_unit": u, "parent": p, "head_id": self.heads[u]} for u, p in self.units.items()])
        table("employees", list(next(iter(self.people.values()))), self.people.values())
        table("assignments", ("employee_id", "from", "to", "org_unit", "manager_id", "job"), self.moves)
        number = lambda: str(self.random.randint(1, 150))
        table("facts", ("subject", "kpi", "period", "value"),
              [{"subject": p, "kpi": k, "period": m, "value": number()} for p in self.people for k in ("points", "calls")
               for m in ("2026-02", "2026-04") if self.random.random() < 0.8])
        table("checkins", ("key_result", "date", "value"),
              [{"key_result": f"kr-{o}", "date": "2026-06-15", "value": str(self.random.randint(0, 10))} for o in self.owners])
        table("feedback", ("employee_id", "rater_id", "relation", "rating"),
              [{"employee_id": p, "rater_id": "P00", "relation": "manager", "rating": str(self.random.randint(1, 5))}
               for p in self.people if self.random.random() < 0.7])
        table("recognitions", ("employee_id", "date", "kind"), [{"employee_id": p, "date": "2026-05-01", "kind": "prize"} for p in self.people])
        self.must("-q", "apply")
        for name in ("org_units", "employees", "assignments", "facts", "checkins", "feedback", "recognitions"):
            if name != "assignments" or self.moves:
                self.must("-q", "import", name, f"{name}.csv")
        self.must("-q", "score", "--cycle", "H1")

    def run(self, *words):
        environment = dict(os.environ, HRCTL_TEST_CLOCK=f"{TODAY}T08:00:00Z", LC_ALL="C.UTF-8")
        return subprocess.run([HRCTL, *words], cwd=self.folder, env=environment, capture_output=True, text=True, check=False)

    def must(self, *words):
        done = self.run(*words)
        if done.returncode:
            raise SystemExit(f"FAILED access: hrctl {' '.join(words)}: {done.stderr}\n0 passed, 1 failed")
        return done.stdout

    def report(self, *words):
        """The JSON, or None where it is refused."""
        done = self.run(*words, "--format", "json")
        return json.loads(done.stdout) if done.returncode == 0 else None if done.returncode == 3 else {"exit": done.returncode, "said": done.stderr}


def cut_row(row, fields):
    """A row of somebody, with what is not among the fields taken out."""
    gone = {c for c, field in COLUMNS.items() if c in row and field not in fields}
    return {c: ([] if isinstance(v, list) else None) if c in gone else v for c, v in row.items()}


def cut_steps(rows, fields):
    """Rows of an explanation of somebody."""
    left = []
    for row in rows:
        head = row["node"].split("/")[0].split("@")[0]
        if not STEPS[head] <= fields:
            continue
        row = dict(row)
        if head == "score" and "score" not in fields:
            row["value"] = None
        if head == "score" and "reasons" not in fields:
            row["status"] = None
        if not SAYS.get(head, STEPS[head]) <= fields:
            row["step"] = CUT
        left.append(row)
    return left


class Check:
    def __init__(self, tally, company, seed):
        self.tally, self.company, self.seed = tally, company, seed
        self.scores = {r["employee_id"]: r for r in company.report("report", "scores")["rows"]}
        self.okr = company.report("report", "okr")["rows"]
        self.dashboard = company.report("report", "dashboard", "--min-shown", "1")["sections"]

    def same(self, viewer, what, found, wanted):
        self.tally.check(found == wanted, f"workspace {self.seed}: {what} --as {viewer}:\n  printed {found}\n  allowed {wanted}")

    def view(self, viewer):
        seen, everybody = self.company.sight(viewer)
        scores = self.company.report("report", "scores", "--as", viewer)
        if not seen and not everybody:
            return self.same(viewer, "scores", scores, None)
        self.same(viewer, "scores", scores and scores["rows"], [cut_row(r, seen[p]) for p, r in self.scores.items() if p in seen])
        self.same(viewer, "the name of the viewer", scores and scores["viewer"], viewer)
        self.check_ranking(viewer, seen)
        wanted = self.check_okr(viewer, seen, everybody)
        self.check_dashboard(viewer, seen, everybody, wanted)
        self.check_units(viewer, seen)
        self.check_analyses(viewer, seen, everybody)
        for person in self.company.people:
            self.check_person(viewer, person, seen, everybody)

    def check_ranking(self, viewer, seen):
        ranked = {p: cut_row(self.scores[p], seen[p]) for p in seen if p in self.scores and "score" in seen[p] and self.scores[p]["rank"]}
        rows = self.company.report("report", "ranking", "--as", viewer)["rows"]
        self.same(viewer, "ranking", [r["employee_id"] for r in rows], sorted(ranked, key=lambda p: ranked[p]["rank"]))
        for row in rows:
            self.same(viewer, "ranking", row, {key: ranked[row["employee_id"]][key] for key in row})

    def check_okr(self, viewer, seen, everybody):
        def allowed(owner):
            if owner == "company":
                return True
            if owner.startswith("unit:"):
                return "okr" in self.company.unit_fields(seen, everybody, owner[5:])
            return "okr" in seen.get(owner, everybody)

        rows = self.company.report("report", "okr", "--as", viewer)["rows"]
        wanted = {r["node"]: r for r in self.okr if allowed(self.company.owners[r["node"].removeprefix("kr-")])}
        self.same(viewer, "okr", sorted(r["node"] for r in rows), sorted(wanted))
        for row in rows:  # where it hangs may differ
            self.same(viewer, "okr", {k: v for k, v in row.items() if k not in ("parent", "depth")},
                      {k: v for k, v in wanted.get(row["node"], {}).items() if k not in ("parent", "depth")})
            self.tally.check(row["parent"] is None or row["parent"] in wanted, f"workspace {self.seed}: okr --as {viewer}: {row['parent']} is not seen")
        return set(wanted)

    def check_dashboard(self, viewer, seen, everybody, objectives):
        found = self.company.report("report", "dashboard", "--min-shown", "1", "--as", viewer)["sections"]
        same = lambda what, printed, allowed: self.same(viewer, f"dashboard, {what}", printed, allowed)
        rows = lambda section: found[section]["rows"]
        within = lambda section, field: [r for r in self.dashboard[section]["rows"] if field in seen.get(r["employee_id"], ())]
        of = lambda row: {k: v for k, v in row.items() if k != "warnings"}  # how many depends on what is seen
        whole = [of(r) for r in self.dashboard["people"]["rows"] if r["employee_id"] in seen]
        same("people", [of(r) for r in rows("people")], [cut_row(r, seen[r["employee_id"]]) for r in whole])
        same("KPIs of people", rows("person_kpis"), within("person_kpis", "kpi"))
        same("okr", {r["node"] for r in rows("okr")}, objectives)
        for section in ("stale", "guardrails"):
            nodes = {r["node"] for r in self.dashboard[section]["rows"]}
            same(section, {r["node"] for r in rows(section)}, nodes & objectives)
        warned = {r["employee_id"] for r in self.dashboard["attention"]["rows"]}
        self.tally.check({r["employee_id"] for r in rows("attention")} <= warned & set(seen), f"workspace {self.seed}: dashboard --as {viewer}: attention")
        headline = rows("headline")[0]
        same("people, how many", headline["people"], len(whole))
        for key in ("score", "kpi", "okr", "feedback", "coverage"):
            figures = [self.scores[p][key] for p in self.figures(seen, key)]
            mean = headline[key]
            self.tally.check(mean is None if not figures else mean is not None and abs(mean - sum(figures) / len(figures)) < 1e-6,
                             f"workspace {self.seed}: dashboard --as {viewer}: mean {key} is {mean}, of {figures}")
        progress = [r["progress"] for r in self.okr if r["type"] == "objective" and r["node"] in objectives and r["progress"] is not None]
        mean = headline["okr_progress"]
        self.tally.check(mean is None if not progress else mean is not None and abs(mean - sum(progress) / len(progress)) < 1e-6,
                         f"workspace {self.seed}: dashboard --as {viewer}: progress is {mean}, of {progress}")
        same("distribution", sum(r["n"] for r in rows("distribution")), len(self.figures(seen, "score")))
        same("bands", sum(r["n"] for r in rows("bands")), len([p for p in self.figures(seen) if "band" in seen.get(p, ()) and self.scores[p]["band"]]))
        same("coverage", sum(r["rated"] + r["not_rated"] for r in rows("coverage")), len([r for r in whole if "coverage" in seen[r["employee_id"]]]))
        measured = sum(r["n"] or 0 for r in rows("steadiness"))
        same("steadiness", measured, len({(r["employee_id"], r["kpi"]) for r in within("person_kpis", "kpi")}))

    def check_units(self, viewer, seen):
        rows = {r["org_unit"]: r for r in self.company.report("report", "units", "--as", viewer)["rows"]}
        on = lambda p, day: self.at(p, day)
        for unit in [*self.company.units, None]:
            here = [p for p in seen if on(p, "2026-06-30") and self.within(on(p, "2026-06-30")["org_unit"], unit)]
            scored = [self.scores[p] for p in seen if p in self.scores and self.within(self.scores[p]["org_unit"] or "", unit)]
            if not here and not scored:
                self.same(viewer, f"units: {unit}", unit in rows, False)
                continue
            row = rows.get(unit) or {}
            paid = [int(self.company.people[p]["base_salary"]) for p in here if "pay" in seen[p] and self.company.people[p]["base_salary"]]
            self.same(viewer, f"units: headcount of {unit}", row.get("headcount"), len(here))
            self.same(viewer, f"units: pay of {unit}", row.get("salary_total"), sum(paid) if paid else None)
            rated = [r for r in scored if r["status"] == "rated"]
            self.same(viewer, f"units: rated of {unit}", row.get("rated"), len(rated))
            for key in ("score", "kpi", "okr", "feedback", "coverage"):
                figures = [r[key] for r in rated if key in seen[r["employee_id"]] and r[key] is not None]
                mean = row.get(f"{key}_mean")
                self.tally.check(mean is None if not figures else mean is not None and abs(mean - sum(figures) / len(figures)) < 0.01,
                                 f"workspace {self.seed}: units --as {viewer}: {key}_mean of {unit} is {mean}, of {figures}")

    def at(self, person, day):
        moves = [m for m in self.company.moves if m["employee_id"] == person]
        if moves:
            return next((m for m in moves if m["from"] <= day and (not m["to"] or day <= m["to"])), None)
        row = self.company.people[person]
        return row if not row["termination_date"] or day <= row["termination_date"] else None

    def within(self, unit, of):
        return (of or "") in (self.company.above(unit) if of else [unit])

    def figures(self, seen, *keys):
        return [p for p, r in self.scores.items() if r["status"] == "rated" and all(r[k] is not None and k in seen.get(p, ()) for k in keys)]

    def check_analyses(self, viewer, seen, everybody):
        def sums(report, key="n"):
            return None if report is None else sum(r[key] or 0 for r in report["rows"])

        for key in ("score", "kpi", "okr", "feedback", "coverage"):
            people = self.figures(seen, key)
            found = self.company.report("report", "compare", "--by", "job", "--measure", key, "--min-shown", "1", "--as", viewer)
            self.same(viewer, f"compare {key}", sums(found), len(people) or None)
            found = self.company.report("report", "distribution", "--measure", key, "--min-shown", "1", "--as", viewer)
            rows = found and [r for r in found["rows"] if r["section"] == "quantiles"]
            self.same(viewer, f"distribution {key}", rows and rows[0]["n"], len(people) or None)
            bands = [r for r in found["rows"] if r["section"] == "band"] if found else []
            with_band = [p for p in people if "band" in seen[p] and self.scores[p]["band"]]
            self.same(viewer, f"distribution {key}, bands", sum(r["n"] for r in bands), len(with_band))
        people = [p for p in self.figures(seen) if "kpi" in seen.get(p, ()) and self.company.facts_of(p)]
        found = self.company.report("report", "compare", "--by", "job", "--measure", "points", "--min-shown", "1", "--as", viewer)
        self.same(viewer, "compare points", sums(found), len(people) or None)
        found = self.company.report("report", "correlation", "--measures", "kpi,feedback", "--min-shown", "1", "--as", viewer)
        self.same(viewer, "correlation", found["rows"][0]["n"] or 0, len(self.figures(seen, "kpi", "feedback")))
        found = self.company.report("report", "stability", "--measures", "points", "--min-shown", "1", "--as", viewer)
        has = {p for p in self.company.people if self.company.facts_of(p) and "kpi" in seen.get(p, ())}
        self.same(viewer, "stability", found is None, not has)
        self.same(viewer, "calibration", self.company.report("report", "calibration", "--as", viewer) is None, not FIGURES <= everybody)

    def check_person(self, viewer, person, seen, everybody):
        fields = seen.get(person, everybody)
        explained = self.company.report("explain", person, "--as", viewer)
        whole = self.company.report("explain", person)
        if whole is None or not fields:  # not in the run, or not seen
            self.same(viewer, f"explain {person}", explained, None)
        else:
            self.same(viewer, f"explain {person}", explained and explained["rows"], cut_steps(whole["rows"], fields))
        scorecard = self.company.report("report", "scorecard", person, "--as", viewer)
        whole = self.company.report("report", "scorecard", person)
        if whole is None or not fields:
            self.same(viewer, f"scorecard {person}", scorecard, None)
        else:
            heads = lambda row: row["node"].split("/")[0].split("@")[0]
            wanted = [{**r, "score": r["score"] if "score" in fields or r["node"] != "score" else None,
                       "status": r["status"] if "reasons" in fields or r["node"] != "score" else None}
                      for r in whole["rows"] if STEPS[heads(r)] <= fields]
            self.same(viewer, f"scorecard {person}", scorecard and scorecard["rows"], wanted)
            self.same(viewer, f"scorecard {person}, above", {k: scorecard[k] for k in ("score", "band", "coverage")},
                      {k: whole[k] if k in fields else None for k in ("score", "band", "coverage")})
        self.check_dossier(viewer, person, seen, fields)
        advice = self.company.report("report", "advice", person, "--as", viewer)
        self.same(viewer, f"advice {person}", advice is None, person not in self.scores or not FIGURES <= fields)

    def check_dossier(self, viewer, person, seen, fields):
        found = self.company.report("report", "dossier", person, "--min-shown", "1", "--as", viewer)
        if not fields:
            return self.same(viewer, f"dossier {person}", found, None)
        whole = self.company.report("report", "dossier", person, "--min-shown", "1")["sections"]
        sections = found["sections"]
        self.same(viewer, f"dossier {person}, cycles", sections["cycles"]["rows"], [cut_row(r, fields) for r in whole["cycles"]["rows"]])
        for key in ("person", "spells"):
            self.same(viewer, f"dossier {person}, {key}", sections[key]["rows"], whole[key]["rows"])
        for key in ("feedback", "recognitions"):
            self.same(viewer, f"dossier {person}, {key}", sections[key]["rows"], whole[key]["rows"] if key in fields else [])
        self.same(viewer, f"dossier {person}, key results", sections["key_results"]["rows"], whole["key_results"]["rows"] if "okr" in fields else [])
        self.same(viewer, f"dossier {person}, explanation", sections["explanation"]["rows"], cut_steps(whole["explanation"]["rows"], fields))
        own = self.scores.get(person)
        for row in sections["peers"]["rows"]:
            key = row["measure"]
            peers = [p for p in self.figures(seen, key) if p != person and "score" in seen[p]  # by their rank
                     and all(self.scores[p][k] == own[k] for k in ("job", "grade"))]
            self.same(viewer, f"dossier {person}, peers by {key}", row["peers"], len(peers))
            self.same(viewer, f"dossier {person}, own {key}", row["own"], own[key] if key in fields else None)


def page_of(company, *words):
    company.must("report", *words, "-o", "page.html")
    return (company.folder / "page.html").read_text(encoding="utf-8")


def check_site(tally, company, scores, seed):
    """Each page is there for whom it should be, and has what its viewer may see."""
    company.must("-q", "report", "site", "pages")
    pages = company.folder / "pages"
    for person in company.people:
        seen, _ = company.sight(person)
        path = pages / "people" / f"{person}.html"
        if tally.check(path.exists() == (person in seen), f"workspace {seed}: the page of {person} is {'' if path.exists() else 'not '}there") and path.exists():
            same = path.read_text(encoding="utf-8") == page_of(company, "dossier", person, "--as", person)
            tally.check(same, f"workspace {seed}: the page of {person} is not the dossier --as {person}")
    for unit, head in company.heads.items():
        seen = company.sight(head)[0] if head else {}
        here = sorted(p for p in seen if unit in company.above(company.position(p)[0]["org_unit"]))
        path = pages / "units" / f"{unit}.html"
        if tally.check(path.exists() == bool(here), f"workspace {seed}: the page of {unit} is {'' if path.exists() else 'not '}there") and path.exists():
            table = path.read_text(encoding="utf-8").split('aria-labelledby="scores-head"', 1)[1].split("</section>")[0]
            found = re.findall(r'<th scope="row"[^>]*>(P[0-9]+)</th>', table)
            tally.check(found == [p for p in here if p in scores], f"workspace {seed}: the page of {unit}, for {head}, has {found}, may have {here}")


def facts_of(self, person):
    lines = (self.folder / "facts.csv").read_text(encoding="utf-8").splitlines()
    days = {"2026-02": ("2026-02-01", "2026-02-28"), "2026-04": ("2026-04-01", "2026-04-30")}
    return [line for line in lines if line.startswith(f"{person},points,") and days.get(line.split(",")[2])]


Company.facts_of = facts_of


def check(seed):
    tally = Tally("access")
    with tempfile.TemporaryDirectory() as folder:
        company = Company(seed, pathlib.Path(folder))
        check_of = Check(tally, company, seed)
        check_site(tally, company, check_of.scores, seed)
        for viewer in company.random.sample(list(company.people), min(4, len(company.people))):
            try:
                check_of.view(viewer)
            except (KeyError, TypeError) as error:  # refused, or without a member that it has
                tally.check(False, f"workspace {seed}: a report --as {viewer} is not there: {error!r}")
    return tally


def main():
    all_of = Tally("access")
    with ThreadPoolExecutor(2) as pool:
        for tally in pool.map(check, range(1, WORKSPACES + 1)):
            all_of.passed += tally.passed
            all_of.failed += tally.failed
    all_of.finish()


if __name__ == "__main__":
    main()
