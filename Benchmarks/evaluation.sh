#!/usr/bin/env bash
# Measures what an evaluation adds to each conversation, against a model that answers at once, and how much memory a large
# run needs. Writes Benchmarks/results/.
#
#   Benchmarks/evaluation.sh                                    2,000 and 50,000 conversations
#   PEERS=1 Benchmarks/evaluation.sh                            and the 2,000 in inspect_ai, with its own mock model and over HTTP
#   TRELLIS=.build/debug/trellis MOCK=.build/debug/mock-upstream Benchmarks/evaluation.sh    another build; not for quoting
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

if [[ -z ${TRELLIS:-} ]]; then
    build_release trellis mock-upstream
    TRELLIS=$products/trellis
    MOCK=$products/mock-upstream
fi
if [[ -n ${PEERS:-} ]]; then
    Scripts/python-environment.sh .trellis/inspect Scripts/requirements/inspect.txt "reading logs with Inspect" >&2
fi
result=Benchmarks/results/$(date -u +%Y-%m-%d-%H%M)-evaluation.md
{
    echo "# A run of an evaluation"
    echo
    echo "$(date -u +%Y-%m-%d), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), load at the start $(cut -d' ' -f1 /proc/loadavg), ${TRELLIS#"$PWD"/}."
    echo
    python3 Benchmarks/evaluation/run.py "$TRELLIS" "$MOCK"
    echo
    echo "Targets: per conversation at least 50 times less than inspect_ai in the same run; 50,000 conversations under 512 MiB."
} | tee "$result"
echo "bench: wrote $result" >&2
