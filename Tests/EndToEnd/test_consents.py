"""Consents end to end, with a real server and the command line beside it: what is taken back is over with the next message,
and what an erased person had consented to stands in no file."""

import json

import pytest

import programs

ADA = {"Trellis-Person": "ada"}
GUIDED = """\
charter: riverside/guided
version: 1.0.0
purpose: Help.
goods:
  understanding: { says: People understand what they do. }
guidance:
  quit-drinking:
    says: Ask how the week without drink went.
    asks: May I ask how the week without drink went?
    expires: 30d
"""


@pytest.fixture
def server(start, tmp_path):
    (tmp_path / "guided.yaml").write_text(GUIDED)
    return start(flags=("--development",), charter=str(tmp_path / "guided.yaml"))


def say(server, text="What is a noun?", headers=ADA):
    answer = server.chat(None, text=text, headers=headers)
    assert answer.status == 200, answer.text
    return server.receipt(answer.headers["trellis-receipt"], None)


def test_what_is_taken_back_by_the_command_line_is_over_with_the_very_next_message(server):
    whose = ("quit-drinking", "--person", "ada")
    for _ in range(6):
        server.command("consent", "grant", *whose)
        receipt = say(server)
        assert receipt["guidance"] == ["quit-drinking"] and "without drink" in receipt["brief"]["text"]
        server.command("consent", "revoke", *whose)
        receipt = say(server)
        assert "guidance" not in receipt and "without drink" not in receipt["brief"]["text"]
    assert server.command("consent", "audit").stdout.startswith("6 uses of guidance: every one")


def test_a_grant_of_memory_is_taken_back_for_the_very_next_message(server):
    path = "/trellis/v1/memory"
    assert server.ask("PUT", f"{path}/grants/remember", headers=ADA).status == 200
    item = {"kind": "goal", "words": "pass the chemistry exam"}
    assert server.ask("POST", path, item, headers=ADA).status == 200
    for _ in range(4):
        server.command("memory", "allow", "use-in-replies", "--person", "ada")
        assert say(server, "Shall I go on with chemistry?").get("memories")
        server.command("memory", "disallow", "use-in-replies", "--person", "ada")
        assert "memories" not in say(server, "Shall I go on with chemistry?")


def test_a_wish_set_by_the_command_line_holds_for_the_very_next_message(server, tmp_path):
    (tmp_path / "wishes.yaml").write_text("wishes: 1\ngoods:\n  my-pace: { says: At the pace of a heron. }\n")
    for _ in range(4):
        server.command("wishes", "set", str(tmp_path / "wishes.yaml"), "--person", "ada")
        assert "heron" in say(server)["brief"]["text"]
        server.command("wishes", "erase", "--person", "ada")
        assert "heron" not in say(server)["brief"]["text"]


def test_what_an_erased_person_had_consented_to_stands_in_no_file(server):
    asked = say(server)
    assert server.ask("POST", "/trellis/v1/consents/quit-drinking", headers=ADA).status == 200
    used = say(server)
    assert used["guidance"] == ["quit-drinking"]
    why = server.ask("GET", f"/trellis/v1/receipts/{used['id']}/why", headers=ADA).json()["text"]
    assert "agreed to be steered" in why and "(“Ask how the week without drink went.”)" in why
    server.settled()
    assert server.ask("DELETE", "/trellis/v1/bodies", headers=ADA).status == 204
    for receipt in (asked, used):
        left = server.receipt(receipt["id"], None)
        assert not {"guidance", "consents", "asked", "critique", "brief"} & set(left) and left["move"] == "erased"
        assert left.get("guided") == (1 if receipt is used else None)
        why = server.ask("GET", f"/trellis/v1/receipts/{receipt['id']}/why").json()["text"]
        assert "agreed" not in why and "drink" not in why
    server.stop()
    for file in server.data.rglob("*"):
        if file.is_file():
            found = file.read_bytes()
            assert b"quit-drinking" not in found and b"without drink" not in found, file
    audit = json.loads(server.command("consent", "audit", "--json").stdout)
    assert audit["uses"] == audit["erased"] == 1 and audit["violations"] == []
