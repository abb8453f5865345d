#!/usr/bin/env bash
# Learns the weights of the cue reader anew, after a change to cues, concepts, phrases or situations in view, and writes
# Sources/Person/Counsel/Situations/Concepts/LearnedWeights+Fitted.swift. Prints what cross-validation says.
#
#   Scripts/train-situations.sh       a minute after the build; needs python3 with numpy and scipy
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

TRELLIS_TRAINING_EXAMPLES="$work/examples.json" swift test --filter TrainingExamplesTests >/dev/null
python3 Scripts/train-situations.py "$work/examples.json" \
    --out Sources/Person/Counsel/Situations/Concepts/LearnedWeights+Fitted.swift "$@"
