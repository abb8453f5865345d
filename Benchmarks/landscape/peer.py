"""Times red-dwarf, the Python port of Polis's mathematics, on the votes that landscape-bench wrote.

Usage: peer.py FILE.csv...   (a line of rejected statements, then columns participant, statement, vote)
"""

import csv
import statistics
import sys
import time

try:
    from importlib.metadata import version

    from reddwarf.implementations.polis import run_clustering
except ImportError:
    print("red-dwarf isn't installed, so it is not compared.")
    sys.exit(0)

print(f"| peer: red-dwarf {version('red-dwarf')}, from the list of votes to the end | quickest | middle |")
print("|---|---|---|")
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        rejected = [int(number) for number in file.readline().split()[1:]]
        votes = [
            {
                "participant_id": int(row["participant"]),
                "statement_id": int(row["statement"]),
                "vote": int(row["vote"]),
                "modified": number,
            }
            for number, row in enumerate(csv.DictReader(file))
        ]
    times = []
    for _ in range(6):
        start = time.perf_counter()
        run_clustering(votes=votes, mod_out_statement_ids=rejected, random_state=0)
        times.append((time.perf_counter() - start) * 1000)
    times = times[1:]  # the first run also loads code
    name = path.rsplit("/", 1)[-1].removesuffix(".csv")
    print(f"| {name}, {len(votes)} votes | {min(times):.0f} ms | {statistics.median(times):.0f} ms |")
