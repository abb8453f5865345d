"""Learns the weights by which the cue reader weighs concepts, and writes them as Swift.

    Scripts/train-situations.sh            writes the examples, runs this, and prints what cross-validation says

Needs numpy and scipy. It reads the examples that `TrainingExamplesTests` writes: the phrases and the situations that
were in view (development, calibration, earlier-held-out), never the held-out split. For each signal it fits a logistic
regression with a ridge, in five folds; the folds that were left out give the scores by which the whole is judged and
calibrated (Platt 1999). Then it fits on everything. The same examples and seed give the same file.
"""

import argparse
import collections
import json
import math
import subprocess
import urllib.request
from pathlib import Path

import numpy
import scipy.optimize
import scipy.sparse

SEED = 7
FOLDS = 5
RIDGE = 1.0
# A signal that is there counts for so many that are not: nearly all are absent from nearly all messages.
PRESENCE = 2.0
# The cues were written with these situations in view and are better on them than elsewhere, so they teach less.
TRUST = {"development.json": 0.5}
# What was learned rarely is not learned.
LEAST = 3
# To miss somebody in danger costs as much as so many needless hand-overs.
DANGER_COST = 2.3

SIGNALS = [
    "danger", "distress", "finished-work", "decision", "relies", "goodbye", "success", "discouraged", "approval",
    "unclear", "expert", "quarrel", "irreversible", "wrongdoing",
]
# The rules of `MoveRules`, in their order: the signal, the move, and for which stance.
RULES = [
    ("danger", "hand-over", None), ("@contexts", None, None), ("@guidance", None, None), ("goodbye", "step-back", None),
    ("success", "celebrate", None), ("@trade-off", None, None), ("quarrel", "offer-perspectives", "mediator"),
    ("approval", "offer-perspectives", "mediator"), ("decision", "offer-perspectives", None), ("expert", "defer", None),
    ("wrongdoing", "challenge", None), ("irreversible", "ask", "delegate"), ("finished-work", "scaffold", "tutor"),
    ("relies", "step-back", "not delegate"), ("approval", "challenge", "not mediator"),
    ("discouraged", "encourage", None), ("distress", "ask", None), ("unclear", "ask", None),
]
IN_VIEW = ["earlier-held-out.json", "calibration.json", "development.json"]


def labels(example):
    """The signals that hold: what the author said, and what follows from the move that the author expects."""
    found = set(example["signals"])
    move, stance = example.get("move"), example.get("stance")
    if move == "scaffold":
        found.add("finished-work")
    if move == "challenge" and "approval" not in found:
        found.add("wrongdoing")
    if move == "offer-perspectives" and stance == "mediator":
        found.add("quarrel")
    return found


def chosen(example, scores):
    """The move that the rules choose."""
    for signal, move, stance in RULES:
        if signal.startswith("@"):
            for proposed in example["proposals"].get(signal[1:], []):
                if proposed in example["open"]:
                    return proposed
            continue
        if stance and (example["stance"] == stance.removeprefix("not ")) == stance.startswith("not "):
            continue
        if scores[signal] >= 0.5 and move in example["open"]:
            return move
    return "answer"


def fitted(matrix, truth, trust):
    """Weights and constants by L-BFGS on the log loss."""
    (count, width), signals = matrix.shape, truth.shape[1]
    transposed = matrix.T.tocsr()
    importance = numpy.where(truth > 0, PRESENCE, 1.0) * trust[:, None]

    def loss(flat):
        weights, constants = flat[:width * signals].reshape(width, signals), flat[width * signals:]
        sums = matrix @ weights + constants
        value = (importance * (numpy.logaddexp(0, sums) - truth * sums)).sum() + 0.5 * RIDGE * (weights**2).sum()
        slope = importance * (1 / (1 + numpy.exp(-sums)) - truth)
        return value, numpy.concatenate([(transposed @ slope + RIDGE * weights).ravel(), slope.sum(0)])

    start = numpy.zeros(width * signals + signals)
    found = scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return found[:width * signals].reshape(width, signals), found[width * signals:]


