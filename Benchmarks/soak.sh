#!/usr/bin/env bash
# Keeps Trellis busy for ten minutes (SOAK_SECONDS) and reports how its memory behaves; writes Benchmarks/results/.
set -euo pipefail
cd "$(dirname "$0")/.."
source Benchmarks/prepare.sh

need_tools
build_release mock-upstream
build_release trellis
exec python3 -m Benchmarks.measure.soak --products "$(products)" "$@"
