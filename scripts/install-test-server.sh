#!/usr/bin/env bash
# Installs the PostgreSQL server that the tests start, if it is missing and the user is root, as in a
# container of continuous integration. Otherwise it installs nothing, since the Debian package also
# creates a database cluster: a message says what to do, and those tests are skipped.
set -uo pipefail

say() { printf '%s\n' "$*" >&2; }

skip() {
  say "Tests that need a PostgreSQL server are skipped: $1"
  exit 0
}

command -v initdb >/dev/null && exit 0
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && exit 0
command -v apt-get >/dev/null || skip "there is no initdb in the PATH"
[ "$(id -u)" -eq 0 ] || skip "install it as root: apt-get install postgresql"
say "Installing postgresql"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A source that is down may not be the one with the package.
timeout 120 apt-get update >"$log" 2>&1 || say "Continuing with the existing package lists"
DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y --no-install-recommends postgresql \
  >"$log" 2>&1 || skip "apt-get cannot install it: $(tail -n 1 "$log")"
