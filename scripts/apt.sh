# Sourced by scripts that install what is missing with apt-get.

say() { printf '%s\n' "$*" >&2; }

# Runs a command, and shows what it printed only if it fails.
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

# install_with_apt PACKAGE…: installs them as root; ends the script where that cannot be done.
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
  # A source that is down need not be the one that has the packages.
  quietly "${as_root[@]}" apt-get update || say "Going on with the package lists that there are"
  quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "$@" || exit 1
}
