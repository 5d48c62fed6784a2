#!/bin/sh
# Installs the Debian packages of the named groups of tools/packages.txt (all groups when none is named) that are
# missing. Says nothing and touches no network when nothing is missing. Needs root, or sudo.
set -eu
list=$(dirname "$0")/packages.txt
groups=${*:-build test check docs browser}

wanted=$(awk -v groups=" $groups " '
  /^[[:space:]]*(#|$)/ { next }
  /^\[/ { group = substr($0, 2, index($0, "]") - 2); known = index(groups, " " group " "); next }
  known { print $1, $3 }' "$list" |
  while read -r package command; do
    [ -n "$command" ] && command -v "$command" >/dev/null 2>&1 || echo "$package"
  done)

for group in $groups; do
  grep -q "^\[$group\]" "$list" || { echo "install-packages.sh: no group '$group' in $list" >&2; exit 2; }
done

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "install-packages.sh: this is not a Debian system. Install by hand what these Debian 12 packages hold:" >&2
  echo "$wanted" | sed 's/^/  /' >&2
  exit 1
fi

missing=""
for package in $wanted; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  case $state in installed*) ;; *) missing="$missing $package" ;; esac
done
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "install-packages.sh: these packages are missing, and neither root nor sudo is at hand to install them:" >&2
    echo " $missing" >&2
    echo "As root: apt-get install$missing" >&2
    exit 1
  fi
  as_root="sudo"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
  # shellcheck disable=SC2086  # a list of package names
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >"$log" 2>&1
}
echo "installing:$missing" >&2
if ! install; then  # the lists of a fresh system are empty or old
  $as_root apt-get update -q >>"$log" 2>&1 || true
  if ! install; then
    cat "$log" >&2
    echo "install-packages.sh: apt-get could not install:$missing" >&2
    exit 1
  fi
fi
