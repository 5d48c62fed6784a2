#!/bin/sh
# The whole example from an empty store to a ranking. 从空库到排名，一次走完。
set -eu
cd "$(dirname "$0")"
hrctl check
hrctl test
hrctl apply
hrctl import org_units data/org_units.csv
hrctl import employees data/roster.csv --mapping roster
hrctl import assignments data/assignments.csv
hrctl import leaves data/leaves.csv
hrctl import facts data/facts.csv
hrctl import checkins data/checkins.csv
hrctl import feedback data/feedback.csv
hrctl score --cycle 2026H1
hrctl report ranking
hrctl report okr --cycle 2026H1
hrctl explain E003
hrctl report dashboard -o dashboard.html
echo "Open dashboard.html in a browser: $PWD/dashboard.html 用浏览器打开 dashboard.html"
