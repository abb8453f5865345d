#!/usr/bin/env bash
# Measures the local judges, heads after the embedding and rules on words, and writes Benchmarks/results/. Takes a few
# seconds after the release build.
#
#   Benchmarks/judges.sh
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

build_release judge-times
result=Benchmarks/results/$(date -u +%Y-%m-%d-%H%M)-judges.md
{
    echo "# The local judges"
    echo
    echo "$(date -u +%Y-%m-%d), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), load at the start $(cut -d' ' -f1 /proc/loadavg)."
    echo "One thread, release build. The budget for an appraisal by the heads after the embedding is 50 µs."
    echo
    "$products/judge-times"
} | tee "$result"
echo "bench: wrote $result" >&2
