#!/usr/bin/python3
"""Optional: the binary against real files that are not part of the project, where they lie beside it.

  check.py HRCTL [NAME…]      NAME: one of the data sets below

Looks for ../shared/data (or $HRCTL_REAL_DATA). What hrctl says is compared with a count of our own in Python, exact to
the last of nine decimals. Without the data it says so and passes.
"""
import pathlib
import sys
import tempfile
import time

import cn_fake_company
import cn_headings
import employees_db
import expected
import gbk
import hrdataset_v14
import ibm_attrition
import kpi_yaml
import multi_rater
import org_tree
import self_manager_ratings
import suggested
from workspace import DATA

from tally import Tally  # workspace.py knows where it lies

CHECKS = {m.__name__: m for m in (employees_db, org_tree, multi_rater, self_manager_ratings, hrdataset_v14, ibm_attrition,
                                 kpi_yaml, expected, gbk, cn_fake_company, cn_headings, suggested)}


def main():
    hrctl, names = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:] or CHECKS
    if not DATA.is_dir():
        print(f"skipped: {DATA} is not there")
        print("1 passed, 0 failed")
        return
    tally = Tally("real data")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            missing = [f for f in getattr(CHECKS[name], "NEEDS", (name,)) if not (DATA / f).is_dir()]
            if missing:
                print(f"skipped: {DATA / missing[0]} is not there")
                tally.check(True, name)
                continue
            begin = time.monotonic()
            try:
                CHECKS[name].check(hrctl, pathlib.Path(folder) / name, tally)
            except (ValueError, KeyError, IndexError) as error:  # what was printed is not what can be read on
                tally.check(False, f"{name} stopped: {error!r}")
            print(f"{name}: {time.monotonic() - begin:.1f} s")
    tally.finish()


if __name__ == "__main__":
    main()
