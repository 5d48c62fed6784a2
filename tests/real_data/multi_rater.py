"""2,042 soldiers rate the leaders of their 49 companies: the scale means in the file are the feedback figures."""
import collections
from fractions import Fraction

from workspace import DATA, Workspace, ranks, rows_of, snap

FILE = DATA / "multi_rater" / "lq2002.csv"
# scale: its items, the file's mean of them by company, what the answers range over, fewest raters
SCALES = {
    "lead": ([f"LEAD{i:02}" for i in range(1, 12)], "GLEAD", (1, 5), 3),
    "significance": ([f"TSIG{i:02}" for i in range(1, 4)], "GTSIG", (1, 5), 15),
    "hostile": ([f"HOSTIL{i:02}" for i in range(1, 6)], "GHOSTILE", (0, 4), 30),
}


def definitions(items, low_high, min_raters):
    columns = ", ".join(f"{item}: {item}" for item in items)
    return f"""version: 1
mappings:
  - id: answers
    for: feedback
    wide: true
    columns: {{employee_id: COMPID, rater_id: SUB, relation: {{default: report}}, {columns}}}
cycles:
  - {{id: y2002, from: 2002-01-01, to: 2002-12-31, period: year, plan: upward}}
plans:
  - id: upward
    components: {{feedback: 100}}
    feedback: {{groups: {{report: 100}}, scale: {list(low_high)}, min_raters: {min_raters}}}
    decimals: 4
    scale: halves
scales:
  - {{id: halves, bands: [{{id: High, from: 50}}, {{id: Low, from: 0}}]}}
"""


def expected_scores(rows, items, low, high, min_raters):
    """By company: 100 × (mean of the raters' means − low) / (high − low), or None under the fewest raters."""
    means = collections.defaultdict(list)
    for row in rows:
        means[row["COMPID"]].append(Fraction(sum(int(row[i]) for i in items), len(items)))
    return {company: snap(100 * (sum(m) / len(m) - low) / (high - low)) if len(m) >= min_raters else None
            for company, m in means.items()}


def check_scale(work, rows, items, mean_column, low_high, min_raters):
    companies = sorted({r["COMPID"] for r in rows})
    leaders = work.write("leaders.csv", "employee_id,hire_date\n" + "".join(f"{c},2000-01-01\n" for c in companies))
    work.take("employees", leaders, added=len(companies))
    work.take("feedback", FILE, "--mapping", "answers", added=len(rows) * len(items))
    work.run("score", "--cycle", "y2002")
    said = {r["employee_id"]: r for r in work.rows("report", "scores")}
    expected = expected_scores(rows, items, *low_high, min_raters)
    work.same(set(said), set(companies), "who is listed")
    rated = {c: snap(score, 4) for c, score in expected.items() if score is not None}
    in_file = {r["COMPID"]: Fraction(r[mean_column]) for r in rows}
    low, high = low_high
    place = ranks(rated)
    work.same_all(((c, abs(low + Fraction(said[c]["feedback"]) * (high - low) / 100 - in_file[c]) <= Fraction(1, 10**6), True)
                   for c in rated), f"the file's own {mean_column}")
    work.same_all(((c, said[c]["feedback"], figure) for c, figure in expected.items()), f"feedback from {mean_column}")
    work.same_all(((c, said[c]["percentile"], place[c][1]) for c in rated), "percentile")
    work.same_all(((c, (said[c]["score"], said[c]["band"], said[c]["rank"]),
                    (f"{float(score):.4f}", "High" if score >= 50 else "Low", str(place[c][0])))
                   for c, score in rated.items()), "score, band, rank")
    if len(rated) < len(expected):
        work.same_all(((c, tuple(said[c][k] for k in ("status", "reasons", "flags", "score", "band", "rank")),
                        ("not_rated", "no_data", "reweighted;suppressed", "", "", ""))
                       for c in expected if c not in rated), "companies with too few raters")


def check(hrctl, folder, tally):
    folder.mkdir()
    rows = rows_of(FILE)
    for name, (items, mean_column, low_high, min_raters) in SCALES.items():
        work = Workspace(hrctl, folder / name, tally, f"multi_rater {name}", definitions(items, low_high, min_raters))
        check_scale(work, rows, items, mean_column, low_high, min_raters)
