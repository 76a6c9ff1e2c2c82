#!/usr/bin/env bash
# Adds a module behind a package trait to a copy of this package, as CONTRIBUTING.md describes, with
# a dependency of its own. Packages that don't enable the trait must not resolve that dependency.
set -euo pipefail
cd "$(dirname "$0")/.."
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

commit() {
  git -C "$1" init --quiet
  git -C "$1" add --all
  git -C "$1" -c user.name=check -c user.email=check@localhost commit --quiet --message check
  git -C "$1" tag "$2"
}

# package NAME MANIFEST SOURCE: writes a package with one file.
package() {
  mkdir -p "$temporary/$1/Sources/$1"
  printf '// swift-tools-version: 6.3\nimport PackageDescription\nlet package = Package(\n%s)\n' \
    "name: \"$1\", platforms: [.macOS(.v15)], $2" >"$temporary/$1/Package.swift"
  printf '%s\n' "$3" >"$temporary/$1/Sources/$1/main.swift"
}

package Heavy 'products: [.library(name: "Heavy", targets: ["Heavy"])],
  targets: [.target(name: "Heavy")]' ''
mv "$temporary/Heavy/Sources/Heavy/main.swift" "$temporary/Heavy/Sources/Heavy/Heavy.swift"
echo 'public let answer = 42' >"$temporary/Heavy/Sources/Heavy/Heavy.swift"
commit "$temporary/Heavy" 1.0.0

git clone --quiet . "$temporary/foresight"
sed -i \
  -e '/^  products: \[/a\    .library(name: "HeavyServer", targets: ["HeavyServer"]),' \
  -e '/^  dependencies: \[/i\  traits: [.trait(name: "Server")],' \
  -e "/^  dependencies: \[/a\    .package(url: \"file://$temporary/Heavy\", exact: \"1.0.0\")," \
  -e '/^  targets: \[/a\    .target(\
      name: "HeavyServer",\
      dependencies: [\
        .product(name: "Heavy", package: "Heavy", condition: .when(traits: ["Server"]))\
      ]),' \
  "$temporary/foresight/Package.swift"
mkdir "$temporary/foresight/Sources/HeavyServer"
cat >"$temporary/foresight/Sources/HeavyServer/HeavyServer.swift" <<'SWIFT'
#if Server
  import Heavy

  public let answer = Heavy.answer
#endif
SWIFT
commit "$temporary/foresight" 99.0.0

dependency="url: \"file://$temporary/foresight\", exact: \"99.0.0\""
package Without "dependencies: [.package($dependency)], targets: [.executableTarget(
  name: \"Without\", dependencies: [.product(name: \"Forecasting\", package: \"foresight\")])]" \
  'import Forecasting'
package With "dependencies: [.package($dependency, traits: [\"Server\"])],
  targets: [.executableTarget(
  name: \"With\", dependencies: [.product(name: \"HeavyServer\", package: \"foresight\")])]" \
  $'import HeavyServer\nprint("heavy:", answer)'

# expect_resolved PACKAGE IDENTITY …: resolves a package and compares what it depends on.
expect_resolved() {
  local package=$1 resolved
  shift
  swift package --quiet --package-path "$temporary/$package" resolve >/dev/null
  resolved=$(sed -n 's/.*"identity" : "\(.*\)".*/\1/p' "$temporary/$package/Package.resolved" | sort |
    tr '\n' ' ')
  echo "$package the trait: $resolved"
  if [ "$resolved" != "$* " ]; then
    echo "expected: $*" >&2
    exit 1
  fi
}

expect_resolved Without foresight swift-argument-parser swift-numerics
expect_resolved With foresight heavy swift-argument-parser swift-numerics
[ "$(swift run --quiet --package-path "$temporary/With")" = "heavy: 42" ]
echo "traits: ok"
