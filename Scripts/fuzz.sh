#!/usr/bin/env bash
# Runs the fuzz tests for TRELLIS_FUZZ_SECONDS (600 unless told otherwise), and then libFuzzer over the reading of
# charters for as long. Seeds are printed by the tests that fail.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

export TRELLIS_FUZZ_SECONDS="${TRELLIS_FUZZ_SECONDS:-600}"
echo "Fuzzing for $TRELLIS_FUZZ_SECONDS seconds; TRELLIS_FUZZ_SECONDS changes that."
swift test --filter Fuzz
Scripts/fuzz-charters.sh
