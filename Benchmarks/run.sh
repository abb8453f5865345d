#!/usr/bin/env bash
# Measures Trellis beside nginx (and LiteLLM with PEERS=1) on this machine, and writes Benchmarks/results/.
# Benchmarks/README.md says what is measured and how to read it.
#
#   Benchmarks/run.sh              all of it, about eight minutes after the build
#   QUICK=1 Benchmarks/run.sh      one short round, to see that everything works
#   PEERS=1 Benchmarks/run.sh      with LiteLLM and pyahocorasick, from PyPI, in .trellis/python-peers
#   BENCH_TARGETS=direct,nginx     leaves targets out (direct, nginx, trellis, litellm)
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

targets=direct,nginx,trellis
[[ ${PEERS:-} == 1 ]] && targets+=,litellm
targets=${BENCH_TARGETS:-$targets}

Scripts/system-packages.sh bench
if [[ ",$targets," == *,litellm,* ]]; then
    Scripts/python-environment.sh .trellis/python-peers Scripts/requirements/peers.txt "the peers"
fi
build_release mock-upstream
if [[ ",$targets," == *,trellis,* ]]; then
    build_release trellis
fi
# The floor, the charter language, the readers of situations and what is kept of people, unless only some targets were
# asked for.
if [[ -z ${BENCH_TARGETS:-} && ${QUICK:-} != 1 ]]; then
    Benchmarks/floor.sh
    Benchmarks/charters.sh
    Benchmarks/situations.sh
    Benchmarks/person.sh
fi
exec python3 -m Benchmarks.measure.bench --targets "$targets" --products "$products" "$@"
