#!/usr/bin/env bash
# Builds and runs Tests/Consumer, a separate package without settings: first with this package by
# path, then with its committed state by URL and version.
set -euo pipefail
cd "$(dirname "$0")/.."
configuration=${1:-debug}

# Packages that import other libraries must not build or link anything for databases.
expect_no_databases() {
  local built
  built=$(find "$1" -path '*/SQLSources*' \( -name '*.o' -o -name '*.swiftmodule' \))
  if [ -n "$built" ]; then
    printf 'Tests/Consumer built modules that it does not import:\n%s\n' "$built" >&2
    exit 1
  fi
  if command -v readelf >/dev/null &&
    readelf -d "$1/$configuration/Consumer" | grep -E 'NEEDED.*(libpq|libsqlite3)' >&2; then
    echo "Tests/Consumer links a library that it does not need" >&2
    exit 1
  fi
}

# They resolve at most the two packages that the manifest names, and build only the first.
expect_few_dependencies() {
  local resolved
  resolved=$(sed -n 's/.*"identity" : "\(.*\)".*/\1/p' "$2" |
    grep -vxE 'foresight|swift-numerics|swift-argument-parser' || true)
  if [ -n "$resolved" ]; then
    printf 'Tests/Consumer resolved more packages:\n%s\n' "$resolved" >&2
    exit 1
  fi
  if [ -n "$(find "$1/" -name 'ArgumentParser*.swiftmodule')" ]; then
    echo "Tests/Consumer built swift-argument-parser, which it does not import" >&2
    exit 1
  fi
}

expect() {
  printf '%s\n' "$1"
  if [ "${1##*$'\n'}" != "consumer: ok" ]; then
    echo "Tests/Consumer did not report success" >&2
    exit 1
  fi
}

echo "A package that depends on this one by path"
expect "$(swift run --package-path Tests/Consumer --scratch-path .build/consumer-by-path \
  -c "$configuration")"
expect_no_databases .build/consumer-by-path
expect_few_dependencies .build/consumer-by-path Tests/Consumer/Package.resolved

echo "The same by URL"
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
git clone --quiet --bare . "$temporary/foresight.git"
git -C "$temporary/foresight.git" tag 99.0.0 HEAD
cp -R Tests/Consumer/Sources "$temporary"
sed "s|\.package(name: \"foresight\", path: [^)]*)|.package(url: \"file://$temporary/foresight.git\", exact: \"99.0.0\")|" \
  Tests/Consumer/Package.swift >"$temporary/Package.swift"
grep -q 'exact: "99.0.0"' "$temporary/Package.swift"
# The first build cannot be reused, since the sources are in another directory.
expect "$(swift run --package-path "$temporary" --scratch-path ".build/consumer-by-url" \
  -c "$configuration")"
expect_few_dependencies .build/consumer-by-url "$temporary/Package.resolved"
