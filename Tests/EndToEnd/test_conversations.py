"""A community holds a conversation over HTTP: three ways in, statements, votes, moderation, and what comes out of it."""

import base64
import concurrent.futures
import getpass
import hashlib
import http.server
import json
import random
import signal
import threading
import time

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

import programs

ISSUER, AUDIENCE = "https://id.town.example", "town-app"
FIRST = [
    "The library should open on Sundays.",
    "Cars should keep out of the market square.",
    "We need benches in the shade.",
    "Parking must stay free.",
    "The old mill should become flats.",
    "The old mill should stay a workshop.",
]


def web(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Issuer:
    """Signs ID tokens in RS256 and publishes its keys in a file."""

    def __init__(self, folder):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        numbers = self.key.public_key().public_numbers()
        jwk = {
            "kty": "RSA", "kid": "one", "use": "sig", "alg": "RS256", "e": web(numbers.e.to_bytes(3, "big")),
            "n": web(numbers.n.to_bytes(256, "big")),
        }  # fmt: skip
        self.file = folder / "jwks.json"
        self.file.write_text(json.dumps({"keys": [jwk]}))

    def token(self, subject, **claims):
        head = {"alg": "RS256", "kid": "one"}
        body = {"iss": ISSUER, "aud": AUDIENCE, "sub": subject, "exp": int(time.time()) + 600,
                "iat": int(time.time()), **claims}  # fmt: skip
        signed = ".".join(web(json.dumps(part).encode()) for part in (head, body))
        return signed + "." + web(self.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))


def solve(challenge):
    number = 0
    while True:
        digest = hashlib.sha256(f"{challenge['challenge']}.{number}".encode()).digest()
        if int.from_bytes(digest, "big") >> (256 - challenge["bits"]) == 0:
            return str(number)
        number += 1


class Conversation:
    """One conversation on a server, with the key of the application and of its moderator."""

    def __init__(self, server, key, id, moderator):
        self.server, self.key, self.id, self.moderator = server, key, id, moderator
        self.path = f"/trellis/v1/conversations/{id}"

    def ask(self, method, more="", body=None, secret=None, moderates=False):
        headers = {}
        if secret:
            headers["Trellis-Participant"] = secret
        if moderates:
            headers["Trellis-Moderator"] = self.moderator
        return self.server.ask(method, self.path + more, body, self.key, headers)

    def good(self, *arguments, **more):
        answer = self.ask(*arguments, **more)
        assert answer.status < 300, answer.text
        return answer.json()

    def join(self, body):
        return self.good("POST", "/participants", body)["secret"]

    def invite(self, count):
        return self.good("POST", "/invitations", {"count": count}, moderates=True)["invitations"]

    def vote(self, secret, statement, stance):
        return self.good("POST", "/votes", {"statement": statement, "stance": stance}, secret=secret)


def stance(person, statement):
    """Two camps; all want benches."""
    wants = statement == 2 or (statement in (0, 1, 5)) == (person % 3 != 0)
    return "agree" if wants != ((person * 7 + statement * 11) % 17 == 0) else "disagree"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    return Issuer(tmp_path_factory.mktemp("issuer"))


@pytest.fixture
def server(start, issuer):
    oidc = {"issuer": ISSUER, "audience": AUDIENCE, "keys": str(issuer.file)}
    return start(deliberation={"oidc": oidc})


def opened(server, key, **more):
    body = {"topic": "Our square, our mill", "statements": FIRST, "proofBits": 12, **more}
    answer = server.ask("POST", "/trellis/v1/conversations", body, key)
    assert answer.status == 201, answer.text
    made = answer.json()
    return Conversation(server, key, made["conversation"]["id"], made["moderator"])


