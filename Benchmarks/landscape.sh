#!/usr/bin/env bash
# Measures the landscape of opinions and how well it finds groups, and writes Benchmarks/results/. Takes about five
# minutes after the release build.
#
#   Benchmarks/landscape.sh                  all of it
#   QUICK=1 Benchmarks/landscape.sh          only the times, without the largest conversation
#   PEERS=1 Benchmarks/landscape.sh          with red-dwarf on the same votes, in .trellis/python-deliberation
#
# Real conversations are read from the folder that TRELLIS_REFERENCE_DATA names, or else from a folder data beside this
# repository's neighbours; without them only made-up ones are measured.
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

build_release landscape-bench
bench=${LANDSCAPE_BENCH:-$products/landscape-bench}
data=()
for folder in "${TRELLIS_REFERENCE_DATA:-}" ../*/data; do
    if [[ -n $folder && -d $folder/polis-opendata ]]; then
        data=(--data "$folder")
        break
    fi
done
votes=$(mktemp -d)
trap 'rm -rf "$votes"' EXIT
"$bench" "${data[@]}" --write "$votes"
result=Benchmarks/results/$(date -u +%Y-%m-%d-%H%M)-landscape.md
{
    echo "# The landscape of opinions"
    echo
    echo "$(date -u +%Y-%m-%d), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), load at the start $(cut -d' ' -f1 /proc/loadavg)."
    echo "Time on the clock, quickest and middle of several runs."
    echo
    "$bench" "${data[@]}"
    if [[ ${PEERS:-} == 1 ]]; then
        deliberation_peers
        .trellis/python-deliberation/bin/python Benchmarks/landscape/peer.py "$votes"/*.csv
    fi
    if [[ -z ${QUICK:-} ]]; then
        echo
        "$bench" --large
        "$bench" "${data[@]}" --quality
        if ((${#data[@]} > 0)); then
            echo
            "$bench" "${data[@]}" --agreement
            echo
            "$bench" "${data[@]}" --signals
        fi
    fi
} | tee "$result"
echo "bench: wrote $result" >&2
