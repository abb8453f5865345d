#!/usr/bin/env python3
"""Lives through two weeks with one person and the small local model, and writes docs/two-weeks.md with its receipts
beside it. The server is real and is started anew for each day, with its clock set forward by faketime. Nothing in the
page but its frame and what the person says is written by hand.

    Scripts/two-weeks.py          after `make setup` and `swift build`; about four minutes; needs faketime (apt install faketime)
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
TRELLIS = os.environ.get("TRELLIS_BINARY", str(ROOT / ".build/debug/trellis"))
RECEIPTS = ROOT / "docs/two-weeks"
PERSON, APPLICATION = "mira", "evenings"

CONFIGURATION = """\
listen: { host: 127.0.0.1, port: 0 }
data: data
charter: commons/advisor
memory: { embedder: all-minilm-l6-v2 }
"""

# What happens on which day: (what is done, its argument).
DAYS = {
    "2026-12-01": [
        ("note", "The application asks Mira whether it may keep what she says, and use it to answer her. She says yes to both."),
        ("allow", "remember"), ("allow", "use-in-replies"),
        ("say", "My goal is to pass the chemistry exam on 20 January."),
        ("say", "Remember that Nadia is my sister and that she is the one I call when things get hard."),
    ],
    "2026-12-02": [
        ("say", "I promise to stop playing games after ten on school nights."),
        ("say", "What should I do this week for chemistry?"),
    ],
    "2026-12-03": [("say", "Remember that I live in Lyon."), ("list", None)],
    "2026-12-05": [
        ("note", "An impulse against a commitment. Nothing of what she decided is overwritten, and the model is told both, as what they are."),
        ("say", "I prefer to keep playing games all night tonight."),
        ("say", "Shall I go on playing games tonight?"),
    ],
    "2026-12-06": [
        ("note", "Something that is nobody's business. She pauses remembering for this conversation."),
        ("say", "Don't remember this conversation."),
        ("say", "Remember that I quarrelled with my father about money."),
        ("list", None),
    ],
    "2026-12-08": [
        ("note", "A contradiction: she moves. The old fact is closed with its end, and stays to be seen."),
        ("say", "It's no longer true that I live in Lyon."),
        ("say", "Remember that I live in Grenoble."),
        ("past", None),
    ],
    "2026-12-09": [
        ("note", "A correction, by the control that is made for it."),
        ("correct", ("exam on 20 January", "pass the chemistry exam on 22 January", "2027-01-22")),
        ("say", "When is my exam?"),
    ],
    "2026-12-10": [
        ("say", "I can now balance redox equations on my own."),
        ("say", "What do you remember about me?"),
    ],
    "2026-12-12": [("note", "She takes everything along."), ("export", None)],
    "2026-12-13": [
        ("note", "She erases one item, in words, and the same words are looked for in every file of the server."),
        ("say", "Forget that Nadia is my sister and that she is the one I call when things get hard."),
        ("search", "Nadia"),
    ],
    "2026-12-14": [
        ("note", "She erases everything, and keeps the certificate."),
        ("erase", None),
        ("search", "chemistry exam"), ("search", "Grenoble"), ("search", "redox"),
        ("say", "What do you remember about me?"),
    ],
}

FRAME = """\
# Two weeks with a memory of one's own

Mira is sixteen and made up; what Trellis does here is not. `Scripts/two-weeks.py` ran a real server on the small local model
through two weeks (its clock was set forward between the days), said what Mira says, and wrote down what came of it. Behind
each reply stands its [receipt](two-weeks). Run it again and the model's words may differ, while what is remembered, recalled,
refused and erased stays the same.

{days}
## What this shows, and what it doesn't

