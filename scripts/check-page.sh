#!/usr/bin/env bash
# Checks the pages of `foresight report`, `season`, and `explain` in a headless Chromium: their figures,
# controls, exports, and accessibility. Installs Chromium, its driver, and D3 if they are missing and the
# user is root, and fetches axe-core. Options are those of Tests/PageTests/check_page.py, such as --shots FOLDER.
set -euo pipefail
cd "$(dirname "$0")/.."

# shellcheck source=scripts/apt.sh
. scripts/apt.sh

# The package of PyPI contains axe-core 4.4.3.
axe=.build/axe-core/axe_core_python/axe.min.js
d3=/usr/share/nodejs/d3/dist/d3.min.js

missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v chromedriver >/dev/null || missing+=(chromium-driver)
[ -e "$d3" ] || missing+=(node-d3)
if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || {
    say "Missing: ${missing[*]}. Install Chromium, chromedriver, and D3 5 at $d3."
    exit 1
  }
  install_with_apt "${missing[@]}" fonts-noto-cjk
fi

if [ ! -e "$axe" ]; then
  say "Fetching axe-core"
  python3 -m pip download --quiet --no-deps --dest .build/axe-core axe-core-python==0.1.0 &&
    python3 -m zipfile -e .build/axe-core/axe_core_python-0.1.0-py3-none-any.whl .build/axe-core ||
    say "pip cannot fetch axe-core"
fi

swift build --product foresight
options=()
if [ -e "$axe" ]; then options+=(--axe "$axe"); fi
python3 Tests/PageTests/check_page.py .build/debug/foresight "${options[@]}" "$@"
