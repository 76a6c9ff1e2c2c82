#!/usr/bin/env bash
# Prints a Python that can create the environments of Benchmarks/peers: 3.11 to 3.13 with `venv` and
# `ensurepip`. On Debian and its derivatives, where these are separate packages, it installs them.
set -euo pipefail

# shellcheck source=scripts/apt.sh
. "$(dirname "$0")/apt.sh"

# The versions for which every peer has a build.
fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'

find_python() {
  local name
  for name in "${FORESIGHT_PYTHON:-python3}" python3.13 python3.12 python3.11; do
    if "$name" -c "$fits" 2>/dev/null && "$name" -c "$1" 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  return 1
}

if find_python 'import ensurepip, venv'; then exit 0; fi
if command -v apt-get >/dev/null; then
  # torch.compile needs the headers and the compiler.
  if python=$(find_python ''); then
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    install_with_apt "$version-venv" "$version-dev" g++
  else
    install_with_apt python3-venv python3-dev g++
  fi
  if find_python 'import ensurepip, venv'; then exit 0; fi
fi
say "The peers need Python 3.11, 3.12 or 3.13 with venv and pip; FORESIGHT_PYTHON can name one."
exit 1