Everything that was kept was said by Mira and allowed by her; a decision held on reflection stood beside the impulse, first;
a paused conversation left nothing; what stopped being true was closed, not overwritten; what she erased is in no file of
the server. It doesn't show that the replies are good: SmolLM2-135M-Instruct is one of the smallest models there are, and
often does not do what it is told. What it was told stands in the receipts.
"""


class Server:
    """Trellis, as it is on one day."""

    def __init__(self, folder, day):
        self.folder, self.day = folder, day
        environment = {**os.environ, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        self.process = subprocess.Popen(
            ["faketime", f"{day} 18:00:00", TRELLIS, "serve", "--config", f"{folder}/trellis.yaml", "--development",
             "--set", f"home={ROOT}/.trellis"],
            stdout=subprocess.PIPE, stderr=open(f"{folder}/log-{day}.txt", "w"), text=True, env=environment, start_new_session=True)  # fmt: skip
        said = self.process.stdout.readline().split()
        if not said:
            sys.exit(f"trellis serve didn't start:\n{pathlib.Path(f'{folder}/log-{day}.txt').read_text()}")
        self.url = said[-1]
        for _ in range(600):
            try:
                urllib.request.urlopen(self.url + "/readyz", timeout=10)
                return
            except OSError:
                self.process.poll() is None or sys.exit("trellis serve has stopped")
                time.sleep(0.2)

    def ask(self, method, path, body=None, **headers):
        sent = {"Content-Type": "application/json", "Trellis-Person": PERSON, **headers}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, sent, method=method)
        with urllib.request.urlopen(request, timeout=300) as answer:
            return answer.headers, answer.read().decode()

    def memory(self, method, path="", body=None, **headers):
        return self.ask(method, "/trellis/v1/memory" + path, body, **headers)[1]

    def items(self, query="?held=true"):
        return json.loads(self.memory("GET", "/" + query))["items"]

    def stop(self):
        # faketime stands between us and the server, and leaves before it: the whole group must be gone.
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(60)
        for _ in range(600):
            try:
                os.killpg(self.process.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.1)
        sys.exit(f"The server of {self.day} doesn't stop")


def quoted(text):
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def described(item):
    until = f", until {day_of(item['validUntil'])}" if "validUntil" in item else ""
    return f"- {item['kind']}: “{item['words']}”{until}"


def day_of(milliseconds):
    return time.strftime("%Y-%m-%d", time.gmtime(milliseconds / 1000))


class Life:
    def __init__(self, server, number):
        self.server, self.number, self.turn, self.said = server, number, 0, []

    def say(self, words):
        self.said.append({"role": "user", "content": words})
        headers, text = self.server.ask(
            "POST", "/v1/chat/completions",
            {"model": "smollm2", "temperature": 0, "max_tokens": 60, "messages": self.said},
            **{"Trellis-Conversation": self.server.day})  # fmt: skip
        choice = json.loads(text)["choices"][0]
        self.said.append({"role": "assistant", "content": choice["message"]["content"]})
        time.sleep(1.5)  # What is remembered is read after the reply.
        self.turn += 1
        name = f"{self.server.day}-{self.turn}.json"
        receipt = json.loads(self.server.ask("GET", f"/trellis/v1/receipts/{headers['trellis-receipt']}")[1])
        (RECEIPTS / name).write_text(json.dumps(receipt, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
        why = json.loads(self.server.ask("GET", f"/trellis/v1/receipts/{headers['trellis-receipt']}/why")[1])
        remembered = next((part["says"] for part in why["parts"] if part["id"] == "remembered"), [])
        dots = " …" if choice["finish_reason"] == "length" else ""
        return "\n".join([
            f"**Mira:** {words}", "",
            "**The model:** " + " ".join(choice["message"]["content"].split()) + dots, "",
            *[textwrap.fill(line, 118) for line in remembered], "",
            f"Move: {receipt['move'].replace('-', ' ')}. [Receipt](two-weeks/{name})", "",
        ])  # fmt: skip

    def note(self, text):
        return textwrap.fill(text, 118) + "\n"

    def allow(self, use):
        self.server.memory("PUT", f"/grants/{use}", {})
        return f"`PUT /trellis/v1/memory/grants/{use}`\n"

    def list(self, _):
        return "What is held now (`trellis memory list`):\n\n" + "\n".join(map(described, self.server.items())) + "\n"

    def past(self, _):
        return "What is and was held (`trellis memory list --all`):\n\n" + "\n".join(map(described, self.server.items(""))) + "\n"

    def correct(self, change):
        old, words, due = change
        item = next(item for item in self.server.items() if old in item["words"])
        at = int(time.mktime(time.strptime(due + " UTC", "%Y-%m-%d %Z"))) * 1000
        new = json.loads(self.server.memory("PATCH", f"/{item['id']}", {"words": words, "due": at}))
        return f"`trellis memory correct ITEM --words \"{words}\"`: “{item['words']}” is now “{new['words']}”; the old version stays in the past.\n"

    def export(self, _):
        whole = json.loads(self.server.memory("GET", "/export"))
        (RECEIPTS / "export.json").write_text(json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
        page = self.server.memory("GET", "/export", Accept="text/html")
        return (f"`trellis memory export`: [one file](two-weeks/export.json) with {len(whole['items'])} items and "
                f"{len(whole['decisions'])} decisions, and a page to read of {len(page):,} characters.\n")  # fmt: skip

    def erase(self, _):
        certificate = json.loads(self.server.memory("DELETE"))
        (RECEIPTS / "certificate.json").write_text(json.dumps(certificate, indent=1, sort_keys=True) + "\n")
        command = [TRELLIS, "memory", "verify", str(RECEIPTS / "certificate.json"), "--config", f"{self.server.folder}/trellis.yaml"]
        checked = subprocess.run(command, capture_output=True, text=True, cwd=self.server.folder)
        assert checked.returncode == 0, checked.stderr
        return ("`trellis memory erase --everything`, and the [certificate](two-weeks/certificate.json), which "
                "`trellis memory verify` reads so:\n\n" + quoted(checked.stdout) + "\n")  # fmt: skip

    def search(self, words):
        held = self.server.items("")
        assert not any(words in item["words"] for item in held), f"“{words}” is still held"
        found = [path.name for path in pathlib.Path(self.server.folder).rglob("*")
                 if path.is_file() and words.lower().encode() in path.read_bytes().lower()]  # fmt: skip
        assert not found, f"“{words}” stands in {found}"
        return f"`grep -ri \"{words}\"` over every file of the server, its log and its write-ahead log: nothing.\n"


def main():
    shutil.which("faketime") or sys.exit("There is no faketime here: apt install faketime")
    shutil.rmtree(RECEIPTS, ignore_errors=True)
    RECEIPTS.mkdir(parents=True)
    days = []
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "trellis.yaml").write_text(CONFIGURATION)
        os.environ["TZ"] = "UTC"
        time.tzset()
        for number, (day, acts) in enumerate(DAYS.items(), 1):
            server = Server(folder, day)
            try:
                life = Life(server, number)
                title = time.strftime("%A %d %B", time.strptime(day, "%Y-%m-%d"))
                days.append(f"## {title}\n\n" + "\n".join(getattr(life, act)(given) for act, given in acts))
            finally:
                server.stop()
            print(day, "is over", flush=True)
    page = ROOT / "docs/two-weeks.md"
    page.write_text(FRAME.format(days="\n".join(days)))
    print(f"{page} is written.")


if __name__ == "__main__":
    try:
        main()
    except urllib.error.HTTPError as error:
        sys.exit(f"{error.url} answered {error.code}: {error.read().decode()}")
