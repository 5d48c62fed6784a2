#!/usr/bin/python3
"""guard.py HRCTL: has the whole job become slower? Counted in instructions, which other work on a machine does not change.

20,000 people with 40 facts each (company.py), files to reports in one command on one thread, under valgrind. instructions.txt has the number
that it took; 5 % more fails. After a change that is meant to cost that, or saves as much: guard.py HRCTL --accept.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

import company

PEOPLE, TOLERANCE = 20_000, 0.05
STORED = pathlib.Path(__file__).with_name("instructions.txt")


def instructions_of_the_job(hrctl, folder):
    company.write_company(folder, PEOPLE)
    (folder / "hrctl.yaml").write_text("version: 1\n")
    (folder / "definitions.yaml").write_text(company.definitions())
    told = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder / 'calls'}", hrctl, "-C", folder, "score", "--cycle", "y2025",
                           "--data", folder, "--threads", "1", "-q", "-o", folder / "scores.csv", "--units", folder / "units.csv"],
                          capture_output=True, text=True, check=False)
    counted = re.search(r"Collected *: (\d+)", told.stderr)
    if told.returncode or not counted:
        sys.exit(told.stderr)
    return int(counted[1])


def main():
    with tempfile.TemporaryDirectory() as folder:
        now = instructions_of_the_job(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(folder))
    if "--accept" in sys.argv:
        STORED.write_text(f"{now}\n")
    before = int(STORED.read_text())
    change = now / before - 1
    print(f"{now / 1e6:.0f} million instructions, {100 * change:+.1f} % against instructions.txt")
    if change < -TOLERANCE:
        print("faster: keep it so with guard.py HRCTL --accept")
    if change > TOLERANCE:
        sys.exit("slower by more than 5 %: look where with callgrind_annotate; when it is worth it, guard.py HRCTL --accept")


if __name__ == "__main__":
    main()
