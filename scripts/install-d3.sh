#!/usr/bin/env bash
# Installs D3, which draws the charts of pages, if it is missing and the user is root. Otherwise it
# installs nothing: a message says what to do, and pages have static charts.
set -uo pipefail

say() { printf '%s\n' "$*" >&2; }

skip() {
  say "Pages have static charts without D3: $1"
  exit 0
}

[ -e /usr/share/nodejs/d3/dist/d3.min.js ] && exit 0
command -v apt-get >/dev/null || skip "install version 5 to /usr/share/nodejs/d3/dist/d3.min.js"
[ "$(id -u)" -eq 0 ] || skip "install it as root: apt-get install node-d3"
say "Installing node-d3"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A source that is down may not be the one with the package.
timeout 120 apt-get update >"$log" 2>&1 || say "Continuing with the existing package lists"
DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y --no-install-recommends node-d3 \
  >"$log" 2>&1 || skip "apt-get cannot install it: $(tail -n 1 "$log")"
