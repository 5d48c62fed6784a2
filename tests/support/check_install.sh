#!/bin/sh
# Installs into a scratch prefix and builds a project that finds hrctl there.
set -eu
cd "$(dirname "$0")/../.."
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
cmake --install build/release --prefix "$prefix/usr"
lib=$(dirname "$(find "$prefix/usr" -name libhrctl_core.a)")
test -n "$lib"
for file in bin/hrctl include/hrctl/scoring/score.h share/hrctl/schemas/output/scores.schema.json; do
  test -e "$prefix/usr/$file" || { echo "not installed: $file" >&2; exit 1; }
done
"$prefix/usr/bin/hrctl" --version
cmake -S tests/support/scratch_project -B "$prefix/build" -DCMAKE_PREFIX_PATH="$prefix/usr"
cmake --build "$prefix/build"
test "$("$prefix/build/scratch")" = "74.00"
