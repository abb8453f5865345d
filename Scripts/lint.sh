#!/usr/bin/env bash
# Every lint: Swift's formatting rules, and each lint-*.sh beside this file. Shows all complaints before it fails.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

status=0
folders=()
for folder in Sources Tests Benchmarks; do [[ -d $folder ]] && folders+=("$folder"); done
swift format lint --strict --recursive --parallel "${folders[@]}" Package.swift || status=1
for lint in Scripts/lint-*.sh; do "$lint" || status=1; done
if ((status != 0)); then
    fail "lint found something. Formatting alone is mended by: swift format -i -r -p ${folders[*]} Package.swift"
fi
say "lint: clean"
