#!/usr/bin/env bash
# Measures Trellis beside nginx, and beside LiteLLM with PEERS=1.  Usage: bench.sh bench|soak
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

what=${1:-bench}
Scripts/system-packages.sh bench
if [[ ${PEERS:-} == 1 ]]; then
    Scripts/python-environment.sh "$home/python-peers" Scripts/requirements/peers.txt "LiteLLM, the peer"
fi
[[ -f Benchmarks/$what.sh ]] || fail "Benchmarks/$what.sh isn't here: this checkout has no such measurement."
swift build --configuration release
exec bash "Benchmarks/$what.sh"
