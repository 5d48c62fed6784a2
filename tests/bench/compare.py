"""The results of the reference job: hrctl's two reports against the two files of its specification, column by column.

hrctl has figures of 0 to 100, the specification shares of 1: within 1e-9 of a share they must agree. Progress of key results is the
exception: hrctl rounds progress to nine decimals, and again what is made of it (docs/spec/scoring.md), so 2e-9. Whether somebody's official
score, four decimals, is rounded up may then differ where the exact one lies on the line: whoever it is passes all who are tied there, and the ranks
of the others in that group may differ by as many as stand on a line.
"""
import collections
import csv

# the specification's column → hrctl's, its factor, tolerance
SCORES = {"kpi_score": ("kpi", 100, 1e-9), "okr_score": ("okr", 100, 2e-9), "fb_score": ("feedback", 20, 1e-9), "hybrid": ("score_exact", 100, 1e-9)}
ON_THE_LINE = 1e-3  # of a millionth, the specification's unit of order


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def near(ours, theirs, factor, tolerance):
    if ours == "" or theirs == "":
        return ours == theirs
    return abs(float(ours) / factor - float(theirs)) <= tolerance


def key_of(row):
    """The official score, four decimals, as a whole number."""
    return str(round(float(row["score"]) * 10_000)) if row["score"] else ""


def score_faults(ours, theirs):
    """Faults of everybody in service; people who differ on a rounding line, by group."""
    faults, on_line, ranked = [], collections.Counter(), []
    people = (row for row in rows_of(ours) if "not_eligible" not in row["reasons"])
    for a, b in zip(people, rows_of(theirs), strict=True):
        wrong = [name for name, (column, factor, tolerance) in SCORES.items() if not near(a[column], b[name], factor, tolerance)]
        if a["employee_id"] != b["employee_id"] or (b["hybrid"] and a["rank_group"] != b["unit_l2"]):
            wrong.append("employee_id or unit_l2")
        if key_of(a) != b["hybrid_key"]:
            place = float(b["hybrid"]) * 1e6 + 0.5
            if abs(place - round(place)) < ON_THE_LINE:
                on_line[b["unit_l2"]] += 1
            else:
                wrong.append("hybrid_key")
        elif a["rank"] != b["rank"] or not near(a["percentile"], b["percentile"], 1, 1e-9):
            ranked.append((b["employee_id"], b["unit_l2"], a["rank"], b["rank"]))
        faults += [f"{a['employee_id']}: {name}" for name in wrong]
    for employee, group, rank, other in ranked:
        if not rank or not other or abs(int(rank) - int(other)) > on_line[group] or on_line[group] == 0:
            faults.append(f"{employee}: rank or percentile")
    return faults, sum(on_line.values())


def unit_faults(ours, theirs, on_line):
    """The specification's mean is made of official scores here (see run.py), as hrctl's is."""
    units = sorted((row for row in rows_of(ours) if row["org_unit"]), key=lambda row: row["org_unit"])
    faults = []
    for a, b in zip(units, rows_of(theirs), strict=True):
        slack = 1e-9 + (1e-6 * 5 / max(1, int(b["n"])) if on_line else 0)  # hardly more than five of a unit on a line
        if a["org_unit"] != b["unit_id"] or a["rated"] != b["n"] or not near(a["score_mean"], b["mean_hybrid"], 100, slack):
            faults.append(f"unit {b['unit_id']}")
    return faults


def differences(scores, units, out):
    """What hrctl's two reports and the peer's files in the folder `out` disagree on; and how many stand on a rounding line."""
    faults, on_line = score_faults(scores, out / "scores.csv")
    return faults + unit_faults(units, out / "rollup.csv", on_line), on_line
