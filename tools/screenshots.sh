#!/bin/sh
# Makes docs/images/*.png anew, of the company example, with Chromium: tools/screenshots.sh [HRCTL]
# Run it after a change of looks, look at what it made, and commit the pictures that changed.
set -eu
cd "$(dirname "$0")/.."
hrctl=${1:-build/release/cmd/hrctl}
tools/install-packages.sh browser
mkdir -p docs/images
python3 tests/browser/screenshots.py "$hrctl" docs/images
pngquant --force --ext .png --strip --speed 1 64 docs/images/*.png
large=$(find docs/images -name '*.png' -size +150k)
[ -z "$large" ] || { echo "larger than 150 kB: $large" >&2; exit 1; }
