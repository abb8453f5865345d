# Shared by the scripts beside it; sourced, never run. Sets strict mode, moves to the repository's root, and gives
# each script the same way to say what it does and to stop with the one line that helps.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

home=".trellis"

# say WORDS…: one line for one step.
say() { printf '  %s\n' "$*"; }

# fail WORDS…: the one line that says what to do; then stop.
fail() {
    printf '\nTrellis: %s\n' "$*" >&2
    exit 1
}

# fingerprint FILE…: one short hash over the files' contents, for stamps.
fingerprint() { cat "$@" | if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c1-16; }

# is_stamped STAMP VALUE: true when the stamp file holds exactly this value.
is_stamped() { [[ -f $1 && $(<"$1") == "$2" ]]; }

# stamp STAMP VALUE: written under a temporary name first, so that an interrupt can't leave half a stamp.
stamp() {
    printf '%s' "$2" >"$1.partial-$$"
    mv -f "$1.partial-$$" "$1"
}

# alone: waits until no other set-up works in this folder. The lock goes when the script ends, however it ends.
alone() {
    mkdir -p "$home"
    if [[ -z ${TRELLIS_SETUP_LOCKED:-} ]] && command -v flock >/dev/null; then
        exec 9>"$home/setup.lock"
        flock -n 9 || { say "another set-up is working here; waiting for it"; flock 9; }
        export TRELLIS_SETUP_LOCKED=1
    fi
}
