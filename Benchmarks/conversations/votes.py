"""Votes a second through the API, and how long it takes until a vote is in the landscape. Prints a table.

One conversation of a given size is brought in from Polis's files, opened again, and voted on by people who were invited.
The program that sends requests runs on the same machine and takes its share of it.
"""

import http.client
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time

TRELLIS = str(pathlib.Path(sys.argv[1]).resolve())
PEOPLE = int(os.environ.get("PEOPLE", "2000"))
STATEMENTS = int(os.environ.get("STATEMENTS", "200"))
SHARE = float(os.environ.get("SHARE", "0.1"))
VOTERS = int(os.environ.get("VOTERS", "100"))
CONNECTIONS = int(os.environ.get("CONNECTIONS", "16"))
SECONDS = float(os.environ.get("SECONDS_OF_VOTING", "10"))
LOOKS = int(os.environ.get("LOOKS", "40"))


def write_export(folder):
    """Three camps, and statements that each camp agrees with to its own degree."""
    draw = random.Random(7)
    agreement = [[0.15 + 0.7 * draw.random() for _ in range(STATEMENTS)] for _ in range(3)]
    with (folder / "votes.csv").open("w") as votes:
        votes.write("timestamp,comment-id,voter-id,vote\n")
        count = 0
        for person in range(PEOPLE):
            camp = agreement[person % 3]
            for statement in draw.sample(range(STATEMENTS), max(1, int(SHARE * STATEMENTS))):
                vote = 1 if draw.random() < camp[statement] else -1
                votes.write(f"{count},{statement},{person},{vote}\n")
                count += 1
    with (folder / "comments.csv").open("w") as comments:
        comments.write("comment-id,moderated,comment-body\n")
        for statement in range(STATEMENTS):
            comments.write(f"{statement},1,Statement number {statement}\n")
    return count


class Client:
    """One connection that stays open."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def ask(self, method, path, body=None, **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, None if body is None else json.dumps(body), sent)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            sys.exit(f"{method} {path} answered {answer.status}: {text[:300]!r}")
        return json.loads(text) if text else None


def percentile(times, share):
    ordered = sorted(times)
    return 1_000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(folder):
    config = folder / "trellis.yaml"
    upstreams = {"none": {"kind": "openai", "url": "http://127.0.0.1:9/v1", "models": ["none"]}}
    config.write_text(json.dumps({"data": "data", "development": True, "upstreams": upstreams, "log": {"level": "warning"}}))
    cast = write_export(folder)
    options = ["--config", str(config)]
    begin = time.perf_counter()
    made = subprocess.run(
        [TRELLIS, "deliberate", "import", str(folder), "--json", *options], cwd=folder, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    imported = time.perf_counter() - begin
    opened = json.loads(made.stdout)
    server = subprocess.Popen(
        [TRELLIS, "serve", "--port", "0", *options], cwd=folder, stdout=subprocess.PIPE, text=True
    )
    try:
        port = int(server.stdout.readline().rsplit(":", 1)[1])
        path = f"/trellis/v1/conversations/{opened['conversation']}"
        moderator = {"Trellis_Moderator": opened["moderator"]}
        client = Client(port)
        client.ask("PATCH", path, {"open": True, "joining": ["invitation"]}, **moderator)
        codes = client.ask("POST", path + "/invitations", {"count": VOTERS}, **moderator)["invitations"]
        people = [client.ask("POST", path + "/participants", {"invitation": code})["secret"] for code in codes]
        begin = time.perf_counter()
        client.ask("GET", path + "/landscape?limit=1", **moderator)
        whole = time.perf_counter() - begin
        votes, wall = vote(port, path, people)
        looks = look(client, path, people, moderator)
        begin = time.perf_counter()
        for person in people:
            client.ask("GET", path + "/next", Trellis_Participant=person)
        following = (time.perf_counter() - begin) / len(people)
        kept = client.ask("GET", path)["votes"]
    finally:
        server.terminate()
        server.wait(60)
    print(f"{PEOPLE:,} people × {STATEMENTS:,} statements, {cast:,} votes brought in, {kept:,} at the end.")
    print()
    print("| what | measured |")
    print("|---|---|")
    print(f"| bringing it in from Polis's files | {imported:.1f} s |")
    print(f"| opening it in memory and reckoning the whole landscape | {whole:.2f} s |")
    print(f"| votes kept, {CONNECTIONS} connections | {len(votes) / wall:,.0f} a second |")
    print(f"| one vote, meanwhile: half, 99 in 100 | {percentile(votes, 0.5):.1f} ms, {percentile(votes, 0.99):.1f} ms |")
    print(f"| vote sent until it is in a landscape that was asked for: half, slowest of {LOOKS} | "
          f"{percentile(looks, 0.5):.1f} ms, {percentile(looks, 1):.1f} ms |")
    print(f"| next statement, on average | {1_000 * following:.1f} ms |")


def vote(port, path, people):
    """Everybody votes on one statement after another, on several connections, until the time is over."""
    times, lock = [], threading.Lock()
    end = time.perf_counter() + SECONDS
    again = math.lcm(len(people), STATEMENTS)

    def work(number):
        client, mine, turn = Client(port), [], number
        while time.perf_counter() < end:
            # When a person comes to a statement again, they say something else: saying the same writes nothing.
            stance = ("agree", "disagree", "pass")[turn // again % 3]
            begin = time.perf_counter()
            kept = client.ask(
                "POST", path + "/votes", {"statement": turn % STATEMENTS, "stance": stance},
                Trellis_Participant=people[turn % len(people)],
            )  # fmt: skip
            if kept["isNew"]:
                mine.append(time.perf_counter() - begin)
            turn += CONNECTIONS
        with lock:
            times.extend(mine)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(CONNECTIONS)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, time.perf_counter() - begin


def look(client, path, people, moderator):
    """From sending a vote until a landscape that holds it has been answered, to a moderator: others see it in steps."""
    time.sleep(2)
    times = []
    for turn in range(LOOKS):
        stance = ("pass", "agree", "disagree")[turn % 3]
        begin = time.perf_counter()
        kept = client.ask(
            "POST", path + "/votes", {"statement": turn % STATEMENTS, "stance": stance},
            Trellis_Participant=people[turn % len(people)],
        )  # fmt: skip
        found = client.ask("GET", path + "/landscape?limit=1", **moderator)
        if kept.get("event", 0) > found["event"]:
            sys.exit(f"the landscape doesn't hold the vote: {kept} {found['event']}")
        times.append(time.perf_counter() - begin)
    return times


with tempfile.TemporaryDirectory() as place:
    measure(pathlib.Path(place))
