#!/bin/sh
# The reference job with hrctl beside DuckDB, in one run on one machine: a Markdown table with ratios. See README.md.
#
#   tests/bench/run.sh [HRCTL] [--sizes 100000,1000000] [--runs 5] [--growth 10000,100000,1000000] [--write FILE]
#
# HRBENCH is the folder with the job's specification (default: ../shared/bench beside this repository); without it there is
# nothing to run. HRBENCH_TMP takes data and results (default: /tmp/hrbench).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
bench=${HRBENCH:-$top/../shared/bench}
scratch=${HRBENCH_TMP:-/tmp/hrbench}
if [ ! -f "$bench/SPEC.md" ]; then
  echo "skipped: no specification of the job in $bench (set HRBENCH)"
  exit 0
fi
hrctl=$top/build/release/cmd/hrctl
case ${1:-} in '' | --*) ;; *) hrctl=$1; shift ;; esac
HRBENCH_TMP=$scratch SIZES=10000 sh "$bench/setup.sh" >&2
exec python3 "$here/run.py" "$bench" "$scratch" "$hrctl" "$@"
