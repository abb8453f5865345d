#!/usr/bin/env bash
# Learns the weights of the readers anew, after a change to cues, concepts, phrases or situations in view, and writes
# LearnedWeights+Fitted.swift and LearnedMeaning+Fitted.swift. Prints what cross-validation says.
#
#   Scripts/train-situations.sh       two minutes after the build; needs python3 with numpy and scipy, and `make setup`
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

TRELLIS_TRAINING_EXAMPLES="$work/examples.json" swift test --filter TrainingExamplesTests >/dev/null
python3 Scripts/train-situations.py "$work/examples.json" \
    --out Sources/Person/Counsel/Situations/Concepts/LearnedWeights+Fitted.swift \
    --meaning Sources/Person/Counsel/Situations/Concepts/LearnedMeaning+Fitted.swift "$@"
