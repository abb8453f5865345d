#!/usr/bin/env bash
# Everything that Trellis needs before it can be built and run. When nothing changed since the last time, it says nothing.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

stamp_file="$home/setup-stamp"
wanted="$(fingerprint Scripts/*.sh Scripts/*.py Scripts/requirements/local-model.txt)"
is_set_up() {
    is_stamped "$stamp_file" "$wanted" && [[ -x $home/python/bin/python && -s $home/models/all-minilm-l6-v2.gguf ]]
}
if is_set_up; then exit 0; fi
alone
if is_set_up; then exit 0; fi

echo "Setting up Trellis (once; about a minute, most of it downloads):"
Scripts/check-swift.sh
Scripts/system-packages.sh build
Scripts/python-environment.sh "$home/python" Scripts/requirements/local-model.txt "the local model"
Scripts/models.sh
stamp "$stamp_file" "$wanted"
echo "Set up."
