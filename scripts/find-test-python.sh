#!/usr/bin/env bash
# Prints a Python with the packages of Tests/requirements.txt, for the tests that compare this package
# with PyTorch and TensorBoard. If there is none yet, an environment is created in .build. If that
# fails, a message says why, and the script prints the name of any Python: those tests are then skipped.
set -uo pipefail
cd "$(dirname "$0")/.."

directory=$PWD/.build/venv
requirements=Tests/requirements.txt

say() { printf '%s\n' "$*" >&2; }

skip() {
  say "Tests that need PyTorch or TensorBoard are skipped: $1"
  rm -rf "$directory"
  echo python3
  exit 0
}

for python in "${FORESIGHT_PYTHON:-python3}" "$directory/bin/python"; do
  if "$python" -c 'import numpy, safetensors, tensorboard, torch' 2>/dev/null; then
    echo "$python"
    exit 0
  fi
done

command -v python3 >/dev/null || skip "there is no python3"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
say "Creating a Python environment in $directory"
timeout 60 python3 -m venv --clear "$directory" >"$log" 2>&1 ||
  skip "python3 cannot make an environment: $(tail -n 1 "$log")"
timeout 300 "$directory/bin/pip" install --quiet --disable-pip-version-check --retries 1 \
  --timeout 20 -r "$requirements" >"$log" 2>&1 ||
  skip "pip cannot install $requirements: $(tail -n 1 "$log")"
echo "$directory/bin/python"
