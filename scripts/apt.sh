# Functions for scripts that install missing packages with apt-get.

say() { printf '%s\n' "$*" >&2; }

# Runs a command and shows its output only if it fails.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  if [ $status -ne 0 ]; then
    cat "$log" >&2
    say "Failed: $*"
  fi
  rm -f "$log"
  return $status
}

# install_with_apt PACKAGE…: installs packages as root, or ends the script if it cannot.
install_with_apt() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "Missing: $*. Install them as root: apt-get install $*"
      exit 1
    fi
    as_root=(sudo)
  fi
  say "Installing $*"
  # A source that is down may not be the one with the packages.
  quietly "${as_root[@]}" apt-get update || say "Continuing with the existing package lists"
  quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "$@" || exit 1
}