def test_a_conversation_from_open_to_landscape_with_all_three_ways_in(server, issuer):
    held = opened(server, server.key("town"), joining=["invitation", "proof-of-work", "oidc"])
    people = [held.join({"invitation": code}) for code in held.invite(10)]
    for _ in range(10):
        challenge = held.good("POST", "/challenges")
        people.append(held.join({"challenge": challenge["challenge"], "solution": solve(challenge)}))
    people += [held.join({"token": issuer.token(f"person-{number}")}) for number in range(10)]
    assert len(set(people)) == 30
    # Everybody is asked one statement after another, until there is none left.
    for person, secret in enumerate(people):
        while "statement" in (following := held.good("GET", "/next", secret=secret)):
            number = following["statement"]["number"]
            held.vote(secret, number, stance(person, number))
    landscape = held.good("GET", "/landscape?whole=true", moderates=True)
    public = held.good("GET", "/landscape")
    assert public["votes"] == 180 and public["renewedAfter"] == 5 and landscape["renewedAfter"] == 0
    assert landscape["votes"] == 180 and landscape["people"] == 30 and landscape["votesSince"] == 0
    assert sorted(group["people"] for group in landscape["groups"]) == [10, 20]
    assert [ground["statement"]["number"] for ground in landscape["agreed"]] == [2]
    assert {ground["statement"]["number"] for ground in landscape["divisive"]} >= {0, 4}
    # Whether the groups are real is examined meanwhile.
    examined = programs.eventually(lambda: judged(held.good("GET", "/landscape")), "the examination")
    assert all(0 < group["stability"] <= 1 and "similarity" in group["reason"] for group in examined["groups"])
    assert examined["verdict"] in ("real", "partly-real", "regions", "uncertain")
    # Somebody changes their mind; moderators see it at once, everybody else with four more.
    assert held.vote(people[0], 2, "pass")["previous"] in ("agree", "disagree")
    assert held.good("GET", "/landscape") == examined
    after = held.good("GET", "/landscape", moderates=True)
    assert after["event"] == landscape["event"] + 1 and after["votesSince"] == 1
    # A statement of a participant, and what a moderator does with it.
    written = held.good("POST", "/statements", {"words": "Benches in the shade, we need."}, secret=people[1])
    number = written["statement"]["number"]
    held.vote(people[2], number, "agree")
    held.good(
        "POST", f"/statements/{number}/decisions", {"standing": "rejected", "reason": "As good as number 2."},
        moderates=True,
    )  # fmt: skip
    refused = held.ask("POST", "/votes", {"statement": number, "stance": "agree"}, secret=people[3])
    assert refused.status == 409 and "took statement" in refused.json()["detail"]
    shown = held.good("GET", "/landscape", moderates=True)
    assert all(ground["statement"]["number"] != number for ground in shown["agreed"])
    # Somebody leaves.
    assert held.ask("DELETE", "/participants/me", secret=people[4]).status == 204
    assert held.good("GET")["withdrawn"] == 1
    assert held.good("GET", "/landscape", moderates=True)["people"] == 29


def judged(landscape):
    return landscape if landscape["verdict"] != "unexamined" else None


def test_accounts_that_vote_in_one_order_are_found_by_api_and_command(server):
    words = [f"Statement number {number}." for number in range(20)]
    held = opened(server, server.key("town"), statements=words)
    draw = random.Random(3)
    fixed = draw.sample(range(20), 20)
    accounts = []
    for person, code in enumerate(held.invite(60)):
        joined = held.good("POST", "/participants", {"invitation": code})
        if person >= 52:
            accounts.append(joined["participant"])
        for number in fixed if person >= 52 else draw.sample(range(20), 20):
            held.vote(joined["secret"], number, draw.choice(["agree", "disagree"]))
    assert held.ask("GET", "/signals").status == 403
    found = held.good("GET", "/signals", moderates=True)
    sign = next(one for one in found["signs"] if one["sign"] == "lockstep")
    assert sorted(sign["participants"]) == sorted(accounts) and sign["effect"]["people"] == 8
    assert sign["reason"].startswith("8 people share their order")
    assert found["event"] == 1_200 and found["hasTimes"]
    by_command = json.loads(server.command("deliberate", "signals", held.id, "--json").stdout)
    same = [one for one in by_command["signs"] if one["sign"] == "lockstep"]
    assert [sorted(one["participants"]) for one in same] == [sorted(accounts)] and by_command["hasTimes"]
    report = server.command("deliberate", "report", held.id, "--samples", "0").stdout
    assert "8 people share their order" in report


