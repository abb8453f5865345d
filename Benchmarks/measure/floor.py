"""What the floor adds to a message, beside the two ways by which Python programs look for phrases.

The peers look for the same 1,000 phrases in the same text of 8 KB in the same run: `re` as one alternation, and
pyahocorasick (C) where it is installed, which PEERS=1 sees to. They fold case and nothing else, while Trellis also folds accents, width and
look-alike letters, and respects the edges of words: the comparison is of like tasks, not of equal ones.
"""

import argparse
import pathlib
import re
import statistics
import subprocess
import time


def median(call, rounds=9):
    times = []
    for _ in range(rounds):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--products", type=pathlib.Path, required=True, help="where the release build lies")
    arguments = parser.parse_args()
    program = str(arguments.products / "floor-benchmark")

    def ask(what):
        return subprocess.run([program, *what], capture_output=True, text=True, check=True).stdout

    print(ask([]))
    phrases = ask(["phrases"]).splitlines()
    text = ask(["text"])
    print("| peer, 1,000 phrases | input of 8 KB, µs |")
    print("|---|---|")
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b", re.IGNORECASE)
    print(f"| Python `re`, one alternation | {median(lambda: pattern.findall(text)) * 1e6:.0f} |")
    try:
        import ahocorasick
    except ImportError:
        print("| pyahocorasick | only with PEERS=1 |")
        return
    automaton = ahocorasick.Automaton()
    for phrase in phrases:
        automaton.add_word(phrase, phrase)
    automaton.make_automaton()
    print(f"| pyahocorasick | {median(lambda: list(automaton.iter(text.lower()))) * 1e6:.0f} |")


if __name__ == "__main__":
    main()
