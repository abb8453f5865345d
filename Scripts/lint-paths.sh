#!/usr/bin/env bash
# The package builds wherever it is cloned: no absolute path stands in Package.swift, the Makefile or a script.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if grep -nE '"/[A-Za-z]|\.package\(path:' Package.swift; then
    fail "Package.swift names a path on somebody's machine (above): write it relative to the package."
fi
if grep -nE '/(home|root|work|Users)/' Makefile Scripts/*.sh Scripts/*.py --exclude=lint-paths.sh; then
    fail "a script names a path on somebody's machine (above): write it relative to the repository."
fi
