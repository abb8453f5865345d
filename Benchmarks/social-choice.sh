#!/usr/bin/env bash
# Measures committee rules and certificates, and writes Benchmarks/results/.
#
#   Benchmarks/social-choice.sh           all of it
#   QUICK=1 Benchmarks/social-choice.sh   few runs, to see that it works; not for quoting
#   PEERS=1 Benchmarks/social-choice.sh   with abcvoting on the same profiles, in .trellis/python-deliberation
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

build_release social-choice-bench
bench=${SOCIAL_CHOICE_BENCH:-$products/social-choice-bench}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$bench" --write "$work/profiles.json"
result=Benchmarks/results/$(date -u +%Y-%m-%d-%H%M)-social-choice.md
{
    echo "# Committees from approvals"
    echo
    echo "$(date -u +%Y-%m-%d), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), load at the start $(cut -d' ' -f1 /proc/loadavg)."
    echo "Processor time of one thread, the middle of many runs (of up to five for abcvoting). One committee is wanted,"
    echo "ties go by index. Trellis computes in exact numbers; abcvoting in its own fastest way."
    echo
    "$bench" --times "$work/times.json"
    if [[ ${PEERS:-} == 1 ]]; then
        deliberation_peers
        .trellis/python-deliberation/bin/python Benchmarks/social-choice/peer.py "$work/profiles.json" "$work/times.json"
    fi
} | tee "$result"
echo "bench: wrote $result" >&2
