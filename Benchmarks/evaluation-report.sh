#!/usr/bin/env bash
# Measures the report of an evaluation: how long a run of 10,000 conversations takes to become a page, how much memory
# that needs, and how long the page takes to open in Chromium. Writes Benchmarks/results/.
#
#   Benchmarks/evaluation-report.sh                                     10,000 conversations
#   SAMPLES=50000 Benchmarks/evaluation-report.sh                       more
#   TRELLIS=.build/debug/trellis Benchmarks/evaluation-report.sh        another build; not for quoting
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

if [[ -z ${TRELLIS:-} ]]; then
    build_release trellis
    TRELLIS=$products/trellis
fi
result=Benchmarks/results/$(date -u +%Y-%m-%d-%H%M)-evaluation-report.md
{
    echo "# The report of an evaluation"
    echo
    echo "$(date -u +%Y-%m-%d), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), load at the start $(cut -d' ' -f1 /proc/loadavg), ${TRELLIS#"$PWD"/}."
    echo
    python3 Benchmarks/evaluation-report/measure.py "$TRELLIS" "${SAMPLES:-10000}"
    echo
    echo "Targets: 10,000 conversations open in under 2 s; 50,000 stay under 512 MiB."
} | tee "$result"
echo "bench: wrote $result" >&2
