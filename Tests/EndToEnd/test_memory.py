"""A person's memory end to end: every route of a real server, the command line beside it on the same folder, and
erasing that leaves nothing of the words in any file or in a backup made afterwards."""

import base64
import json
import os
import re
import sqlite3
import struct
import subprocess

import jsonschema
import pytest

import programs

PATH = "/trellis/v1/memory"
ADA = {"Trellis-Person": "ada"}
BEN = {"Trellis-Person": "ben"}
SCHEMA = json.loads((programs.ROOT / "docs/memory-export.schema.json").read_text())


@pytest.fixture
def server(start):
    return start(flags=("--development",))


def ask(server, method, path="", body=None, person=ADA, **headers):
    return server.ask(method, PATH + path, body, headers={**person, **headers})


def good(server, method, path="", body=None, person=ADA, **headers):
    answer = ask(server, method, path, body, person, **headers)
    assert answer.status == 200, f"{method} {path} answered {answer.status}: {answer.text}"
    return answer.json()


def say(server, kind, words, person=ADA, **more):
    return good(server, "POST", "", {"kind": kind, "words": words, **more}, person)["items"][0]


def told(server, query="", person=ADA):
    return [item["words"] for item in good(server, "GET", query, person=person)["items"]]


def memory(server, *arguments, person="ada", check=True):
    return server.command("memory", *arguments, "--person", person, check=check)


def test_every_control_by_the_api(server):
    goal = say(server, "goal", "pass the chemistry exam", due=1_900_000_000_000)
    assert goal["source"] == "stated" and goal["status"] == "confirmed" and goal["due"] == 1_900_000_000_000
    impulse = say(server, "preference", "play all night", links=[{"relation": "conflictsWith", "item": goal["id"]}])
    assert {"relation": "conflictsWith", "item": impulse["id"]} in good(server, "GET", f"/{goal['id']}")["links"]
    assert told(server) == ["play all night", "pass the chemistry exam"]
    assert told(server, "?q=CHEMISTRY&kind=goal&held=true") == ["pass the chemistry exam"]
    assert told(server, person=BEN) == []

    later = good(server, "PATCH", f"/{goal['id']}", {"due": 1_950_000_000_000})
    assert later["words"] == goal["words"] and later["due"] == 1_950_000_000_000
    for word, member, value in [
        ("pin", "isPinned", True), ("unpin", "isPinned", False), ("reject", "status", "rejected"),
        ("confirm", "status", "confirmed"),
    ]:  # fmt: skip
        assert good(server, "POST", f"/{later['id']}/{word}")[member] == value

    decisions = good(server, "GET", "/decisions")["decisions"]
    assert [decision["act"] for decision in decisions[:3]] == ["confirmed", "rejected", "unpinned"]
    assert ask(server, "POST", f"/decisions/{decisions[0]['id']}/undo").status == 204
    assert good(server, "GET", f"/{later['id']}")["status"] == "rejected"
    assert ask(server, "POST", f"/decisions/{good(server, 'GET', '/decisions')['decisions'][0]['id']}/undo").status == 204

    assert good(server, "PUT", "/retention", {"retention": {"episode": 90}}) == {"retention": {"episode": 90}}
    assert good(server, "GET", "/retention", person=BEN) == {"retention": {}}
    assert ask(server, "PUT", "/paused/kitchen%20table").status == 204
    assert good(server, "GET", "/paused") == {"paused": ["kitchen table"]}
    assert ask(server, "DELETE", "/paused/kitchen%20table").status == 204

    question = {"words": "How do I prepare the exam?"}
    refused = ask(server, "POST", "/recall", question)
    assert refused.status == 403 and "/grants/use-in-replies" in refused.json()["detail"]
    good(server, "PUT", "/grants/use-in-replies", {"kinds": ["goal"]})
    account = good(server, "POST", "/recall", question)
    assert [entry["item"]["id"] for entry in account["items"]] == [later["id"]]
    assert "lexical" in account["items"][0]["reasons"] and "“pass the chemistry exam”" in account["brief"]
    assert ask(server, "DELETE", "/grants/use-in-replies").status == 204
    assert ask(server, "POST", "/recall", question).status == 403
    states = {leave["state"] for grant in good(server, "GET", "/grants")["grants"] for leave in grant["kinds"]}
    assert states == {"open", "revoked"}

    assert ask(server, "DELETE", "/").status == 400, "an item's id that was lost on the way must not erase everything"
    certificate = good(server, "DELETE", f"/{impulse['id']}")
    assert certificate["scope"] == "items" and certificate["items"] == [impulse["id"]]
    assert told(server, "?held=true") == ["pass the chemistry exam"]
    assert good(server, "DELETE", "")["scope"] == "memory"
    assert told(server) == []


