#!/usr/bin/env bash
# Measures the charter language (read, compose, compile, look up) beside Yams and PyYAML on the same text, and writes
# Benchmarks/results/. Takes about a minute after the release build.
#
#   Benchmarks/charters.sh           all of it
#   QUICK=1 Benchmarks/charters.sh   few runs, to see that it works; not for quoting
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

build_release charter-bench
bench=${CHARTER_BENCH:-$products/charter-bench}
text=$(mktemp --suffix=.yaml)
trap 'rm -f "$text"' EXIT
"$bench" --write "$text"
result=Benchmarks/results/$(date -u +%Y-%m-%d-%H%M)-charters.md
{
    echo "# The charter language"
    echo
    echo "$(date -u +%Y-%m-%d), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), load at the start $(cut -d' ' -f1 /proc/loadavg)."
    echo "Processor time of one thread, quickest and middle of many runs, from bytes in memory; a first, cold run takes longer. PyYAML's is time on the clock."
    echo
    "$bench"
    echo
    python3 Benchmarks/charters/peer.py "$text"
} | tee "$result"
echo "bench: wrote $result" >&2
