#!/bin/sh
# Tests of what is compiled or written several times for several processors, as on one that has no vectors of 512 bits:
# valgrind plays such a one. The last line is: N passed, N failed
set -u
cd "$(dirname "$0")/../.." || exit 1
passed=0
failed=0
# run PROGRAM FILTER…: of doctest
run() {
  program=$1
  shift
  if out=$(valgrind --tool=none -q "build/release/tests/$program" "$@" 2>&1) && ! echo "$out" | grep -q "test cases: *0 "; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "$program $*: $out"
  fi
}
run unit_scoring -tc="means of KPIs*,progress*"
run unit_properties -tc="curves: many values*"
run unit_store -sf="*codec*"
run unit_ingest -tc="*marks*,*short numbers*"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
