"""Receipts: what they say is true, who can read them, and what is never in them."""

import base64
import hashlib
import json
import re

import programs

SECRET = "the words Xanadu-Quetzal-7341 that nobody else should read"
PERSON = "ada.lovelace+9923@example.org"


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def files_with(folder, text):
    """The files in which a text can be read: as it is, in base64, or as hexadecimal digits."""
    plain = text.encode()
    forms = {plain, plain.hex().encode(), text.encode("utf-16-le")}
    for shift in range(3):  # base64 of a text in the middle of something longer
        encoded = base64.b64encode(b"\0" * shift + plain)
        forms.add(encoded[4:-4])
    return [path for path in files(folder) if any(form in path.read_bytes() for form in forms)]


def test_a_receipt_tells_the_truth(gateway, key, mock):
    fingerprint = json.loads(programs.trellis("charter", "check", "--json", "commons/advisor").stdout)[0]["fingerprint"]
    answer = gateway.chat(key, headers={"Trellis-Person": PERSON})
    name = answer.headers["trellis-receipt"]
    kept = gateway.receipt(name, key)
    told = mock.last().json()["messages"][0]["content"]

    assert kept["id"] == name and kept["door"] == "chat-completions" and kept["application"] == "homework"
    assert kept["charter"]["id"] == "commons/advisor" and kept["charter"]["fingerprint"] == fingerprint
    assert kept["brief"]["text"] == told
    assert kept["brief"]["fingerprint"] == hashlib.sha256(told.encode()).hexdigest()
    assert any(clause.startswith("goods/") for clause in kept["clauses"])
    assert any(clause.startswith("floor/") for clause in kept["clauses"])
    assert kept["move"] == "answer" and kept["moveReason"]
    assert kept["upstream"] == "mock" and kept["modelRequested"] == kept["modelServed"] == "mock-model"
    assert kept["status"] == 200 and kept["outcome"] == {"kind": "complete"} and kept["finishReason"] == "stop"
    assert kept["usage"] == {"input": 57, "output": 170, "source": "reported"}
    timings = kept["timings"]
    assert 0 <= timings["prepare"] <= timings["firstByte"] <= timings["total"]
    assert kept["attempts"] == 1 and re.fullmatch("[0-9a-f]{32}", kept["trace"])
    assert re.fullmatch("[0-9a-f]{32}", kept["person"]) and PERSON not in json.dumps(kept)
    assert "bodies" not in kept and kept["missing"] == []


def test_the_command_line_shows_the_same_receipt(gateway, key):
    name = gateway.chat(key).headers["trellis-receipt"]
    by_api = gateway.receipt(name, key)
    assert json.loads(gateway.command("receipt", name, "--json").stdout) == by_api
    told = gateway.command("receipt", name, "--brief").stdout
    assert name in told and "commons/advisor" in told and by_api["brief"]["text"] in told
    newest = json.loads(gateway.command("receipts", "--last", "20", "--json").stdout)
    assert newest[0]["id"] == name and 1 < len(newest) <= 20
    assert name in gateway.command("receipts", "--last", "20").stdout
    assert len(json.loads(gateway.command("receipts", "--last", "1", "--json").stdout)) == 1


def test_the_newest_receipts_come_first(gateway, key):
    names = [gateway.chat(key).headers["trellis-receipt"] for _ in range(3)]
    listed = gateway.ask("GET", "/trellis/v1/receipts?last=3", key=key).json()["receipts"]
    assert [receipt["id"] for receipt in listed] == names[::-1]


def test_what_is_no_receipt_is_not_found(gateway, key):
    missing = gateway.command("receipt", "rcp_0000000000000000000000000A", check=False)
    assert missing.returncode == 1 and missing.stderr and not missing.stdout
    for name in ("rcp_x", "../../etc/passwd", "rcp_0000000000000000000000000A'--"):
        assert gateway.command("receipt", name, check=False).returncode == 1
    answer = gateway.ask("GET", "/trellis/v1/receipts/rcp_x", key=key)
    assert answer.status == 400 and answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["status"] == 400 and answer.json()["detail"]


