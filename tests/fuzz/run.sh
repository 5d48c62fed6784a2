#!/bin/bash
# Builds the fuzz targets and lets each run for some seconds, from the inputs kept here. The last line: N passed, N failed
#
#   tests/fuzz/run.sh SECONDS [TARGET…]    default: 20 seconds, all targets
#
# What made a target stop is written to build/asan/found/: make it small with -minimize_crash=1, mend the fault, and keep
# the input in tests/fuzz/corpus/TARGET.
set -u
cd "$(dirname "$0")/../.." || exit 1
seconds=${1:-20}
shift || true
targets=${*:-table packed workbook mapping definitions expression}
launcher=""
command -v ccache >/dev/null 2>&1 && launcher=-DCMAKE_CXX_COMPILER_LAUNCHER=ccache
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
if ! { cmake --preset asan $launcher && cmake --build build/asan --target $(printf 'fuzz_%s ' $targets); } >"$log/build" 2>&1; then
  tail -n 60 "$log/build"
  echo "0 passed, 1 failed"
  exit 1
fi

# Folders with inputs: those kept for it, and files of its kind elsewhere in the tree.
corpora() {
  [ -d "tests/fuzz/corpus/$1" ] && echo "tests/fuzz/corpus/$1"
  case $1 in definitions) echo tests/data/definitions tests/data/policy-test tests/data/settings tests/data/custom-report tests/policy ;; esac
}

dictionary() {
  [ -f "tests/fuzz/$1.dict" ] && echo "-dict=tests/fuzz/$1.dict"
}

passed=0
failed=0
mkdir -p build/asan/found
for target in $targets; do
  mkdir -p "$log/$target"
  if ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 "build/asan/tests/fuzz/fuzz_$target" \
      -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=8192 -artifact_prefix="build/asan/found/$target-" \
      $(dictionary "$target") "$log/$target" $(corpora "$target") >"$log/out" 2>&1; then
    passed=$((passed + 1))
    printf 'ok      %-12s %s\n' "$target" "$(grep -E '^Done' "$log/out" | tail -n 1)"
  else
    failed=$((failed + 1))
    tail -n 60 "$log/out"
    printf 'FAILED  %s\n' "$target"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
