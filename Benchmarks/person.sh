#!/usr/bin/env bash
# Measures what Trellis's own keeping of a person costs a message (asking the ledger of consents, recording a receipt
# and sorting it in), and writes Benchmarks/results/. Takes about half a minute after the release build.
#
#   Benchmarks/person.sh            all of it
#   QUICK=1 Benchmarks/person.sh    few calls, to see that it works; not for quoting
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

build_release person-times
result=Benchmarks/results/$(date -u +%Y-%m-%d-%H%M)-person.txt
{
    echo "$(date -u +%Y-%m-%d), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), load at the start $(cut -d' ' -f1 /proc/loadavg)."
    echo "Time on the clock of single calls on one thread, release build, SQLite file in $(dirname "$(mktemp -u)")."
    echo
    "$products/person-times"
} | tee "$result"
echo "bench: wrote $result" >&2
