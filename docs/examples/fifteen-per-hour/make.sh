#!/usr/bin/env bash
# Makes the example anew from the export of the conversation: make.sh EXPORT, with `trellis` on the path or named by
# TRELLIS_BINARY. The keys are new each time and aren't kept. Needed when groups come out otherwise than before.
set -euo pipefail

export_folder=$(realpath "${1:?name the folder of the export: 15-per-hour-seattle}")
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
trellis=${TRELLIS_BINARY:-trellis}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$trellis" deliberate draft "$export_folder" --seats 5 --charter example/fifteen-per-hour \
    --community "An example made from what people in Seattle voted in 2014" \
    --purpose "Inform people in Seattle about pay, so that they can make up their own minds." \
    --clauses "$here/clauses.csv" --quorum 40 --consensus 0.6 --review 180 --into round

# The made-up second vote: as people had voted on the statement behind each clause.
python3 - "$export_folder/participants-votes.csv" "$here/clauses.csv" round/ballot.csv ballots.csv <<'PY'
import csv
import sys

votes, plan, form, ballots = sys.argv[1:]
behind = {row["name"]: row["statements"] for row in csv.DictReader(open(plan, encoding="utf-8"))}
person, *names = open(form, encoding="utf-8").read().strip().split(",")
word = {"1": "yes", "-1": "no", "0": "abstain", "": ""}
with open(ballots, "w", encoding="utf-8", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow([person, *names])
    for row in csv.DictReader(open(votes, encoding="utf-8")):
        answers = [word[row[behind[name]].strip()] for name in names]
        if any(answers):
            out.writerow([row["participant"], *answers])
PY

"$trellis" deliberate ratify round ballots.csv
"$trellis" charter sign --new-key one.key
"$trellis" charter sign --new-key two.key
"$trellis" charter sign round/charter.yaml --key one.key --as "A signer of the example"
"$trellis" charter sign round/charter.yaml --key two.key --as "Another signer of the example"
"$trellis" deliberate publish round --into public --key one.key --as "The example's publisher"
"$trellis" deliberate verify public --key one.key.pub

rm -rf "$here/public"
cp -r public "$here/public"
cp one.key.pub "$here/example.key.pub"
"$trellis" deliberate report "$here/public" --to "$here/report.html"
