"""People take part in a conversation from a terminal: they join a running server, vote, say, see, and leave."""

import json
import re
import stat
import subprocess
import time

import pexpect
import pytest
from test_conversations import AUDIENCE, ISSUER, Issuer

import programs

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
FIRST = "The library should open on Sundays.\r\nCars should keep out of the market square.\r\nحديقة للأطفال \u202eتجاه\u202c\n"


@pytest.fixture
def server(start, tmp_path):
    issuer = Issuer(tmp_path)
    started = start(deliberation={"oidc": {"issuer": ISSUER, "audience": AUDIENCE, "keys": str(issuer.file)}})
    started.issuer = issuer
    return started


class Hall:
    """One conversation, and the people who come with a data folder of their own each."""

    def __init__(self, server, folder, *flags):
        self.server, self.folder = server, folder
        (folder / "first.txt").write_text(FIRST, encoding="utf-8", newline="")
        made = server.command(
            "deliberate", "open", "--topic", "Our market square", "--statements", str(folder / "first.txt"), "-a",
            "town", "--proof-bits", "12", "--json", *flags,
        )  # fmt: skip
        self.id = json.loads(made.stdout)["conversation"]
        self.key = server.key("town")

    def environment(self, **more):
        return programs.clean_environment(**{"TRELLIS_KEY": self.key, "TRELLIS_URL": self.server.url, **more})

    def invitation(self):
        return self.server.command("deliberate", "invite", self.id, "--count", "1").stdout

    def by(self, who, what, *more, check=True, input="", **env):
        """Runs a command as somebody."""
        done = subprocess.run(
            [programs.TRELLIS, "deliberate", what, self.id, *more, "--data", str(self.folder / who)],
            cwd=self.folder, env=self.environment(**env), input=input, capture_output=True, text=True,
            timeout=programs.PATIENCE,
        )  # fmt: skip
        if check:
            assert done.returncode == 0, f"{what} {more}: {done.stdout}{done.stderr}"
        return done

    def asks(self, who, what, *more, **env):
        return json.loads(self.by(who, what, *more, "--json", **env).stdout)

    def secret(self, who):
        return json.loads((self.folder / who / "taking-part" / f"{self.id}.json").read_text())["secret"]


def test_two_people_join_vote_say_see_and_leave(server, tmp_path):
    hall = Hall(server, tmp_path, "--join", "invitation", "--join", "proof-of-work", "--importance")
    (tmp_path / "code.txt").write_text(hall.invitation())
    hall.by("ada", "join", "--invitation-file", "code.txt")
    ben = hall.by("ben", "join", "--by", "proof-of-work")
    assert "about 4,096 tries" in ben.stderr and "Done after" in ben.stderr
    for who in ("ada", "ben"):
        path = tmp_path / who / "taking-part" / f"{hall.id}.json"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert hall.secret(who) not in ben.stdout + ben.stderr + server.log

    first = hall.asks("ada", "next")
    assert first["left"] == 3
    number = first["statement"]["number"]
    page = hall.by("ada", "next").stdout
    assert f"Statement {number}" in page and f"vote {hall.id} {number} agree" in page and "\u202e" not in page
    vote = hall.asks("ada", "vote", str(number), "agree", "--importance", "0.5")
    assert vote["isNew"] and vote["stance"] == "agree"
    changed = hall.by("ada", "vote", str(number), "disagree").stdout
    assert changed == f"You disagree with statement {number}. Before, you said agree.\n"
    assert "said so already" in hall.by("ada", "vote", str(number), "disagree").stdout

    said = hall.by("ben", "say", "-", "--language", "ar", input="نحتاج مقاعد في الظل.\n").stdout
    assert said == "It is statement 3, and others see it now.\n"
    near = hall.by("ada", "say", "Cars should keep out of our market square!")
    assert "Nearly the same was said before" in near.stdout and "#1 “Cars should keep out" in near.stdout
    same = hall.by("ada", "say", "cars should keep out of the market square", check=False)
    assert same.returncode == 1 and "Statement 1 says the same" in same.stderr

    hall.server.command("deliberate", "moderate", hall.id, "--reject", "4", "--reason", "As good as number 1.")
    mine = hall.asks("ada", "mine")
    assert mine["votes"] == [{"statement": number, "stance": "disagree"}]
    assert mine["statements"][0]["reason"] == "As good as number 1."
    page = hall.by("ada", "mine").stdout
    assert f"#{number} disagree:" in page and "taken out by moderators, who say “As good as number 1.”" in page
    assert hall.asks("ben", "mine")["statements"][0]["statement"]["language"] == "ar"

    unasked = hall.by("ada", "leave", check=False)
    assert unasked.returncode == 1 and "Say --yes" in unasked.stderr
    left = hall.by("ada", "leave", "--yes")
    assert "One vote of yours will be erased. That you wrote one statement" in left.stderr
    assert not (tmp_path / "ada" / "taking-part" / f"{hall.id}.json").exists()
    status = json.loads(server.command("deliberate", "status", hall.id, "--json").stdout)
    assert (status["participants"], status["withdrawn"], status["votes"]) == (1, 1, 0)
    again = hall.by("ada", "next", check=False)
    assert again.returncode == 1 and f"trellis deliberate join {hall.id}" in again.stderr


