#!/bin/sh
# Records the pages beside this script with headless Chromium and replaces the shipped recording.
# CHROMIUM names the browser; RAW, when set, keeps the untrimmed trace there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../src/main/resources/dev/peili/examples/browser/first-light.trace.json.gz}
work=$(mktemp -d)
# The browser may still be writing its profile while it ends.
trap 'rm -rf "$work" 2>/dev/null || { sleep 1; rm -rf "$work"; }' EXIT
raw=${RAW:-$work/raw.trace.json.gz}
mkdir -p "$(dirname "$out")"
node "$here/record.mjs" "$work/profile" "$raw"
node "$here/trim.mjs" "$raw" "$out"
