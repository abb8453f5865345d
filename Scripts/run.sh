#!/usr/bin/env bash
# Builds Trellis for release and serves it.  Usage: run.sh [flags for `trellis serve`]
# Without a trellis.yaml it serves in development mode: no keys, this machine only, the local model, commons/advisor.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [[ ! -x .build/release/trellis ]]; then
    echo "Building Trellis (the first time takes about ten minutes on two cores; after that, seconds):"
fi
swift build --configuration release --product trellis || fail "the build failed; the lines above say where."

if [[ ! -f trellis.yaml && -z ${TRELLIS_DEVELOPMENT:-} && "$*" != *--development* && "$*" != *--config* ]]; then
    set -- --development "$@"
fi
exec .build/release/trellis serve "$@"
