"""Times abcvoting on the same profiles and prints both beside each other.

    peer.py PROFILES TIMES

PROFILES is what `social-choice-bench --write` wrote, TIMES what `--times` wrote. abcvoting runs its own fastest
algorithm for each rule (floating point for Phragmén and Equal Shares), with one committee wanted.
"""

import json
import statistics
import sys
import time
from importlib import metadata

try:
    from abcvoting import abcrules, properties
    from abcvoting.preferences import Profile
except ImportError:
    print("abcvoting isn't installed, so it is not compared.")
    sys.exit(0)


def microseconds(body) -> float:
    """The middle of a few runs; one run where that takes seconds."""
    times = []
    spent = 0.0
    while len(times) < 5 and spent < 3e6:
        start = time.process_time()
        body()
        times.append((time.process_time() - start) * 1e6)
        spent += times[-1]
    return statistics.median(times)


with open(sys.argv[1], encoding="utf-8") as file:
    profiles = json.load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    ours = json.load(file)

rows: dict = {}
differences = 0
for entry in ours:
    generated = profiles[entry["profile"]]
    profile = Profile(generated["candidates"])
    profile.add_voters(generated["ballots"])
    seats = generated["seats"]
    rule = entry["rule"]
    if rule.endswith(", all ties"):
        name = rule.removesuffix(", all ties")
        theirs = microseconds(lambda: abcrules.compute(name, profile, seats, resolute=False))
    elif rule == "EJR+ check":
        theirs = microseconds(lambda: properties.check("ejr+", profile, entry["committee"]))
    else:
        algorithm = {"pav": "branch-and-bound", "cc": "branch-and-bound"}.get(rule, "fastest")
        result = abcrules.compute(rule, profile, seats, resolute=True, algorithm=algorithm)
        # Exact optima can be tied, and theirs break ties in their own way; the sequential rules agree.
        if rule not in ("pav", "cc") and sorted(result[0]) != sorted(entry["committee"]):
            differences += 1
            print(f"differs: {rule} on profile {entry['profile']}", file=sys.stderr)
        theirs = microseconds(lambda: abcrules.compute(rule, profile, seats, resolute=True, algorithm=algorithm))
    rows.setdefault((generated["group"], rule), []).append((entry["microseconds"], theirs))

print(f"| profiles | rule | Trellis, exact | abcvoting {metadata.version('abcvoting')} | times faster, middle | least |")
print("|---|---|---|---|---|---|")
for (group, rule), pairs in rows.items():
    mine = statistics.median(pair[0] for pair in pairs)
    theirs = statistics.median(pair[1] for pair in pairs)
    ratios = [pair[1] / pair[0] for pair in pairs]
    print(f"| {group} | {rule} | {mine:,.1f} µs | {theirs:,.0f} µs | {statistics.median(ratios):,.0f} | {min(ratios):,.0f} |")
WANTED = ("seqpav", "seqslav", "seqcc", "revseqpav", "seqphragmen", "equal-shares", "EJR+ check")
wanted = [p[1] / p[0] for (g, r), ps in rows.items() if r.removesuffix(", all ties") in WANTED for p in ps]
print(f"\nSequential rules, Equal Shares and EJR+ checks: {statistics.median(wanted):,.0f} times faster at the median, {min(wanted):,.0f} at least. Committees that differ: {differences}.")
