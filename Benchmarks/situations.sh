#!/usr/bin/env bash
# Reads the suite of situations with and without the local embedder and writes Benchmarks/results/DATE-situations.txt:
# how often the move was right, which was taken for which, and how long reading took.
#
#   Benchmarks/situations.sh       about two minutes after the build
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

build_release situation-times
file="$PWD/Benchmarks/results/$(date -u +%Y-%m-%d-%H%M)-situations.txt"
TRELLIS_SITUATIONS_REPORT="$file" swift test --filter SituationReportTests >/dev/null
"$products/situation-times" Tests/Person/CounselTests/Situations/development.json >>"$file"
cat "$file"
