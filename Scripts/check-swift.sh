#!/usr/bin/env bash
# Stops unless Swift 6.3 or later is on the PATH.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

where="get it from https://www.swift.org/install/ and make sure that \`swift --version\` prints it"
command -v swift >/dev/null || fail "Swift isn't on the PATH: $where."
version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1)
[[ -n $version ]] || fail "\`swift --version\` doesn't answer with a version: $where."
read -r major minor <<<"$version"
if ((major < 6 || (major == 6 && minor < 3))); then
    fail "Swift $major.$minor is too old, Trellis needs 6.3 or later: $where."
fi
say "Swift $major.$minor"
