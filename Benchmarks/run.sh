#!/usr/bin/env bash
# Measures Trellis beside nginx (and LiteLLM with PEERS=1) on this machine, and writes Benchmarks/results/.
# Benchmarks/README.md says what is measured and how to read it.
#
#   Benchmarks/run.sh              all of it, about seven minutes after the build
#   QUICK=1 Benchmarks/run.sh      one short round, to see that everything works
#   PEERS=1 Benchmarks/run.sh      with LiteLLM, from PyPI, in .trellis/python-peers
#   BENCH_TARGETS=direct,nginx     leaves targets out (direct, nginx, trellis, litellm)
set -euo pipefail
cd "$(dirname "$0")/.."
source Benchmarks/prepare.sh

targets=${BENCH_TARGETS:-direct,nginx,trellis${PEERS:+,litellm}}
need_tools
build_release mock-upstream
[[ ",$targets," == *,trellis,* ]] && build_release trellis
[[ ",$targets," == *,litellm,* ]] && prepare_litellm
exec python3 -m Benchmarks.measure.bench --targets "$targets" --products "$(products)" "$@"
