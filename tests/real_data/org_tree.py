"""An org chart of people: everybody is a unit of their own, so that the roll-up is the size of each one's team."""
import collections

from workspace import DATA, Workspace, rows_of

FILE = DATA / "org_tree" / "org_tree.csv"
DEFINITIONS = """version: 1
mappings:
  - id: chart
    for: org_units
    columns: {org_unit: id, parent: reports_to, name: role, head_id: id}
  - id: staff
    for: employees
    columns: {employee_id: id, job: role, manager_id: reports_to, org_unit: id, region: country}
  - id: departments
    for: employees
    columns: {employee_id: id, org_unit: departments}
"""


def check(hrctl, folder, tally):
    work = Workspace(hrctl, folder, tally, "org_tree", DEFINITIONS)
    people = {r["id"]: r for r in rows_of(FILE)}
    too_long = sum(":" in r["departments"] or len(r["departments"]) > 64 for r in people.values())
    said = work.run("import", "employees", str(FILE), "--mapping", "departments", "--dry-run", "--format", "json")
    work.same(f'"quarantined":{too_long},' in said, True, "paths of departments that cannot be ids of units are set aside")
    work.take("org_units", FILE, "--mapping", "chart", added=len(people))
    work.take("employees", FILE, "--mapping", "staff", added=len(people))

    reports = collections.defaultdict(list)
    for person, row in people.items():
        reports[row["reports_to"]].append(person)

    def team(person):
        return (person in people) + sum(map(team, reports[person]))

    def depth(person):
        return 1 + depth(people[person]["reports_to"]) if person in people else 0

    units = {r["org_unit"]: r for r in work.rows("report", "units")}
    work.same(set(units), set(people) | set(reports), "units: those listed and the 140 that are only named")
    work.same_all(((unit, (int(row["headcount"]), int(row["depth"]), row["parent"]),
                    (team(unit), depth(unit), people[unit]["reports_to"] if unit in people else ""))
                   for unit, row in units.items()), "size of the team, depth, manager")