def test_a_person_is_known_by_the_same_pseudonym_whichever_way_they_are_named(gateway, key, claude):
    def person(answer, key=key):
        return gateway.receipt(answer.headers["trellis-receipt"], key).get("person")

    by_header = person(gateway.chat(key, headers={"Trellis-Person": PERSON}))
    by_field = person(gateway.chat(key, user=PERSON))
    raw = claude.messages.with_raw_response.create(
        model="claude-mock", max_tokens=8, messages=[{"role": "user", "content": "x"}], metadata={"user_id": PERSON}
    )
    other = gateway.key("another-application")
    assert by_header and by_header == by_field == person(raw)
    assert person(gateway.chat(key, user="grace")) != by_header
    assert person(gateway.chat(other, user=PERSON), other) != by_header, "two applications could compare notes"
    assert person(gateway.chat(key)) is None


def test_nothing_that_was_said_and_nobodys_name_is_kept(start, mock):
    server = start()
    key = server.key("homework")
    for streams in (False, True):
        answer = server.chat(key, text=SECRET, headers={"Trellis-Person": PERSON}, stream=streams)
        assert answer.status == 200 and SECRET in mock.last().text
    server.chat(key, text=SECRET, user=PERSON, model="m/status-400")
    server.chat(key, text=SECRET, user=PERSON, model="no-such-model")
    server.settled()
    said = re.search(r'"content":"([^"]{20,60})', server.chat(key).text).group(1)
    server.settled()
    assert files(server.data), "there should be something to look at"
    for text in (SECRET, "Quetzal-7341", PERSON, "ada.lovelace", said):
        assert files_with(server.data, text) == []
    assert server.stop() == 0
    for text in (SECRET, "Quetzal-7341", PERSON, "ada.lovelace", said):
        assert files_with(server.folder, text) == []  # its log too


def test_bodies_are_kept_when_the_operator_says_so_and_cannot_be_read_in_the_files(start):
    server = start(receipts={"bodies": True})
    key = server.key("homework")
    names = [server.chat(key, text=SECRET, stream=streams).headers["trellis-receipt"] for streams in (False, True)]
    server.settled()
    for name in names:
        bodies = server.receipt(name, key)["bodies"]
        assert SECRET in bodies["request"] and bodies["reply"]
        assert SECRET in server.command("receipt", name, "--bodies").stdout
        assert SECRET not in server.command("receipt", name).stdout
    reply = re.search(r'"content":"([^"]{20,60})', bodies["reply"]).group(1)
    for text in (SECRET, "Quetzal-7341", reply):
        assert files_with(server.data, text) == []
    server.stop()
    for text in (SECRET, "Quetzal-7341", reply):
        assert files_with(server.folder, text) == []


def test_bodies_are_kept_when_the_charter_says_so(start, tmp_path):
    charter = tmp_path / "charter.yaml"
    charter.write_text(
        "charter: mine/advisor\nversion: 1.0.0\ncommunity: Us\npurpose: Help people choose well.\n"
        "goods:\n  clarity: { says: The person understands their question better., lens: perfectionist }\n"
        "memory: { receipts: bodies }\n"
    )
    server = start()
    plain, kept = server.key("plain"), server.key("keeps", "--charter", str(charter))
    without = server.receipt(server.chat(plain, text=SECRET).headers["trellis-receipt"], plain)
    with_ = server.receipt(server.chat(kept, text=SECRET).headers["trellis-receipt"], kept)
    assert "bodies" not in without and SECRET in with_["bodies"]["request"]
    server.settled()
    assert files_with(server.data, SECRET) == []


def test_bodies_cannot_be_read_without_the_key_that_seals_them(start):
    server = start(receipts={"bodies": True})
    key = server.key("homework")
    name = server.chat(key, text=SECRET).headers["trellis-receipt"]
    server.settled()
    server.stop()
    sealing = server.data / "keys" / "kek"
    assert sealing.stat().st_mode & 0o077 == 0
    sealing.unlink()
    shown = server.command("receipt", name, "--bodies", "--json", check=False)
    assert SECRET not in shown.stdout
    assert json.loads(server.command("receipt", name, "--json").stdout)["id"] == name


def test_files_are_for_their_owner_alone(gateway):
    for path in [gateway.data, *gateway.data.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_receipt_says_when_usage_is_an_estimate(gateway, key, receipt):
    answer = gateway.chat(key, model="m/usage-on-request", stream=True)
    usage = receipt(answer.headers["trellis-receipt"])["usage"]
    assert usage["source"] == "estimated" and usage["output"] > 0


def test_refusals_leave_receipts_too(gateway, key, receipt):
    answer = gateway.chat(key, model="no-such-model")
    kept = receipt(answer.headers["trellis-receipt"])
    assert kept["status"] == 404 and kept["outcome"]["kind"] == "refused" and kept["outcome"]["reason"]