def test_an_account_somewhere_else_lets_somebody_in(server, tmp_path):
    hall = Hall(server, tmp_path, "--join", "oidc")
    refused = hall.by("ada", "join", check=False, TRELLIS_ID_TOKEN="x.y.z")
    assert refused.returncode == 1 and "trellis: " in refused.stderr
    token = server.issuer.token("ada")
    hall.by("ada", "join", TRELLIS_ID_TOKEN=token)
    assert hall.asks("ada", "mine")["votes"] == []
    assert token not in server.log


def test_what_goes_wrong_is_told_in_words(server, tmp_path):
    hall = Hall(server, tmp_path)
    code = hall.invitation()
    hall.by("ada", "join", input=code)
    used = hall.by("ben", "join", input=code, check=False)
    assert used.returncode == 1 and "Somebody joined with this invitation already" in used.stderr
    assert hall.by("ben", "join", check=False).returncode == 1
    twice = hall.by("ada", "join", input=hall.invitation(), check=False)
    assert twice.returncode == 1 and "you take part in" in twice.stderr

    wrong = {"TRELLIS_PARTICIPANT": "tpt_" + "0" * 26}
    done = hall.by("ada", "next", check=False, **wrong)
    assert done.returncode == 1 and "isn't the secret of a participant" in done.stderr
    keyless = hall.by("ada", "next", check=False, TRELLIS_KEY="")
    assert keyless.returncode == 70 and "TRELLIS_KEY" in keyless.stderr
    stranger = hall.by("ada", "next", check=False, TRELLIS_KEY=server.key("other"))
    assert stranger.returncode == 1 and "There is no such conversation" in stranger.stderr
    elsewhere = hall.by("ada", "next", "--url", "http://127.0.0.1:9", check=False)
    assert elsewhere.returncode == 1 and "your secret is sent nowhere else" in elsewhere.stderr

    path = tmp_path / "ada" / "taking-part" / f"{hall.id}.json"
    path.chmod(0o640)
    done = hall.by("ada", "next", check=False)
    assert done.returncode == 1 and "others may read it" in done.stderr and hall.secret("ada") not in done.stderr
    path.chmod(0o600)

    server.command("deliberate", "close", hall.id)
    for what, more in [("vote", ["0", "agree"]), ("say", ["More trees."]), ("take-part", [])]:
        done = hall.by("ada", what, *more, check=False)
        assert done.returncode == 1 and "This conversation is closed" in done.stderr, done.stderr
    late = hall.by("cleo", "join", input=hall.invitation(), check=False)
    assert late.returncode == 1 and "closed" in late.stderr
    assert hall.asks("ada", "mine")["votes"] == []

    server.stop()
    for what, more in [("next", []), ("vote", ["0", "agree"]), ("leave", ["--yes"]), ("take-part", [])]:
        done = hall.by("ada", what, *more, check=False)
        assert done.returncode == 69 and "no Trellis answers at" in done.stderr, done.stderr
    # Nothing was forgotten that can't be had again.
    assert path.exists()
    assert "The secret is erased." in hall.by("ada", "leave", "--forget", "--yes").stdout and not path.exists()


def test_lines_from_a_pipe_are_answers(server, tmp_path):
    hall = Hall(server, tmp_path, "--join", "proof-of-work")
    hall.by("ada", "join")
    done = hall.by("ada", "take-part", input="a\n2\ns More trees.\npass\nq\nd\n")
    assert done.stdout.startswith("Our market square\n\nStatement ") and "\x1b" not in done.stdout
    assert "You voted 3 times and wrote one statement." in done.stdout
    mine = hall.asks("ada", "mine")
    assert sorted(vote["stance"] for vote in mine["votes"]) == ["agree", "disagree", "pass"]
    assert [one["statement"]["words"] for one in mine["statements"]] == ["More trees."]
    # What fails where nobody can try again ends it.
    wrong = hall.by("ada", "take-part", input="s more  TREES\na\n", check=False)
    assert wrong.returncode == 1 and "says the same" in wrong.stderr
    # Who isn't in yet has to join first: what a pipe brings are answers.
    assert "take part in" in hall.by("ben", "take-part", input="a\n", check=False).stderr


