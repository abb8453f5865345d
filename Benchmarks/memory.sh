#!/usr/bin/env bash
# Measures how fast a person's memory is written, opened, asked and erased, and writes Benchmarks/results/. About a
# minute after the release build.
#
#   Benchmarks/memory.sh              one person with 10,000 and with 50,000 items
#   MEMORY_LONG=1 Benchmarks/memory.sh   also 100,000 people with 200 items each: half an hour or more, 8 GB of disk
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

build_release memory-times
result=Benchmarks/results/$(date -u +%Y-%m-%d-%H%M)-memory.md
options=()
[[ ${MEMORY_LONG:-} == 1 ]] && options+=(--long)
{
    echo "# A person's memory"
    echo
    echo "$(date -u +%Y-%m-%d), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), load at the start $(cut -d' ' -f1 /proc/loadavg)."
    echo "Time on the clock. Items have about twelve generated words; a write is durable (it survives the end of the process) when the call returns. Cold: nothing of the person in our memory, the file likely in the system's."
    echo
    "$products/memory-times" "${options[@]}"
} | tee "$result"
echo "bench: wrote $result" >&2