def test_a_memory_is_exported_to_its_schema_and_a_page_and_brought_in_by_another_trellis(server, start):
    first = say(server, "value", 'patience & <b>"calm"</b>', origin={"conversation": "kitchen", "turn": 3})
    say(server, "fact", "lives in Lyon", validFrom=1_500_000_000_000)
    say(server, "preference", "now or never", links=[{"relation": "conflictsWith", "item": first["id"]}])
    good(server, "PUT", "/retention", {"retention": {"episode": 90}})
    export = ask(server, "GET", "/export")
    assert "attachment" in export.headers["content-disposition"]
    jsonschema.validate(export.json(), SCHEMA)
    for item in good(server, "GET")["items"]:
        jsonschema.validate(item, {**SCHEMA, "$ref": "#/$defs/item", "type": "object", "required": [], "properties": {}})
        assert item in export.json()["items"], "the API and the file show an item alike"

    page = ask(server, "GET", "/export", Accept="text/html")
    assert page.headers["content-type"].startswith("text/html") and "default-src 'none'" in page.text
    assert "patience &amp; &lt;b&gt;&quot;calm&quot;&lt;/b&gt;" in page.text and "<b>" not in page.text
    assert "<script" not in page.text and "turn 3" in page.text and "Pulls against “now or never”" in page.text

    other = start("other", flags=("--development",))
    assert good(other, "POST", "/import", export.body) == {"added": 3, "known": 0, "different": []}
    assert good(other, "POST", "/import", export.body) == {"added": 0, "known": 3, "different": []}
    again = ask(other, "GET", "/export").json()
    assert [item["id"] for item in again["items"]] == [item["id"] for item in export.json()["items"]]
    assert {item["source"] for item in again["items"]} == {"imported"} and again["retention"] == {"episode": 90}
    broken = json.loads(export.text)
    broken["items"][0]["kind"] = "dream"
    broken["items"][2]["words"] = ""
    refused = ask(start("third", flags=("--development",)), "POST", "/import", broken)
    assert refused.status == 400 and "items[0].kind" in refused.json()["detail"] and "items[2]" in refused.json()["detail"]


def test_a_large_file_is_brought_in_and_a_larger_one_refused(server):
    items = [
        {"id": f"0{number:025d}", "kind": "fact", "words": f"thing {number} " + "x" * 1_000, "source": "stated",
         "status": "confirmed", "recordedAt": 1_700_000_000_000}
        for number in range(4_000)
    ]  # fmt: skip
    file = {"format": "trellis-memory/1", "items": items}
    assert len(json.dumps(file)) > 4 << 20, "longer than any message to a model may be"
    assert good(server, "POST", "/import", file)["added"] == 4_000
    assert good(server, "GET", "?limit=1")["total"] == 4_000
    seen, before = [], ""
    while True:
        page = good(server, "GET", f"?limit=1000{before}")
        seen += [item["id"] for item in page["items"]]
        if "next" not in page:
            break
        before = f"&before={page['next']}"
    assert len(seen) == len(set(seen)) == 4_000 and seen == sorted(seen, reverse=True)
    answer = programs.converse(
        server.port,
        f"POST {PATH}/import HTTP/1.1\r\nHost: localhost\r\nTrellis-Person: eve\r\nConnection: close\r\n"
        f"Content-Length: {70 << 20}\r\n\r\n".encode() + b" " * (70 << 20),
    )  # fmt: skip
    assert b" 413 " in answer.split(b"\r\n")[0] and b"application/problem+json" in answer, answer[:200]
    assert told(server, person={"Trellis-Person": "eve"}) == []


