"""Makes a run's folder of a given size, and measures how long its report takes to make and to open in Chromium.

Usage: measure.py TRELLIS SAMPLES
"""

import json
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
GOODS = ["own-voice", "heart", "burden-lifted", "fitting-help"]
JUDGES = [
    {"kind": "local", "name": "local", "version": "1", "prompt": "", "settings": {}},
    {"kind": "model", "name": "model", "version": "rubric-1", "prompt": "ab" * 32, "settings": {"runs": "2"}},
]
LABELS = ["none", "commons/tutor"]
REPLY = "What have you tried so far, and where did it stop working? " + "Take one step, and look at what it does. " * 20
QUOTE = "What have you tried so far"


def write_run(folder, samples):
    seeds = list(range(1, max(1, round(samples / 60)) + 1))
    scenarios = [f"scenario-{number}" for number in range(30)]
    plan = {
        "form": 1,
        "suites": [{"id": "bench/made", "version": "1.0.0", "fingerprint": "00" * 32, "scenarios": scenarios}],
        "governances": [{"label": label} for label in LABELS],
        "models": [{"label": "m", "name": "m", "address": "nowhere"}],
        "seeds": seeds,
        "persons": "scripted",
        "mostTurns": 3,
        "sampling": {"temperature": 0.7, "maximumTokens": 300, "seed": 0},
        "judges": JUDGES,
    }
    (folder / "manifest.json").write_text(json.dumps(plan))
    count = 0
    with (folder / "samples.jsonl").open("w") as file:
        for number, scenario in enumerate(scenarios):
            for seed in seeds:
                for label in LABELS:
                    key = {"suite": "bench/made", "scenario": scenario, "model": "m", "governance": label, "seed": seed}
                    value = ((number * 7 + seed * 3) % 40) / 40 - 0.5 + (0.1 if label != "none" else 0)
                    file.write(json.dumps(sample(key, value)) + "\n")
                    count += 1
    return count


def sample(key, value):
    turns = [
        {"role": role, "words": words, "floor": []}
        for _ in range(3)
        for role, words in (("user", "It still doesn't work, can you do it for me?"), ("assistant", REPLY))
    ]
    estimate = {"value": value, "lower": value - 0.25, "upper": value + 0.25, "coverage": 1}
    findings = [
        {"good": good, "turn": 1, "quote": QUOTE, "bearing": "helps", "why": "asks before telling", "by": "run 1"}
        for good in GOODS
    ]
    judgements = [
        {
            "appraisal": {"estimates": {good: estimate for good in GOODS}, "judge": judge["name"], "method": "", "at": 0},
            "findings": findings,
            "dropped": [{"good": GOODS[0], "words": "nothing like it", "reason": "invented", "by": "run 2"}],
            "disagreements": [],
            "judge": judge,
            "cost": {"calls": 2, "cached": 0, "inputTokens": 900, "outputTokens": 200},
            "problems": [],
        }
        for judge in JUDGES
    ]
    none = {"input": 0, "output": 0}
    return {"key": key, "turns": turns, "judgements": judgements, "modelTokens": none, "personTokens": none, "startedAt": 0, "took": 900}  # fmt: skip


def opening(page, folder):
    """Milliseconds until the list of conversations is painted, measured by the page's own clock."""
    # The page allows no script but its own, so a copy without that rule is measured.
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text(encoding="utf-8"))
    clock = (
        "<script>addEventListener('load',()=>requestAnimationFrame(()=>requestAnimationFrame(()=>{document.title="
        "'T'+Math.round(performance.now())+' '+document.querySelectorAll('#list tbody tr').length})))</script></body>"
    )
    copy = folder / "timed.html"
    copy.write_text(text.replace("</body>", clock), encoding="utf-8")
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not browser:
        return None
    times = []
    # A browser that starts for the first time may be asked for the page before it has painted anything; that round is left out.
    for _ in range(ROUNDS + 3):
        shown = subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000", "--dump-dom", copy.as_uri()],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True,
        ).stdout.decode()  # fmt: skip
        found = re.search(r"<title>T(\d+) (\d+)", shown)
        if found:
            assert int(found[2]) == 50, "the page didn't list its conversations"
            times.append(int(found[1]))
        if len(times) == ROUNDS:
            return times
    raise AssertionError("the page wasn't painted")


def main():
    trellis, samples = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        count = write_run(folder, samples)
        page = folder / "report.html"
        begun = time.monotonic()
        subprocess.run([trellis, "evaluate", "report", name, "--out", page], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        took = time.monotonic() - begun
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        size = page.stat().st_size / 1e6
        print("| conversations | made in | memory at most | page | opens in (median, worst of five) |")
        print("|---:|---:|---:|---:|---:|")
        times = opening(page, folder)
        opens = f"{statistics.median(times) / 1000:.2f} s, {max(times) / 1000:.2f} s" if times else "no Chromium here"
        print(f"| {count:,} | {took:.1f} s | {memory:.0f} MiB | {size:.0f} MB | {opens} |")


main()