def calibration(sums, truth):
    """Platt's slope and constant for one signal, held near 1 and 0 where there is little to go by."""

    def loss(line):
        moved = line[0] * sums + line[1]
        return (numpy.logaddexp(0, moved) - truth * moved).sum() + 2 * (line[0] - 1) ** 2 + 0.1 * line[1] ** 2

    return scipy.optimize.minimize(loss, [1.0, 0.0]).x


def wilson(right, total):
    """A share with its 95% interval."""
    z, share = 1.959964, right / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return f"{right}/{total} {100 * share:.1f}% ({100 * (middle - half):.1f} to {100 * (middle + half):.1f})"


def logit(probability):
    return math.log(probability / (1 - probability))


def scores_of(example, sums, thresholds):
    """Scores as the reader has them: the rules on cues, raised by what was learned."""
    found = {}
    for number, signal in enumerate(SIGNALS):
        learned = 1 / (1 + math.exp(-(sums[number] - thresholds[number])))
        found[signal] = max(learned, example["rules"].get(signal, 0))
    return found


def worth(examples, sums, thresholds):
    """Right moves, less what wrong hand-overs and missed dangers cost beyond being wrong."""
    total = 0.0
    for example, row in zip(examples, sums):
        move = chosen(example, scores_of(example, row, thresholds))
        total += move == example["move"]
        if example["move"] == "hand-over" and move != "hand-over":
            total -= 1
        if example["move"] != "hand-over" and move == "hand-over":
            total -= 0.5
    return total


def thresholds_for(examples, sums):
    """Where acting on each signal begins to be worth it, on calibrated scores: danger by its cost, the others by what
    makes most moves right, held near even odds."""
    found = numpy.zeros(len(SIGNALS))
    found[0] = logit(1 / (1 + DANGER_COST))

    def value(thresholds):
        return worth(examples, sums, thresholds) - 0.7 * numpy.abs(thresholds[1:]).sum()

    best = value(found)
    for _ in range(3):
        for number in range(1, len(SIGNALS)):
            for probability in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7):
                tried = found.copy()
                tried[number] = logit(probability)
                if (got := value(tried)) > best + 1e-9:
                    best, found = got, tried
    return found


def vectors_of(texts, home):
    """Vectors of length 1 by the small local embedder, whose home `make setup` prepares."""
    runtime = Path(__file__).parent.parent / "Sources/Ground/Models/Runtime/local_runtime.py"
    model = home / "models/all-minilm-l6-v2.gguf"
    command = [home / "python/bin/python", runtime, "--model", model, "--kind", "embedding"]
    vectors = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as served:
        address = f"http://127.0.0.1:{json.loads(served.stdout.readline())['port']}/v1/embeddings"
        for start in range(0, len(texts), 16):
            body = json.dumps({"model": "local", "input": texts[start:start + 16]}).encode()
            request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
            with urllib.request.urlopen(request) as answer:
                rows = sorted(json.load(answer)["data"], key=lambda row: row["index"])
            vectors += [row["embedding"] for row in rows]
        served.stdin.close()
    vectors = numpy.array(vectors)
    return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)


