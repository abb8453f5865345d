#!/usr/bin/env bash
# Measures recall: how much of the evidence of LoCoMo it finds, part by part, and how long it takes, and writes
# Benchmarks/results/. Takes about a minute after the release build; the first time some minutes more, for the embeddings.
#
#   Benchmarks/recall.sh            all of it, if LoCoMo is there; otherwise only time and room
#   PEERS=1 Benchmarks/recall.sh    with rank_bm25 and plain cosines in Python, from PyPI, in .trellis/python-peers
#   QUICK=1 Benchmarks/recall.sh    few runs, to see that it works; not for quoting
#
# LoCoMo (CC BY-NC 4.0: for measuring only, nothing of it is kept) is looked for as locomo/locomo-corrected.json in the
# folder that TRELLIS_REFERENCE_DATA names, or else in a folder data beside this repository's neighbours.
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

data=
for folder in "${TRELLIS_REFERENCE_DATA:-}" ../*/data; do
    if [[ -s $folder/locomo/locomo-corrected.json ]]; then
        data=$folder/locomo
        break
    fi
done

build_release recall-benchmark
result=Benchmarks/results/$(date -u +%Y-%m-%d-%H%M)-recall.md
{
    echo "# Recall"
    echo
    echo "$(date -u +%Y-%m-%d), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), load at the start $(cut -d' ' -f1 /proc/loadavg)."
    echo
    if [[ -n $data ]]; then
        Scripts/setup.sh >&2
        "$products/recall-benchmark" --data "$data" --home .trellis
    else
        echo "Skipped: the evidence found in LoCoMo, because it isn't here. Name the folder that holds locomo/ in TRELLIS_REFERENCE_DATA."
        echo
        "$products/recall-benchmark"
    fi
    if [[ ${PEERS:-} == 1 && -n $data ]]; then
        Scripts/python-environment.sh .trellis/python-peers Scripts/requirements/peers.txt "the peers" >&2
        echo
        # The model's weights are in the environment of the local model.
        PYTHONPATH=$(echo .trellis/python/lib/python3*/site-packages) \
            .trellis/python-peers/bin/python Benchmarks/recall/peer.py "$data"
    fi
    echo
    echo "Load at the end $(cut -d' ' -f1 /proc/loadavg)."
} | tee "$result"
echo "bench: wrote $result" >&2
