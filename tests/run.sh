#!/bin/bash
# Installs what is missing, builds, and runs every test, three suites at a time, for some wait for the disk. The last
# line is: N passed, N failed
#
#   tests/run.sh                     the release preset
#   HRCTL_PRESET=asan tests/run.sh   another one
set -u
cd "$(dirname "$0")/.." || exit 1
preset=${HRCTL_PRESET:-release}
build=build/$preset
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
begun=0

# suite NAME COMMAND…: begins a suite as soon as fewer than three run. Its last line that says "N passed, N failed" counts,
# else its exit code.
suite() {
  while [ "$(jobs -rp | wc -l)" -ge 3 ]; do wait -n; done
  begun=$((begun + 1))
  run_suite "$@" &
}

run_suite() {
  local name=$1 out begin=$SECONDS
  shift
  out=$(mktemp -p "$log")
  "$@" >"$out" 2>&1 </dev/null
  local code=$?
  local line p f
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$out" | tail -n 1)
  if [ -z "$line" ]; then  # doctest: [doctest] test cases: 28 | 28 passed | 0 failed | 0 skipped
    line=$(sed -nE 's/.*test cases: *[0-9]+ \| *([0-9]+) passed \| *([0-9]+) failed.*/\1 passed, \2 failed/p' "$out" | tail -n 1)
  fi
  p=$(echo "$line" | sed -nE 's/^([0-9]+) passed.*/\1/p')
  f=$(echo "$line" | sed -nE 's/.*, ([0-9]+) failed.*/\1/p')
  p=${p:-0}
  f=${f:-0}
  if [ "$code" -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
  if [ "$code" -eq 0 ] && [ "$p" -eq 0 ]; then f=1; echo "$name: nothing was tested" >>"$out"; fi
  {
    flock 9  # one suite's words at a time
    echo "$p $f" >>"$log/counts"
    if [ "$f" -gt 0 ]; then
      echo "FAILED $name"
      cat "$out"
    fi
    printf '%-28s %5d passed, %d failed %4d s\n' "$name" "$p" "$f" $((SECONDS - begin))
  } 9>>"$log/lock"
}

finish() {
  wait
  local ended passed failed
  read -r ended passed failed < <(awk '{ p += $1; f += $2 } END { print NR, p + 0, f + 0 }' "$log/counts")
  if [ "$ended" -lt "$begun" ]; then
    echo "$((begun - ended)) suites did not end"
    failed=$((failed + 1))
  fi
  # A filter that matches nothing, or a suite that is gone, must not look like success.
  if [ "$failed" -eq 0 ] && [ "$passed" -lt 300 ]; then
    echo "only $passed tests ran: something is missing"
    failed=1
  fi
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
  exit
}

clang=""
case $preset in asan | tsan) clang=check ;; esac  # the sanitizers' presets compile with clang
tools/install-packages.sh build test $clang || { echo "0 passed, 1 failed"; exit 1; }
launcher=""
command -v ccache >/dev/null 2>&1 && launcher=-DCMAKE_CXX_COMPILER_LAUNCHER=ccache
if ! { cmake --preset "$preset" $launcher && cmake --build "$build"; } >"$log/build" 2>&1; then
  tail -n 60 "$log/build"
  echo "the build failed"
  echo "0 passed, 1 failed"
  exit 1
fi

hrctl=$PWD/$build/cmd/hrctl
# The longest first: no processor shall wait for the last one.
suite "schemas of definitions" python3 tests/support/check_schemas.py "$hrctl"
suite "transcripts" "$build/tests/transcript" --hrctl "$hrctl" --source . --jobs 2 tests/cli tests/errors docs README.md README.zh-CN.md
suite "scored incrementally" python3 tests/support/check_incremental.py "$hrctl"
suite "last year's bytes" python3 tests/support/check_known.py "$hrctl"
suite "advice comes true" python3 tests/support/check_advice.py "$hrctl"

for program in "$build"/tests/unit_*; do
  [ -x "$program" ] && [ -f "$program" ] && suite "$(basename "$program")" "$program"
done
suite "policy cases" "$hrctl" test tests/policy/*.yaml tests/policy/peers/*/cases*.yaml
suite "scoring against a reference" python3 tests/property/run.py "$hrctl"
for example in quickstart company; do
  suite "policy tests of $example" "$hrctl" -C "examples/$example" test
done
suite "transcript runner" python3 tests/support/check_transcript.py "$build/tests/transcript"
suite "CEL conformance" "$build/tests/cel_conformance" tests/data/cel/own.textproto ../shared/data/cel_spec/*.textproto
suite "examples end to end" python3 tests/support/check_examples.py "$hrctl"
suite "explained alone" python3 tests/support/check_alone.py "$hrctl" "$build/tests/alone"
suite "who may see what" python3 tests/support/check_access.py "$hrctl"
suite "exports read back" python3 tests/support/check_round_trip.py "$hrctl"
suite "workbooks to fill in" python3 tests/support/check_templates.py "$hrctl"
suite "pages and workbooks" python3 tests/support/check_pages.py "$hrctl"
suite "views of custom reports" python3 tests/support/check_custom_views.py "$hrctl"
suite "suspicious facts" python3 tests/support/check_findings.py "$hrctl"
suite "hostile input" python3 tests/support/check_hostile.py "$hrctl"
suite "layers" python3 tests/support/check_layers.py
suite "messages" python3 tests/support/check_messages.py
suite "links" python3 tests/support/check_links.py
suite "coverage of options and codes" python3 tests/support/check_coverage.py "$hrctl"
suite "real data (optional)" python3 tests/real_data/check.py "$hrctl"
finish
