#!/usr/bin/env bash
# Removes what was built and set up, and only that: charters, keys, receipts and people's data stay.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

say "removing .build and what set-up put into $home (your own data there stays)"
rm -rf .build "$home"/python "$home"/python-tests "$home"/python-peers "$home"/inspect "$home"/python-deliberation "$home"/models \
    "$home"/*.partial-* "$home"/setup-stamp "$home"/setup.lock "$home"/apt.log
if [[ -d $home ]]; then rmdir "$home" 2>/dev/null || true; fi