def learn_meaning(examples, truth, trust, folds, words, thresholds, home, out):
    """Fits a regression on the vectors of English messages and how it is weighed with what words say, and writes it."""
    english = numpy.array([example["language"] == "en" for example in examples])
    probe = "I don't want to be alive any more and I have a plan to end it."  # DescribedSituation.all's first
    texts = [example["message"][-800:] for example, isEnglish in zip(examples, english) if isEnglish]
    vectors = vectors_of([probe] + texts, home)
    probe, vectors = vectors[0], vectors[1:]
    # Vectors of length 1 have small numbers; so many times larger the ridge holds them as it holds the words.
    matrix = scipy.sparse.csr_matrix(6 * vectors)
    truth, trust, folds = truth[english], trust[english], folds[english]
    words = words[english] - thresholds
    left_out = numpy.zeros_like(truth)
    for fold in range(FOLDS):
        rest, these = folds != fold, folds == fold
        weights, constants = fitted(matrix[rest], truth[rest], trust[rest])
        left_out[these] = matrix[these] @ weights + constants
    lines = []
    for number in range(len(SIGNALS)):

        def loss(line, number=number):
            moved = line[0] * words[:, number] + line[1] * left_out[:, number] + line[2]
            misfit = (numpy.logaddexp(0, moved) - truth[:, number] * moved).sum()
            return misfit + 2 * (line[0] - 0.6) ** 2 + 2 * (line[1] - 0.5) ** 2

        lines.append(scipy.optimize.minimize(loss, [0.6, 0.5, 0.0]).x)
    lines = numpy.array(lines)
    both = words * lines[:, 0] + left_out * lines[:, 1] + lines[:, 2] - thresholds
    of_english = [example for example, isEnglish in zip(examples, english) if isEnglish]
    print("English alone, by words and with vectors, cross-validated:")
    for source in IN_VIEW:
        these = [number for number, example in enumerate(of_english) if example["source"] == source]
        chosen_examples = [of_english[number] for number in these]
        none = numpy.zeros(len(SIGNALS))
        print("  words         ", judged(source, chosen_examples, words[these], none))
        print("  and vectors   ", judged(source, chosen_examples, both[these], none))
    weights, constants = fitted(matrix, truth, trust)
    weights = 6 * weights * lines[:, 1]
    constants = constants * lines[:, 1] + lines[:, 2] - thresholds

    def line(name, values):
        return f"        {name} " + " ".join(str(int(value)) for value in numpy.rint(1000 * values))

    text = ["// Written by Scripts/train-situations.py; don't edit.", "", "extension LearnedMeaning {",
            f"    /// The weights for all-MiniLM-L6-v2, from {len(texts)} examples.",
            "    static let fitted = LearnedMeaning(", '        """', "        signals " + " ".join(SIGNALS),
            line("probe", probe), line("slopes", lines[:, 0]), line("constants", constants)]
    text += [line("row", row) for row in weights] + ['        """)', "}", ""]
    out.write_text("\n".join(text))
    print(f"wrote {out}")


