# Sourced by run.sh and soak.sh: what a measurement needs before it starts.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# build_release PRODUCT…: builds for release, and sets `products` to the folder.
build_release() {
    local product
    for product; do
        echo "bench: building $product for release (the first time takes some minutes)" >&2
        swift build -c release --product "$product" >&2
    done
    products=$(swift build -c release --show-bin-path)
}

# deliberation_peers: abcvoting and red-dwarf, from PyPI, in .trellis/python-deliberation.
deliberation_peers() {
    Scripts/python-environment.sh .trellis/python-deliberation Scripts/requirements/deliberation-peers.txt \
        "the peers of Deliberation" >&2
}
