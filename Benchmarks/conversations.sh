#!/usr/bin/env bash
# Measures a conversation over HTTP: votes a second that are kept, and how long until a vote is in the landscape. Writes
# Benchmarks/results/. Takes a few minutes after the release build.
#
#   Benchmarks/conversations.sh                                          2,000 people × 200 statements
#   PEOPLE=100000 STATEMENTS=2000 SHARE=0.02 Benchmarks/conversations.sh     as large as it is meant to get
#   TRELLIS=.build/debug/trellis Benchmarks/conversations.sh             another build; not for quoting
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

if [[ -z ${TRELLIS:-} ]]; then
    build_release trellis
    TRELLIS=$products/trellis
fi
result=Benchmarks/results/$(date -u +%Y-%m-%d-%H%M)-conversations.md
{
    echo "# A conversation over HTTP"
    echo
    echo "$(date -u +%Y-%m-%d), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), load at the start $(cut -d' ' -f1 /proc/loadavg), ${TRELLIS#"$PWD"/}."
    echo
    python3 Benchmarks/conversations/votes.py "$TRELLIS"
} | tee "$result"
echo "bench: wrote $result" >&2
