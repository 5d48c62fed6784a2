#!/bin/bash
# From nothing to a scored year of a company of 500: installs what is missing, builds hrctl, runs the main job.
#   examples/quickstart.sh [--lang zh] [FOLDER]     FOLDER: where the workspace is made (default: a new folder in /tmp)
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
lang=en
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in zh*) lang=zh ;; esac
folder=""
while [ $# -gt 0 ]; do
  case $1 in
    --lang) lang=$2; shift 2 ;;
    *) folder=$1; shift ;;
  esac
done
say() { if [ "$lang" = zh ]; then printf '\n\033[1m%s\033[0m\n' "$2"; else printf '\n\033[1m%s\033[0m\n' "$1"; fi; }
[ -t 1 ] || say() { if [ "$lang" = zh ]; then printf '\n== %s\n' "$2"; else printf '\n== %s\n' "$1"; fi; }

say "1. Installing what is missing, and building (a few minutes the first time)" "1. 安装缺少的软件包并编译（首次需要几分钟）"
"$here/tools/install-packages.sh" build
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { cd "$here" && cmake --preset release -DHRCTL_TESTS=OFF -B build/quickstart && cmake --build build/quickstart --target hrctl; } >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  exit 1
fi
export PATH=$here/build/quickstart/cmd:$PATH HRCTL_LANG=$lang
unset HRCTL_STORE || true

[ -n "$folder" ] || folder=$(mktemp -d)/lanting
say "2. A workspace: definitions in YAML, a year of records in CSV" "2. 新建工作区：YAML 定义，CSV 一年数据"
hrctl init "$folder" --example company
cd "$folder"
say "3. Checking the definitions, and testing the policy" "3. 检查定义，运行策略测试"
hrctl check
hrctl test
say "4. Applying them, and importing the records (a few rows are spoilt on purpose)" "4. 应用定义并导入数据（有几行故意写错）"
hrctl apply --quiet
for table in org_units employees assignments leaves targets; do hrctl import $table data/$table.csv; done
hrctl import facts data/facts/*.csv --rejects facts-set-aside.csv
for table in objectives key_results checkins feedback; do hrctl import $table data/$table.csv; done
say "5. Scoring two half-years" "5. 为两个半年度计分"
hrctl score --cycle 2025H1
hrctl score --cycle 2025H2
say "6. What came out: units, the first of each centre, and one score explained" "6. 结果：各组织、各中心前三名、一个得分的来历"
hrctl report units --cycle 2025H2
echo
hrctl report ranking --cycle 2025H2 --where 'rank <= 3'
echo
hrctl report okr --cycle 2025H2 --where '!node.startsWith("kr-e") && !node.startsWith("o-e")'
echo
hrctl explain E0080 kpi/revenue --cycle 2025H2
hrctl report dashboard --cycle 2025H2 -o dashboard.html
say "Open $folder/dashboard.html in a browser: the half-year at a glance" "用浏览器打开 $folder/dashboard.html：半年度绩效一览"
say "The workspace is in $folder; try there: hrctl report scorecard E0080" "工作区在 $folder；可以试试：hrctl report scorecard E0080"