def test_every_control_on_the_command_line_beside_the_server(server, tmp_path):
    goal = memory(server, "add", "goal", "pass the chemistry exam", "--due", "2027-01-20").stdout.strip()
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", goal)
    programs.eventually(lambda: told(server) == ["pass the chemistry exam"], "the server to see it")
    listed = memory(server, "list").stdout
    assert goal in listed and "pass the chemistry exam" in listed
    assert max(map(len, listed.splitlines())) <= 100
    same = json.loads(memory(server, "list", "--json").stdout)
    assert same == good(server, "GET", "?held=true")
    assert "due" in memory(server, "show", goal).stdout and goal in memory(server, "search", "EXAM").stdout
    new = memory(server, "correct", goal, "--words", "pass the physics exam", "--without", "due").stdout.strip()
    for word in ("pin", "unpin", "reject", "confirm"):
        assert new in memory(server, word, new).stdout
    last = json.loads(memory(server, "decisions", "--json").stdout)["decisions"][0]
    assert last["act"] == "confirmed" and "confirmed" in memory(server, "decisions").stdout
    memory(server, "undo", last["id"])
    memory(server, "undo", json.loads(memory(server, "decisions", "--json").stdout)["decisions"][0]["id"])

    memory(server, "pause", "kitchen")
    programs.eventually(lambda: good(server, "GET", "/paused") == {"paused": ["kitchen"]}, "the pause")
    memory(server, "resume", "kitchen")
    assert memory(server, "resume", "kitchen", check=False).returncode == 1
    memory(server, "retention", "episode", "--days", "90")
    assert "90 days" in memory(server, "retention").stdout

    assert memory(server, "recall", "physics", check=False).returncode == 1
    memory(server, "allow", "use-in-replies", "--kind", "goal", "--days", "7")
    recalled = memory(server, "recall", "my physics exam").stdout
    assert "“pass the physics exam”" in recalled and "lexical" in recalled
    programs.eventually(lambda: ask(server, "POST", "/recall", {"words": "x"}).status == 200, "the grant")
    assert "use-in-replies" in memory(server, "grants").stdout
    memory(server, "disallow", "--all")
    programs.eventually(lambda: ask(server, "POST", "/recall", {"words": "x"}).status == 403, "the grant's end")

    file, page = tmp_path / "ada.json", tmp_path / "ada.html"
    memory(server, "export", "--out", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    jsonschema.validate(json.loads(file.read_text()), SCHEMA)
    assert memory(server, "export", "--out", str(file), check=False).returncode == 1, "nothing is overwritten"
    memory(server, "export", "--page", "--out", str(page))
    assert "pass the physics exam" in page.read_text()
    assert "physics" in memory(server, "export", "--text").stdout

    assert memory(server, "erase", "--everything", check=False).returncode == 1, "nobody can be asked here"
    certificate = tmp_path / "certificate.json"
    assert "erased" in memory(server, "erase", "--everything", "--yes", "--certificate", str(certificate)).stdout
    programs.eventually(lambda: told(server) == [], "the server to see that it is gone")
    assert "sound" in server.command("memory", "verify", str(certificate)).stdout
    key = server.ask("GET", f"{PATH}/certificate-key").json()["key"]
    assert server.command("memory", "verify", str(certificate), "--key", key).returncode == 0
    forged = json.loads(certificate.read_text())
    forged["count"] += 1
    certificate.write_text(json.dumps(forged))
    assert server.command("memory", "verify", str(certificate), check=False).returncode == 1
    other = base64.b64encode(bytes(32)).decode()
    assert server.command("memory", "verify", str(certificate), "--key", other, check=False).returncode == 1
    assert "2 new" in memory(server, "import", str(file)).stdout


def test_erasing_asks_a_person_at_a_terminal(server):
    say(server, "fact", "lives in Lyon")
    for answer, code in (("n", 1), ("yes", 0)):
        parent, child = os.openpty()
        os.write(parent, f"{answer}\n".encode())
        done = subprocess.run(
            [programs.TRELLIS, "memory", "erase", "--everything", "--person", "ada", "--config", str(server.config)],
            cwd=server.folder, env=server.env, stdin=child, capture_output=True, text=True, timeout=programs.PATIENCE,
        )  # fmt: skip
        os.close(child)
        os.close(parent)
        assert done.returncode == code and "for good? [y/N]" in done.stderr, done.stdout + done.stderr


HOSTILE = [
    b"", b"{", b"null", b"[]", b"7", b'"x"', b"\xff\xfe", b'{"kind": "fact", "words": "\xff"}', b"[" * 100_000,
    b'{"a":' * 100_000, b'{"kind": "fact", "words": "x", "words": "y", "kind": 7}', b'{"kind": "fact", "words": "\\ud800"}',
    b'{"kind": "fact", "words": "x", "due": 99999999999999999999}', b'{"items": {}}', b'{"items": [[]]}', b'{"items": null}',
    b'{"kind": "fact", "words": "x", "confidence": NaN}', b'{"kind": "fact", "words": "x", "due": 1.5}',
    b'{"kind": "fact", "words": "x", "due": -9223372036854775808}', b'{"kind": "fact", "words": "x", "confidence": 2}',
    b'{"kind": "fact", "words": "x", "links": [{"relation": "replaces", "item": "' + b"0" * 26 + b'"}]}',
    b'{"kind": "fact", "words": "x", "origin": {"conversation": "", "turn": -1}}',
    b'{"retention": {"fact": 9223372036854775807}}', b'{"retention": []}', b'{"kinds": "goal"}', b'{"until": -1}',
    b'{"words": "x", "limit": -1}', b'{"words": 7}', b'{"words": "x", "tokens": 1e99}',
    b'{"format": "trellis-memory/1", "items": [null, 7, {}, []], "retention": {"x": -1}}',
]  # fmt: skip
ROUTES = [
    ("POST", ""), ("PATCH", "/{id}"), ("POST", "/{id}/pin"), ("POST", "/decisions/{id}/undo"), ("PUT", "/retention"),
    ("PUT", "/grants/remember"), ("PUT", "/grants/%ff"), ("POST", "/recall"), ("POST", "/import"),
]  # fmt: skip
PATHS = [
    "/%00", "/%ff%fe", "/" + "0" * 5_000, "/..%2f..", "/paused/%00", "/paused/%ff", "/grants/", "?limit=%ff", "?q=%ff%00",
    "?q=" + "x" * 5_000, "?before=" + "Z" * 26, "?kind=,,", "?kind=", "?limit=99999999999999999999", "/decisions?limit=x",
]  # fmt: skip


def test_no_bytes_break_a_route_or_change_a_memory_that_they_should_not(server):
    item = say(server, "fact", "lives in Lyon")
    for method, path in ROUTES:
        for number, body in enumerate(HOSTILE):
            answer = ask(server, method, path.replace("{id}", "0" * 26), body)
            assert answer.status < 500, f"{method} {path} {number}: {answer.text}"
            if answer.status >= 400:
                assert answer.headers["content-type"] == "application/problem+json" and answer.json()["detail"]
    for path in PATHS:
        for method in ("GET", "PUT", "PATCH", "DELETE", "POST"):
            answer = ask(server, method, path)
            assert answer.status < 500, f"{method} {path[:40]}: {answer.text}"
    assert item in good(server, "GET")["items"], "nobody erased or changed it"
    assert server.process.poll() is None


# Forgetting ----------------------------------------------------------------------------------------------------------


def traces(folder, *needles):
    """Which of some bytes stand in which file of a folder, in the text's own encoding or as 16-bit characters."""
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        held = file.read_bytes()
        found += [(file.name, needle) for needle in needles if needle in held]
    return found


def forms(*texts):
    return [form for text in texts for form in (text.encode(), text.encode("utf-16-le"), base64.b64encode(text.encode()))]


def backup(server, to):
    """A copy of the store as SQLite's own backup makes it, while the server runs."""
    to.mkdir()
    with sqlite3.connect(server.data / "trellis.sqlite") as store, sqlite3.connect(to / "backup.sqlite") as copy:
        store.backup(copy)
    return to


def test_what_is_erased_is_in_no_file_and_no_backup_made_afterwards(server, tmp_path):
    secrets = ["heliotrope lighthouse", "vermilion ocarina", "Überseekoffer aus Zinnober"]
    kept = say(server, "fact", secrets[0])
    gone = say(server, "goal", secrets[1], origin={"conversation": "saffron-barometer", "turn": 4})
    newer = good(server, "PATCH", f"/{gone['id']}", {"words": secrets[2]})
    say(server, "value", "Ben keeps his own", BEN)
    good(server, "PUT", "/grants/use-in-replies")
    for words in secrets:
        good(server, "POST", "/recall", {"words": words})
    server.ask("PUT", "/trellis/v1/wishes", "wishes: 1\navoid: [celebrate]\n", headers=ADA)
    needles = forms(*secrets, "saffron-barometer", "Ben keeps his own")
    assert traces(server.folder, *needles) == [], "sealed words stand nowhere, even before they are erased"

    good(server, "DELETE", f"/{newer['id']}")
    assert told(server) == [secrets[0]]
    # What is sealed can't be searched for words, so the segments themselves are looked at: the ids of what is erased are
    # in none that the key still opens, which is what the export shows, and the log holds no older page.
    export = ask(server, "GET", "/export").text
    assert secrets[1] not in export and secrets[2] not in export and "saffron-barometer" not in export
    assert gone["id"] not in export and newer["id"] not in export and kept["id"] in export
    sealed = {part for (part,) in segments(backup(server, tmp_path / "one"))}
    good(server, "DELETE", f"/{kept['id']}")
    stale = sealed - {part for (part,) in segments(backup(server, tmp_path / "two"))}
    assert stale, "erasing an item must have rewritten what held it"
    assert traces(server.data, *stale) == [], "not even what was sealed before is left in a file"
    assert traces(server.folder, *needles) == [] and traces(tmp_path, *needles) == []


def rows(folder, query):
    with sqlite3.connect(folder / "backup.sqlite") as copy:
        return copy.execute(query).fetchall()


def segments(folder):
    return rows(folder, "SELECT sealed FROM memory_segments")


def vector_forms(numbers):
    """Four numbers of a vector as an index would hold them: as they came or of length one, in 32 bits or 16."""
    length = sum(number * number for number in numbers) ** 0.5
    four = numbers[:4]
    return [
        struct.pack(f"<4{form}", *values)
        for values in (four, [number / length for number in four])
        for form in ("f", "e", "d")
    ]


def test_words_said_in_conversation_and_their_vectors_stand_nowhere_and_are_erased(start, tmp_path):
    server = start(flags=("--development",), memory={"embedder": "mock-model"})
    words = "I keep a heliotrope lighthouse"
    good(server, "PUT", "/grants/remember")
    good(server, "PUT", "/grants/use-in-replies")
    said = server.chat(None, text=f"Please remember that {words}.", headers={**ADA, "Trellis-Conversation": "kitchen"})
    assert said.status == 200, said.text
    (item,) = good(server, "GET")["items"]
    assert item["words"] == words and item["source"] == "stated" and item["origin"]["conversation"] == "kitchen"
    embedded = server.ask("POST", "/v1/embeddings", {"model": "mock-model", "input": words}).json()
    vector = vector_forms(embedded["data"][0]["embedding"])
    kinds = lambda place: {kind for (kind,) in rows(backup(server, place), "SELECT kind FROM memory_segments")}  # noqa: E731
    places = (tmp_path / f"look-{number}" for number in range(1_000))
    programs.eventually(lambda: len(kinds(next(places))) == 3, "items, decisions and vectors to be sealed")
    answer = server.chat(None, text="Shall I paint the lighthouse?", headers=ADA)
    receipt = server.receipt(answer.headers["trellis-receipt"], None)
    assert [used["item"] for used in receipt["memories"]] == [item["id"]]
    server.settled()
    needles = [*forms(words, "heliotrope"), *vector]
    assert traces(server.folder, *needles) == [] and traces(tmp_path / "look-0", *needles) == []

    before = {part for (part,) in segments(backup(server, tmp_path / "before"))}
    good(server, "DELETE", f"/{item['id']}")
    after = {part for (part,) in segments(backup(server, tmp_path / "after"))}
    assert len(before - after) >= 3, "item, vector and decision were rewritten"
    assert traces(server.data, *(before - after), *needles) == []
    assert told(server) == [] and item["id"] not in ask(server, "GET", "/export").text
    programs.eventually(lambda: "memories" not in server.receipt(
        server.chat(None, text="Shall I paint the lighthouse?", headers=ADA).headers["trellis-receipt"], None),
        "a reply that is told nothing of it")  # fmt: skip


def test_an_erased_person_cannot_be_read_with_all_keys_from_what_is_left(server, tmp_path, start):
    say(server, "goal", "heliotrope lighthouse")
    say(server, "goal", "Ben keeps his own", BEN)
    good(server, "PUT", "/grants/use-in-replies")
    before = {part for (part,) in segments(backup(server, tmp_path / "before"))}
    assert all(traces(server.data, part) for part in before), "what is looked for below can be found at all"
    answer = server.ask("DELETE", "/trellis/v1/bodies", headers={**ADA, "Accept": "application/json"})
    assert answer.status == 200 and answer.json()["scope"] == "everything"
    assert answer.json()["key"] == server.ask("GET", f"{PATH}/certificate-key").json()["key"]
    after = {part for (part,) in segments(backup(server, tmp_path / "after"))}
    gone = before - after
    assert gone and len(after) < len(before), "hers went, and his stayed"
    for part in gone:
        assert traces(server.data, part) == [], "not even what was sealed is left in a file"
        assert traces(tmp_path / "after", part) == []
    needles = forms("heliotrope lighthouse", "Ben keeps his own")
    assert traces(server.folder, *needles) == [] and traces(tmp_path / "after", *needles) == []
    states = {leave["state"] for grant in good(server, "GET", "/grants")["grants"] for leave in grant["kinds"]}
    assert told(server) == [] and states == {"open"}
    assert told(server, person=BEN) == ["Ben keeps his own"]

    # A Trellis on the backup, with every key that there is, finds nothing of her and everything of him.
    server.stop()
    copy = tmp_path / "copy"
    (copy / "data" / "keys").mkdir(parents=True)
    (copy / "data" / "trellis.sqlite").write_bytes((tmp_path / "after" / "backup.sqlite").read_bytes())
    (copy / "data" / "keys" / "kek").write_bytes((server.data / "keys" / "kek").read_bytes())
    (copy / "data" / "keys" / "kek").chmod(0o600)
    (copy / "trellis.yaml").write_text(server.config.read_text())
    successor = programs.Gateway(copy, flags=("--development",))
    try:
        assert told(successor) == [] and told(successor, person=BEN) == ["Ben keeps his own"]
    finally:
        successor.stop()


def test_logs_hold_no_word_of_a_memory(server):
    say(server, "goal", "heliotrope lighthouse")
    ask(server, "POST", "", {"kind": "goal", "words": "heliotrope\u0007"})
    ask(server, "POST", "/import", {"format": "trellis-memory/1", "items": [{"words": "heliotrope"}]})
    good(server, "PUT", "/grants/use-in-replies")
    good(server, "POST", "/recall", {"words": "heliotrope"})
    good(server, "DELETE", "")
    assert "heliotrope" not in server.log and "ada" not in re.findall(r"\w+", server.log)
