#!/usr/bin/env python3
"""What `explain` computes of one person alone is what it computes of the person among all: check_alone.py HRCTL ALONE

Of every person of every run of the examples and of random workspaces. These are imported twice, first with the cells of
their columns in another order: what an earlier import said of somebody must neither count nor be missed. ALONE is the
program of alone.cpp; [--count N] and [--seed N] say how many random workspaces, and which.
"""
import argparse
import pathlib
import random
import subprocess
import sys
import tempfile

from tally import ROOT, Tally

sys.path.insert(0, str(ROOT / "tests/property"))
import generate
from run import Failed, Workspace

# Of each table the columns that name others: shuffled among the rows.
NAMING = {"org_units": ["parent", "head_id"], "employees": ["org_unit", "job"], "objectives": ["owner"], "key_results": ["objective"]}


def shuffled(world, chance):
    """The world with its names in other places; None: it has none."""
    tables = {}
    for table, columns in NAMING.items():
        rows = [dict(row) for row in world["tables"].get(table, ())]
        for column in columns:
            cells = [row[column] for row in rows if column in row]
            chance.shuffle(cells)
            for row in rows:
                if column in row:
                    row[column] = cells.pop()
        if rows:
            tables[table] = rows
    return {**world, "tables": tables}


def import_shuffled(hrctl, folder, world, chance):
    """May be refused in part: names in other places are not always sound."""
    try:
        before = Workspace(hrctl, folder, shuffled(world, chance))
        before.run("apply", "--quiet")
        for table in before.world["tables"]:
            before.run("import", table, table + ".csv", "--quiet")
    except Failed:
        pass


class Again(Workspace):
    """Imports say why they move targets of a cycle that has begun: the first ones were others."""

    def run(self, *arguments):
        moves = arguments[0] == "import" and arguments[1] in ("targets", "objectives", "key_results")
        return super().run(*arguments, *(("--reason", "as it is") if moves else ()))


def random_store(hrctl, folder, seed):
    world = generate.world(seed)
    if seed % 2:
        import_shuffled(hrctl, folder, world, random.Random(seed))
    Again(hrctl, folder, world).fill().scores()
    return folder + "/hrctl.db"


def example_store(hrctl, folder, example):
    work = pathlib.Path(folder) / example
    subprocess.run([hrctl, "init", work, "--example", example], check=True, capture_output=True)
    subprocess.run(["sh", work / "run.sh"], env={"PATH": f"{hrctl.parent}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}, check=True, capture_output=True)
    return str(work / "hrctl.db")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hrctl", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("alone", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=30)
    options = parser.parse_args()
    tally = Tally("alone")
    with tempfile.TemporaryDirectory() as folder:
        stores = [example_store(options.hrctl, folder, example) for example in ("quickstart", "company")]
        for seed in range(options.seed, options.seed + options.count):
            try:
                stores.append(random_store(str(options.hrctl), f"{folder}/{seed}", seed))
            except Failed as e:
                tally.check(False, f"seed {seed}: {e}")
        done = subprocess.run([options.alone, *stores], capture_output=True, text=True, check=False)
    people = 0
    for line in done.stdout.splitlines():
        print(line)
        if " alone" in line:
            people += int(line.split(": ")[1].split()[0])
    tally.check(done.returncode == 0, f"{done.stdout[-2000:]}{done.stderr[-2000:]}")
    tally.check(people > 100, f"only {people} people were scored alone")
    tally.finish()


if __name__ == "__main__":
    main()
