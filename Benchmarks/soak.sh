#!/usr/bin/env bash
# Keeps Trellis busy for ten minutes (SOAK_SECONDS) and reports how its memory behaves; writes Benchmarks/results/.
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

Scripts/system-packages.sh bench
build_release mock-upstream trellis
exec python3 -m Benchmarks.measure.soak --products "$products" "$@"
