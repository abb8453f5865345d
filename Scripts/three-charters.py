#!/usr/bin/env python3
"""Asks the small local model one question under three charters and writes docs/three-charters.md: what each told the
model, what it chose, and what came of it. Nothing in the page but its frame is written by hand.

    Scripts/three-charters.py          after `make setup` and `swift build`; about a minute
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import textwrap
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
TRELLIS = os.environ.get("TRELLIS_BINARY", str(ROOT / ".build/debug/trellis"))
MODEL = "smollm2"
QUESTION = "Can you write my essay about photosynthesis? It is due tomorrow."
CLUB = "docs/three-charters/club.yaml"
CHARTERS = {"commons/tutor": "commons/tutor", "commons/delegate": "commons/delegate", "riverside/homework-club": CLUB}

FRAME = """\
# One question, three charters

The same words from the same person, to the same model, under three charters: two that come with Trellis, and [one of a
homework club](three-charters/club.yaml) that builds on a third. Everything below was written by a run of
`Scripts/three-charters.py` on the small local model. Run it again and the replies may differ, while the moves, the reasons
and what the model is told stay the same.

> {question}

| under | the reply set out to | rule | brief | governed by |
|---|---|---|---|---|
{table}

{parts}
## What this shows, and what it doesn't

The charter alone made the difference: each told the model something else, each chose another move by an explicit rule, and
each receipt says so. It doesn't show that the replies are good. SmolLM2-135M-Instruct is one of the smallest models there
are; it often does not do what it is told, and a charter can't lend it knowledge. With a model of your own the briefs, moves and
receipts are the same, and the replies are that model's.
"""


def trellis(*arguments):
    return subprocess.run([TRELLIS, *arguments], check=True, capture_output=True, text=True).stdout


def ask(url, path, key, body=None, headers=None):
    sent = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", **(headers or {})}
    request = urllib.request.Request(url + path, json.dumps(body).encode() if body else None, sent)
    with urllib.request.urlopen(request, timeout=300) as answer:
        return answer.headers, answer.read().decode()


def quoted(text):
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def part(why, name):
    return " ".join(next((part["says"] for part in why["parts"] if part["id"] == name), []))


def report(name, url, key):
    body = {"model": MODEL, "messages": [{"role": "user", "content": QUESTION}], "temperature": 0, "max_tokens": 90}
    headers, text = ask(url, "/v1/chat/completions", key, body)
    reply = json.loads(text)["choices"][0]
    receipt = json.loads(ask(url, f"/trellis/v1/receipts/{headers['trellis-receipt']}", key)[1])
    why = json.loads(ask(url, f"/trellis/v1/receipts/{headers['trellis-receipt']}/why", key)[1])
    assert receipt["upstream"] == "local", "the local model must have answered"
    charter = receipt["charter"]
    row = (
        f"| `{name}` | {receipt['move'].replace('-', ' ')} | `{receipt['moveRule']}` "
        f"| `{receipt['brief']['fingerprint'][:12]}` | {charter['version']}, `{charter['fingerprint'][:12]}` |"
    )
    words = reply["message"]["content"].strip() + (" …" if reply["finish_reason"] == "length" else "")
    told = "\n".join(textwrap.fill(line, 110) for line in receipt["brief"]["text"].splitlines())
    section = "\n".join([
        f"## Under `{name}`", "", "The model said:", "", quoted(words), "",
        "Why, as `/why` tells the person:", "",
        quoted("\n\n".join(textwrap.fill(part(why, name), 118) for name in ("chosen", "instead") if part(why, name))), "",
        "What the model was told:", "", "```text", told, "```", "",
    ])  # fmt: skip
    return row, section


def main():
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        places = ["--data", folder + "/data", "--set", f"home={ROOT}/.trellis"]
        keys = {
            name: trellis("key", "create", "-a", name.replace("/", "-"), "--charter", charter, *places).strip()
            for name, charter in CHARTERS.items()
        }
        server = subprocess.Popen([TRELLIS, "serve", "--port", "0", *places], stdout=subprocess.PIPE, text=True)
        try:
            url = server.stdout.readline().split()[-1]
            for _ in range(600):
                try:
                    urllib.request.urlopen(url + "/readyz", timeout=10)
                    break
                except OSError:
                    server.poll() is None or sys.exit("trellis serve has stopped")
                    subprocess.run(["sleep", "0.2"], check=True)
            rows, parts = zip(*(report(name, url, key) for name, key in keys.items()))
        finally:
            server.terminate()
            server.wait(60)
    page = ROOT / "docs/three-charters.md"
    page.write_text(FRAME.format(question=QUESTION, table="\n".join(rows), parts="\n".join(parts)))
    print(f"{page} is written.")


if __name__ == "__main__":
    main()
