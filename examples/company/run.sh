#!/bin/sh
# The year from an empty store to two scored half-years. 从空库到两个半年度的评分。
set -eu
cd "$(dirname "$0")"
hrctl check
hrctl test
hrctl apply
for table in org_units employees assignments leaves targets; do
  hrctl import $table data/$table.csv
done
hrctl import facts data/facts/*.csv --rejects facts-set-aside.csv
for table in objectives key_results checkins feedback; do
  hrctl import $table data/$table.csv
done
hrctl score --cycle 2025H1
hrctl score --cycle 2025H2
hrctl report units --cycle 2025H2
hrctl report ranking --cycle 2025H2 --where 'rank <= 3'
hrctl explain E0080 --cycle 2025H2
hrctl report dashboard --cycle 2025H2 -o dashboard.html
echo "Open dashboard.html in a browser: $PWD/dashboard.html 用浏览器打开 dashboard.html"
