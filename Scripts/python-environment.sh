#!/usr/bin/env bash
# Makes one private Python environment.  Usage: python-environment.sh FOLDER REQUIREMENTS WHAT-IT-IS-FOR
# The environment is made beside its place and moved there when it is complete, so an interrupt leaves the old one or
# none, never half of one. (Because of the move, call its tools as `bin/python -m tool`.)
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

folder=$1 requirements=$2 purpose=$3
alone

# The way that this script installs is part of what it makes.
wanted="$(fingerprint "$requirements" Scripts/python-environment.sh)"
if is_stamped "$folder/trellis-stamp" "$wanted" && "$folder/bin/python" -c "" 2>/dev/null; then
    say "Python for $purpose: ready"
    exit 0
fi

command -v python3 >/dev/null || fail "python3 isn't here: run \`make setup\`, or install Python 3.11 or later."
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$(python3 --version) is too old: install Python 3.11 or later and put it first on the PATH."

say "Python for $purpose: installing into $folder"
rm -rf "$folder".partial-*
partial="$folder.partial-$$"
trap 'rm -rf "$partial"' EXIT
mkdir -p "$(dirname "$folder")"
python3 -m venv "$partial" || fail "python3 can't make environments: install the package python3-venv, then run this again."
if ! "$partial/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --only-binary :all: \
    --requirement "$requirements" </dev/null; then
    fail "pip couldn't install $requirements: check the connection to PyPI (pypi.org or your mirror), then run this again."
fi
printf '%s' "$wanted" >"$partial/trellis-stamp"
rm -rf "$folder"
mv "$partial" "$folder"
