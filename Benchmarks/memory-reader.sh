#!/usr/bin/env bash
# Measures how much of what people tell a model finds worth remembering, through Trellis itself: 48 messages with known
# answers go through a running server, and what it proposes is compared. Writes Benchmarks/results/.
#
#   Benchmarks/memory-reader.sh                                        the small local model
#   Benchmarks/memory-reader.sh --url https://api.example/v1 --model NAME [--key-env VARIABLE]
#   Benchmarks/memory-reader.sh --split held-out                       only the messages that nothing was tried on
#
# The programs come from TRELLIS_BINARY, or else from the debug build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
result=Benchmarks/results/$(date -u +%Y-%m-%d-%H%M)-memory-reader.md
.trellis/python-tests/bin/python Benchmarks/memory-reader/measure.py "$@" | tee "$result"
echo "bench: wrote $result" >&2
