#!/usr/bin/env bash
# Every room under Sources/WING/ROOM opens its door with a README.md.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

status=0
for room in Sources/*/*/; do
    if [[ ! -s ${room}README.md ]]; then
        echo "${room}README.md is missing: one sentence on what the room is for, then an example that runs." >&2
        status=1
    fi
done
exit "$status"
