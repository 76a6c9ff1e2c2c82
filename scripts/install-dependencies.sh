#!/usr/bin/env bash
# Installs missing dependencies of the package, apart from a Swift toolchain: pkg-config, OpenBLAS,
# LAPACKE, zlib, SQLite and libpq. If all are installed, it does nothing and asks for nothing. (Only
# the library SQLSources needs the last two.)
set -euo pipefail

# shellcheck source=scripts/apt.sh
. "$(dirname "$0")/apt.sh"

modules=(openblas zlib sqlite3 libpq)

has_libraries() {
  command -v pkg-config >/dev/null && pkg-config --exists "${modules[@]}" && can_link
}

# Compiles and links a program with the libraries, as the build does.
can_link() {
  local directory status=0
  directory=$(mktemp -d)
  cat >"$directory/probe.c" <<'END'
#include <cblas.h>
#include <lapacke.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <zlib.h>
int main(void) {
  float one = 1;
  int pivot;
  if (crc32(0, (const Bytef *)"a", 1) == 0) return 1;
  if (sqlite3_libversion_number() == 0 || PQlibVersion() == 0) return 1;
  return cblas_sasum(1, &one, 1) + LAPACKE_sgetrf(LAPACK_ROW_MAJOR, 1, 1, &one, 1, &pivot) != 1;
}
END
  # shellcheck disable=SC2046
  clang $(pkg-config --cflags "${modules[@]}") "$directory/probe.c" -o "$directory/probe" \
    $(pkg-config --libs "${modules[@]}") -llapacke >/dev/null 2>&1 || status=1
  rm -rf "$directory"
  return $status
}

if ! command -v swift >/dev/null; then
  say "There is no swift command in the PATH. Install Swift 6.3 or newer: https://www.swift.org/install"
  exit 1
fi
if has_libraries; then exit 0; fi
if command -v apt-get >/dev/null; then
  install_with_apt pkg-config libopenblas-dev liblapacke-dev zlib1g-dev libsqlite3-dev libpq-dev
  if has_libraries; then exit 0; fi
  say "The libraries are installed, but a program cannot be linked with them."
  exit 1
fi
case "$(uname -s)" in
Darwin) say "Missing: OpenBLAS or libpq. Install them: brew install openblas libpq pkgconf" ;;
*)
  say "Missing: pkg-config, OpenBLAS, LAPACKE, zlib, SQLite or libpq, with their headers. Install"
  say "them, for example:"
  say "  Fedora: dnf install pkgconf-pkg-config openblas-devel lapack-devel zlib-devel sqlite-devel \\"
  say "    libpq-devel"
  say "  Arch:   pacman -S pkgconf blas-openblas zlib sqlite postgresql-libs"
  ;;
esac
exit 1