class Person:
    """Somebody at a terminal of forty columns, with its colours kept where they are looked for."""

    def __init__(self, hall, who, *more, **env):
        self.child = pexpect.spawn(
            programs.TRELLIS, ["deliberate", "take-part", hall.id, "--data", str(hall.folder / who), *more],
            cwd=str(hall.folder), env=hall.environment(**{"TERM": "xterm", **env}), encoding="utf-8",
            timeout=programs.PATIENCE, dimensions=(30, 40),
        )  # fmt: skip
        self.seen = ""

    def sees(self, text):
        self.child.expect_exact(text)
        self.seen += self.child.before + self.child.after
        return self.child.before

    def presses(self, keys):
        self.child.send(keys)

    def leaves(self):
        self.child.expect(pexpect.EOF)
        self.seen += self.child.before
        self.child.close()
        return self.child.exitstatus


def test_at_a_terminal_single_keys_answer(server, tmp_path):
    hall = Hall(
        server, tmp_path, "--join", "proof-of-work", "--importance", "--description", "Three weeks, then the council."
    )
    ada = Person(hall, "ada")
    ada.sees("You take part now.")
    ada.sees("a, d, p or ? ")
    # An arrow key ends with a letter that is no answer.
    ada.presses("\x1b[A")
    time.sleep(0.3)
    ada.presses(" ")
    ada.sees("\r\na, d, p or ? ")
    ada.presses("!")
    ada.sees("It matters: a, d, p or ? ")
    ada.presses("d")
    ada.sees("disagree")
    ada.sees("a, d, p or ? ")
    ada.presses("s")
    ada.sees("Your statement")
    ada.child.sendline("نحتاج مقاعد")
    ada.sees("It is statement 3")
    ada.sees("a, d, p or ? ")
    ada.presses("١")
    ada.sees("agree")
    ada.sees("a, d, p or ? ")
    ada.presses("u")
    ada.sees("a, d, p or ? ")
    ada.presses("p")
    ada.sees("Before, you")
    ada.sees("a, d, p or ? ")
    ada.presses("\x03")
    assert ada.leaves() == 0
    lines = ESCAPE.sub("", ada.seen).replace("\r", "").split("\n")
    assert max(len(line) for line in lines) <= 40, lines
    assert "\u202e" not in ada.seen and "\x1b[1m" in ada.seen
    mine = hall.asks("ada", "mine")
    assert sorted(vote["stance"] for vote in mine["votes"]) == ["disagree", "pass"]
    assert [vote.get("importance") for vote in mine["votes"] if vote["stance"] == "disagree"] == [1]
    assert [one["statement"]["words"] for one in mine["statements"]] == ["نحتاج مقاعد"]

    plain = Person(hall, "ada", "--lines", NO_COLOR="1")
    plain.sees("a, d, p or ? ")
    plain.child.sendline("agree")
    plain.sees("a, d, p or ? ")
    plain.child.sendline("q")
    assert plain.leaves() == 0
    assert "\x1b" not in plain.seen and len(hall.asks("ada", "mine")["votes"]) == 3


def test_a_conversation_that_is_closed_meanwhile_ends_in_words(server, tmp_path):
    hall = Hall(server, tmp_path)
    ada = Person(hall, "ada")
    ada.sees("Your invitation")
    ada.child.sendline(hall.invitation().strip())
    ada.sees("a, d, p or ? ")
    ada.presses("a")
    ada.sees("a, d, p or ? ")
    server.command("deliberate", "close", hall.id)
    ada.presses("a")
    ada.sees("This conversation is closed")
    assert ada.leaves() == 1
    assert len(hall.asks("ada", "mine")["votes"]) == 1


def test_nobody_at_a_terminal_votes_on_what_they_have_not_seen(server, tmp_path):
    hall = Hall(server, tmp_path, "--join", "proof-of-work")
    ada = Person(hall, "ada")
    ada.sees("a, d, p or ? ")
    # A key that is held down, or words that are pasted.
    ada.presses("aaaaaa")
    ada.sees("agree")
    ada.sees("a, d, p or ? ")
    time.sleep(0.5)
    ada.presses("q")
    assert ada.leaves() == 0
    assert len(hall.asks("ada", "mine")["votes"]) == 1