def judged(name, examples, sums, thresholds):
    """One line on how often the moves are right, and how danger fares."""
    right, danger, heard, alarms = 0, 0, 0, 0
    for example, row in zip(examples, sums):
        move = chosen(example, scores_of(example, row, thresholds))
        right += move == example["move"]
        danger += example["move"] == "hand-over"
        heard += move == "hand-over" == example["move"]
        alarms += move == "hand-over" != example["move"]
    safe = len(examples) - danger
    return f"{name:24} moves {wilson(right, len(examples))}; danger heard {heard}/{danger}; false alarms {alarms}/{safe}"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("examples", type=Path)
    options.add_argument("--out", type=Path, help="the Swift file to write")
    options.add_argument("--meaning", type=Path, help="the Swift file to write for the local embedder")
    options.add_argument("--home", type=Path, default=Path(".trellis"), help="where `make setup` put the embedder")
    options.add_argument("--sums", type=Path, help="where to keep what each example got in the fold that left it out")
    options.add_argument("--misses", action="store_true", help="print what is missed")
    chosen_options = options.parse_args()

    examples = json.loads(chosen_options.examples.read_text())
    truth = numpy.array([[signal in labels(example) for signal in SIGNALS] for example in examples], float)
    trust = numpy.array([TRUST.get(example["source"], 1.0) for example in examples])
    counts = collections.Counter(name for example in examples for name in example["features"])
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    numbers = {name: number for number, name in enumerate(names)}
    rows, columns, values = [], [], []
    for row, example in enumerate(examples):
        for name, value in example["features"].items():
            if name in numbers:
                rows.append(row)
                columns.append(numbers[name])
                values.append(value)
    matrix = scipy.sparse.csr_matrix((values, (rows, columns)), shape=(len(examples), len(names)))

    # The same phrase in two languages stands in one order in each, so neighbours don't tell; a fold is drawn by chance.
    folds = numpy.random.default_rng(SEED).integers(0, FOLDS, len(examples))
    left_out = numpy.zeros_like(truth)
    for fold in range(FOLDS):
        rest, these = folds != fold, folds == fold
        weights, constants = fitted(matrix[rest], truth[rest], trust[rest])
        left_out[these] = matrix[these] @ weights + constants
    lines = [calibration(left_out[:, number], truth[:, number]) for number in range(len(SIGNALS))]
    calibrated = numpy.stack([line[0] * left_out[:, n] + line[1] for n, line in enumerate(lines)], axis=1)

    in_view = [number for number, example in enumerate(examples) if example["source"] in IN_VIEW]
    # Each half is judged with thresholds chosen on the other.
    judged_sums = calibrated.copy()
    for half in (0, 1):
        taught = [number for place, number in enumerate(in_view) if place % 2 == half]
        tried = [number for place, number in enumerate(in_view) if place % 2 != half]
        thresholds = thresholds_for([examples[number] for number in taught], calibrated[taught])
        judged_sums[tried] = calibrated[tried] - thresholds
    none = numpy.zeros(len(SIGNALS))
    print(f"{len(examples)} examples, {len(names)} features; cross-validated in {FOLDS} folds:")
    for source in IN_VIEW:
        these = [number for number in in_view if examples[number]["source"] == source]
        of = [examples[number] for number in these]
        print("  cues alone     ", judged(source, of, numpy.full((len(of), len(SIGNALS)), -30.0), none))
        print("  and what's learned", judged(source, of, judged_sums[these], none))
    thresholds = thresholds_for([examples[number] for number in in_view], calibrated[in_view])
    print("signal          thresh  there  precision  recall  (in the folds left out, from there on)")
    for number, signal in enumerate(SIGNALS):
        there, seen = truth[:, number] > 0, calibrated[:, number] >= thresholds[number]
        hits = (there & seen).sum()
        print(f"{signal:15} {1 / (1 + math.exp(-thresholds[number])):6.2f} {there.sum():6d} "
              f"{hits / max(1, seen.sum()):10.2f} {hits / there.sum():7.2f}")
    if chosen_options.meaning:
        learn_meaning(
            examples, truth, trust, folds, calibrated, thresholds, chosen_options.home, chosen_options.meaning)
    if chosen_options.sums:
        numpy.savez(chosen_options.sums, sums=calibrated, thresholds=thresholds, folds=folds)
    if chosen_options.misses:
        for number in in_view:
            example = examples[number]
            scores = scores_of(example, judged_sums[number], none)
            move = chosen(example, scores)
            if move != example["move"]:
                seen = {signal: round(score, 2) for signal, score in scores.items() if score >= 0.3}
                print("MISS", example["source"][:4], example["language"], example["stance"], example["move"], "<-", move,
                      "|", example["message"][:160], "|", seen)

    if chosen_options.out:
        weights, constants = fitted(matrix, truth, trust)
        slopes = numpy.array([line[0] for line in lines])
        constants = slopes * constants + numpy.array([line[1] for line in lines]) - thresholds
        weights = weights * slopes
        text = ["// Written by Scripts/train-situations.py; don't edit.", "", "extension LearnedWeights {",
                f"    /// The weights in use, from {len(examples)} examples.",
                "    static let fitted = LearnedWeights(", '        """', "        signals " + " ".join(SIGNALS)]
        rounded = numpy.rint(100 * numpy.vstack([constants, weights])).astype(int)
        for name, row in zip(["constant"] + names, rounded):
            if numpy.abs(row).max() >= 3:
                text.append(f"        {name} " + " ".join(str(value) for value in row))
        text += ['        """)', "}", ""]
        chosen_options.out.write_text("\n".join(text))
        print(f"wrote {chosen_options.out}")


main()
