#!/usr/bin/env bash
# Measures what the floor adds to a message (compile, check an input, watch a stream) beside Python's `re`, and with
# PEERS=1 beside pyahocorasick, and writes Benchmarks/results/. Under a minute after the release build.
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

build_release floor-benchmark
python=python3
if [[ ${PEERS:-} == 1 ]]; then
    Scripts/python-environment.sh .trellis/python-peers Scripts/requirements/peers.txt "the peers"
    python=.trellis/python-peers/bin/python
fi
result=Benchmarks/results/$(date -u +%Y-%m-%d-%H%M)-floor.md
{
    echo "# The floor"
    echo
    echo "$(date -u +%Y-%m-%d), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), load at the start $(cut -d' ' -f1 /proc/loadavg)."
    echo
    "$python" -m Benchmarks.measure.floor --products "$products"
} | tee "$result"
echo "bench: wrote $result" >&2
