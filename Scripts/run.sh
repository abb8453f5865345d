#!/usr/bin/env bash
# Builds Trellis for release and serves it.  Usage: run.sh [flags for `trellis serve`]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [[ ! -x .build/release/trellis ]]; then
    echo "Building Trellis (the first time takes about ten minutes on two cores; after that, seconds):"
fi
swift build --configuration release --product trellis
exec .build/release/trellis serve "$@"