def test_the_command_line_sees_the_same_conversation_and_its_export_reads_back(server, tmp_path):
    held = opened(server, server.key("town"), importance=True)
    for person, code in enumerate(held.invite(20)):
        secret = held.join({"invitation": code})
        for number in range(6):
            held.vote(secret, number, stance(person, number))
    listed = json.loads(server.command("deliberate", "status", held.id, "--json").stdout)
    assert listed["participants"] == 20 and listed["votes"] == 120 and listed["open"]
    by_id = json.loads(server.command("deliberate", "landscape", held.id, "--samples", "0", "--json").stdout)
    folder = tmp_path / "export"
    server.command("deliberate", "export", held.id, str(folder))
    by_folder = json.loads(programs.trellis("deliberate", "landscape", str(folder), "--samples", "0", "--json").stdout)
    assert by_id == by_folder and by_id["conversation"]["votes"] == 120
    assert held.ask("GET", "/export/votes.csv", moderates=True).text == (folder / "votes.csv").read_text()
    again = server.command("deliberate", "export", held.id, str(folder), check=False)
    assert again.returncode == 1 and "nothing is overwritten" in again.stderr
    slate = json.loads(server.command("deliberate", "slate", held.id, "--seats", "2", "--json").stdout)
    assert slate["certificate"]["result"] == "holds"
    brought = json.loads(server.command("deliberate", "import", str(folder), "--json").stdout)
    copy = json.loads(
        server.command("deliberate", "landscape", brought["conversation"], "--samples", "0", "--json").stdout
    )
    assert copy == by_id
    # Closing at the command line holds in the running server at once.
    server.command("deliberate", "close", held.id)
    code = held.ask("POST", "/invitations", {"count": 1}, moderates=True).json()["invitations"][0]
    assert held.ask("POST", "/participants", {"invitation": code}).status == 409


def test_moderating_and_inviting_at_the_command_line(server, tmp_path):
    first = tmp_path / "first.txt"
    first.write_text("More trees.\n\nحديقة للأطفال\n", encoding="utf-8")
    made = server.command(
        "deliberate", "open", "--topic", "Trees", "--statements", str(first), "--strict", "-a", "town"
    ).stdout.split()
    held = Conversation(server, server.key("town"), made[1], made[3])
    code = server.command("deliberate", "invite", held.id, "--count", "1").stdout.strip()
    secret = held.join({"invitation": code})
    held.good("POST", "/statements", {"words": "Even more trees."}, secret=secret)
    held.good("POST", "/statements", {"words": "Spam \u202e spam."}, secret=secret)
    queue = server.command("deliberate", "moderate", held.id).stdout
    assert "2 statements wait" in queue and "“Even more trees.”" in queue and "\u202e" not in queue
    server.command("deliberate", "moderate", held.id, "--accept", "2")
    without = server.command("deliberate", "moderate", held.id, "--reject", "3", check=False)
    assert without.returncode != 0 and "--reason" in without.stderr
    server.command("deliberate", "moderate", held.id, "--reject", "3", "--reason", "Spam.", "--as", "Ama Okoye")
    out = server.command("deliberate", "moderate", held.id, "--rejected").stdout
    assert "One statement is rejected" in out or "one statement is rejected" in out
    assert "rejected by Ama Okoye" in out and "Spam." in out
    listed = json.loads(server.command("deliberate", "moderate", held.id, "--rejected", "--json").stdout)
    assert [(one["number"], one["decisions"][-1]["moderator"]) for one in listed] == [(3, "Ama Okoye")]
    shown = held.good("GET", "/statements")["statements"]
    assert [one["number"] for one in shown] == [0, 1, 2]
    second = server.command("deliberate", "invite", held.id, "--moderator", "Ben").stdout.strip()
    held.moderator = second
    rejected = held.good("GET", "/queue?standing=rejected", moderates=True)["queue"]
    assert [decision["moderator"] for decision in rejected[0]["decisions"]] == ["Ama Okoye"]
    accepted = held.good("GET", "/queue?standing=accepted", moderates=True)["queue"]
    assert [one["decisions"][0]["moderator"] for one in accepted if one["decisions"]] == [getpass.getuser()]
    server.command("deliberate", "invite", held.id, "--revoke", "Ben")
    assert held.ask("GET", "/queue", moderates=True).status == 403


def test_invitations_are_taken_back_and_a_conversation_is_deleted_at_the_command_line(server, tmp_path):
    held = opened(server, server.key("town"))
    codes = held.invite(3)
    secret = held.join({"invitation": codes[0]})
    held.vote(secret, 0, "agree")
    used = server.command("deliberate", "invite", held.id, "--revoke", codes[0], check=False)
    assert used.returncode == 1 and "no unused invitation" in used.stderr
    assert "one invitation" in server.command("deliberate", "invite", held.id, "--revoke", codes[1]).stdout
    assert held.ask("POST", "/participants", {"invitation": codes[1]}).status == 403
    assert "one invitation" in server.command("deliberate", "invite", held.id, "--revoke-unused").stdout
    assert held.ask("POST", "/participants", {"invitation": codes[2]}).status == 403
    unasked = server.command("deliberate", "delete", held.id, check=False)
    assert unasked.returncode == 1 and "nothing was deleted" in unasked.stderr
    assert held.good("GET")["votes"] == 1
    server.command("deliberate", "delete", held.id, "--yes")
    # It is gone in the running server too, which had it in memory.
    for path in ("", "/landscape", "/statements"):
        assert held.ask("GET", path).status == 404
    assert held.ask("POST", "/votes", {"statement": 0, "stance": "agree"}, secret=secret).status == 404
    assert server.command("deliberate", "delete", held.id, "--yes", check=False).returncode == 1


