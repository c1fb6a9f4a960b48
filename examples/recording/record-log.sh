#!/bin/sh
# Records two tabs as a DevTools protocol log with headless Chromium and replaces the shipped one.
# CHROMIUM names the browser; RAW, when set, keeps the untrimmed log there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../src/main/resources/dev/peili/examples/http/two-tabs.devtoolslog.json.gz}
work=$(mktemp -d)
# The browser may still be writing its profile while it ends.
trap 'rm -rf "$work" 2>/dev/null || { sleep 1; rm -rf "$work"; }' EXIT
raw=${RAW:-$work/raw.devtoolslog.json.gz}
mkdir -p "$(dirname "$out")"
node "$here/record-log.mjs" "$work/profile" "$raw"
node "$here/trim-log.mjs" "$raw" "$out"
