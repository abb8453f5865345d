"""Times PyYAML on a charter's text: what a program in Python pays before it knows anything of its meaning."""

import statistics
import sys
import time

try:
    import yaml
except ImportError:
    print("PyYAML isn't installed, so it is not compared.")
    sys.exit(0)


def measure(name: str, loader: type, text: str, runs: int) -> None:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        yaml.load(text, Loader=loader)
        times.append((time.perf_counter() - start) * 1000)
    print(f"| {name} | {min(times):.1f} ms | {statistics.median(times):.1f} ms |")


with open(sys.argv[1], encoding="utf-8") as file:
    source = file.read()
print(f"| peer: PyYAML {yaml.__version__} on the same {len(source.encode()) // 1024} KiB | quickest | middle |")
print("|---|---|---|")
if hasattr(yaml, "CSafeLoader"):
    measure("safe_load with libyaml", yaml.CSafeLoader, source, 10)
measure("safe_load in Python", yaml.SafeLoader, source, 3)