def test_an_account_gets_back_into_a_closed_conversation_and_a_token_lets_in_once_across_restarts(start, issuer):
    oidc = {"issuer": ISSUER, "audience": AUDIENCE, "keys": str(issuer.file)}
    first = start(deliberation={"oidc": oidc})
    held = opened(first, first.key("town"), joining=["oidc"])
    token = issuer.token("ada")
    held.vote(held.join({"token": token}), 0, "agree")
    held.good("PATCH", body={"open": False}, moderates=True)
    first.signal(signal.SIGKILL)
    first.wait()
    held.server = start.again(first)
    again = held.ask("POST", "/participants", {"token": token})
    assert again.status == 409 and "Sign in again" in again.json()["detail"]
    assert held.ask("POST", "/participants", {"token": issuer.token("ben")}).status == 409
    secret = held.join({"token": issuer.token("ada", jti="second")})
    assert [one["stance"] for one in held.good("GET", "/votes", secret=secret)["votes"]] == ["agree"]
    assert held.ask("DELETE", "/participants/me", secret=secret).status == 204


def test_tokens_that_prove_nothing_let_nobody_in(server, issuer, tmp_path):
    held = opened(server, server.key("town"), joining=["oidc"])
    for token in (
        issuer.token("ada", aud="another-app"), issuer.token("ada", iss="https://elsewhere"),
        issuer.token("ada", exp=int(time.time()) - 3_600), Issuer(tmp_path).token("ada"), "x.y.z",
    ):  # fmt: skip
        answer = held.ask("POST", "/participants", {"token": token})
        assert answer.status == 403 and "detail" in answer.json()
    assert held.good("GET")["participants"] == 0
    held.join({"token": issuer.token("ada", aud=["x", AUDIENCE], azp=AUDIENCE)})
    assert "ada" not in server.log


def test_the_issuers_keys_come_from_an_address_too(start, issuer):
    served = []

    class Keys(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            served.append(self.path)
            body = issuer.file.read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Keys) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        keys = f"http://127.0.0.1:{site.server_port}/keys.json"
        server = start(deliberation={"oidc": {"issuer": ISSUER, "audience": AUDIENCE, "keys": keys}})
        held = opened(server, server.key("town"), joining=["oidc"])
        assert held.join({"token": issuer.token("ada")}) != held.join({"token": issuer.token("ben")})
        # Fetched once, and not for each token.
        assert served == ["/keys.json"]
        site.shutdown()


def test_with_an_embedding_model_a_statement_that_means_the_same_is_pointed_out(start, mock):
    local = {"local": {"kind": "local", "models": ["all-minilm-l6-v2"]}}
    server = start(
        upstreams={**local, **programs.mock_upstreams(mock)}, deliberation={"embedder": "all-minilm-l6-v2"}
    ).ready()
    held = opened(server, server.key("town"))
    secret = held.join({"invitation": held.invite(1)[0]})
    written = held.good("POST", "/statements", {"words": "Libraries ought to be open on Sunday as well."}, secret=secret)
    assert [(near["statement"], near["means"]) for near in written["near"]] == [(0, "meaning")]
    other = held.good("POST", "/statements", {"words": "Schools start too early."}, secret=secret)
    assert other["near"] == []


def test_no_vote_that_was_answered_is_lost_by_kill_9(start):
    first = start()
    key = first.key("town")
    held = opened(first, key)
    people = [held.join({"invitation": code}) for code in held.invite(40)]
    answered = []

    def vote(place):
        try:
            got = held.ask("POST", "/votes", {"statement": place % 6, "stance": "agree"}, secret=people[place // 6])
        except OSError:
            return
        if got.status == 200:
            answered.append(place)

    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        votes = [pool.submit(vote, place) for place in range(240)]
        programs.eventually(lambda: len(answered) > 60, "some votes")
        first.signal(signal.SIGKILL)
        first.wait()
        concurrent.futures.wait(votes)
    second = start.again(first)
    held.server = second
    kept = held.good("GET")["votes"]
    assert len(answered) <= kept <= 240
    for place in answered:
        mine = held.good("GET", "/votes", secret=people[place // 6])["votes"]
        assert place % 6 in {one["statement"] for one in mine}
