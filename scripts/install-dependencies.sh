#!/usr/bin/env bash
# Installs what the package needs beside a Swift toolchain, where it is missing: pkg-config, OpenBLAS
# and LAPACKE. Where they are there already, nothing is done and nothing is asked for.
set -euo pipefail

# shellcheck source=scripts/apt.sh
. "$(dirname "$0")/apt.sh"

has_libraries() {
  command -v pkg-config >/dev/null && pkg-config --exists openblas && can_link
}

# Compiles against both libraries and links them, as the build will.
can_link() {
  local directory status=0
  directory=$(mktemp -d)
  printf '#include <cblas.h>\n#include <lapacke.h>\nint main(void) {\n%s\n%s\n}\n' \
    'float one = 1; int pivot;' \
    'return cblas_sasum(1, &one, 1) + LAPACKE_sgetrf(LAPACK_ROW_MAJOR, 1, 1, &one, 1, &pivot) != 1;' \
    >"$directory/probe.c"
  # shellcheck disable=SC2046
  clang $(pkg-config --cflags openblas) "$directory/probe.c" -o "$directory/probe" \
    $(pkg-config --libs openblas) -llapacke >/dev/null 2>&1 || status=1
  rm -rf "$directory"
  return $status
}

if ! command -v swift >/dev/null; then
  say "No swift command is in the PATH. Install Swift 6.2 or newer: https://www.swift.org/install"
  exit 1
fi
if has_libraries; then exit 0; fi
if command -v apt-get >/dev/null; then
  install_with_apt pkg-config libopenblas-dev liblapacke-dev
  if has_libraries; then exit 0; fi
  say "OpenBLAS and LAPACKE are installed, but a program cannot be linked with them."
  exit 1
fi
case "$(uname -s)" in
Darwin) say "Missing: OpenBLAS. Install it: brew install openblas pkgconf" ;;
*)
  say "Missing: pkg-config, OpenBLAS or LAPACKE, with their headers. Install them, for example:"
  say "  Fedora: dnf install pkgconf-pkg-config openblas-devel lapack-devel"
  say "  Arch:   pacman -S pkgconf blas-openblas"
  ;;
esac
exit 1
