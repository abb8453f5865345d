"""Runs messages with known answers through a Trellis whose memory is read by a model, and compares its proposals.

A proposal is right when it has the words that an answer names (whatever their case and accents). Recall is the share of
answers that some proposal gives; precision the share of proposals that give one. Each message is another person's, so
that none helps the next.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile
import time
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))

import programs  # noqa: E402


def folded(text):
    return "".join(part for part in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(part))


def arguments():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--url", help="an OpenAI-compatible upstream (default: the local model)")
    options.add_argument("--model", default="smollm2")
    options.add_argument("--key-env", help="the environment variable that holds the upstream's key")
    options.add_argument("--split", choices=["tuning", "held-out", "all"], default="all")
    return options.parse_args()


def settings(mock, chosen):
    if chosen.url:
        upstream = {"kind": "openai", "url": chosen.url, "models": [chosen.model]}
        if chosen.key_env:
            upstream["key-env"] = chosen.key_env
    else:
        upstream = {"kind": "local", "models": [chosen.model]}
    memory = {"reader": "model", "reader-model": chosen.model}
    return programs.settings(mock, upstreams={"read": upstream, **programs.mock_upstreams(mock)}, memory=memory)


def read(server, person, message):
    """What is proposed of a person's message, and how long reading it took, in seconds."""
    head = {"Trellis-Person": person}
    assert server.ask("PUT", "/trellis/v1/memory/grants/remember", headers=head).status == 200
    before = server.metrics()["trellis_memory_turns_read_total"]
    began = time.monotonic()
    assert server.chat(None, text=message, headers=head).status == 200
    programs.eventually(lambda: server.metrics()["trellis_memory_turns_read_total"] > before, message, 300)
    took = time.monotonic() - began
    return server.ask("GET", "/trellis/v1/memory", headers=head).json()["items"], took


def main():
    chosen = arguments()
    lines = (ROOT / "Benchmarks/memory-reader/messages.jsonl").read_text().splitlines()
    messages = [json.loads(line) for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "mock").mkdir()
        mock = programs.MockUpstream(folder / "mock")
        kept = {name: os.environ[name] for name in [chosen.key_env] if name}
        server = programs.Gateway(folder / "gateway", settings(mock, chosen), ("--development",), kept)
        try:
            server.ready()
            report(chosen, messages, server)
        finally:
            server.stop()
            mock.stop()


def report(chosen, messages, server):
    print(f"# What {chosen.model} finds worth remembering\n")
    print(f"{time.strftime('%Y-%m-%d', time.gmtime())}, load at the start {os.getloadavg()[0]:.1f}.\n")
    print("| messages | answers | proposals | right | right kind | found | precision | recall | nothing told, nothing"
          " proposed | median s | longest s |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    sums = {}
    examples = []
    for number, message in enumerate(messages):
        if chosen.split not in ("all", message["split"]):
            continue
        proposals, took = read(server, f"p{number}", message["message"])
        found, right, kinds = set(), 0, 0
        for proposal in proposals:
            for place, worth in enumerate(message["worth"]):
                if all(folded(word) in folded(proposal["words"]) for word in worth["words"]):
                    found.add(place)
                    right += 1
                    kinds += proposal["kind"] in worth["kinds"]
                    break
        quiet = not message["worth"]
        row = (1, len(message["worth"]), len(proposals), right, kinds, len(found), quiet, quiet and not proposals)
        for split in (message["split"], "all"):
            counts, times = sums.setdefault(split, ([0] * len(row), []))
            sums[split] = ([a + b for a, b in zip(counts, row)], times + [took])
        examples.append((message["message"], [f"{proposal['kind']}: {proposal['words']}" for proposal in proposals]))
    for split, (counts, times) in sorted(sums.items(), reverse=True):
        count, answers, proposals, right, kinds, found, quiet, still = counts
        times.sort()
        print(f"| {count} {split} | {answers} | {proposals} | {right} | {kinds} | {found} | {right / max(1, proposals):.2f}"
              f" | {found / max(1, answers):.2f} | {still} of {quiet} | {times[len(times) // 2]:.1f} | {times[-1]:.1f} |")  # fmt: skip
    metrics = server.metrics()
    print(f"\n{int(metrics['trellis_memory_answers_unreadable_total'])} answers had no form that could be read, and"
          f" {int(metrics['trellis_memory_turns_lost_total'])} turns were lost.\n")  # fmt: skip
    for message, found in examples:
        print(f"- {message}\n  {'; '.join(found) or 'nothing'}")


main()
