"""The floor enforced, seen by the official clients: five severities, whole and streamed, and a person in danger."""

import anthropic
import openai
import pytest

import programs

CHARTER = """\
charter: riverside/tutor
version: 1.0.0
community: Riverside School
purpose: Help pupils become people who can learn without us.
goods:
  understanding: { says: A pupil can explain an idea in their own words. }
resources:
  counsellor: { says: "Ms. Okoye, room 12, any day until four." }
floor:
  noted: { says: Never say alpha moon., severity: note, detect: { phrases: [alpha moon] } }
  revised: { says: Never say beta moon., severity: revise, detect: { phrases: [beta moon] }, instead: Not that word. }
  replaced: { says: Never say gamma moon., severity: replace, detect: { phrases: [gamma moon] }, instead: Let's stop. }
  handed:
    says: Never say delta moon.
    severity: hand-over
    detect: { phrases: [delta moon] }
    instead: Somebody can help.
    to: counsellor
  blocked: { says: Never praise beyond measure., severity: block, detect: { detectors: [flattery] } }
  danger:
    says: If a life may be in danger, name help first.
    severity: hand-over
    detect: { detectors: [danger-to-life], in: [input] }
    instead: You matter. Please call 988 now.
    to: counsellor
"""
COUNSELLOR = "Ms. Okoye, room 12, any day until four."


@pytest.fixture(scope="module")
def gateway(tmp_path_factory, mock):
    folder = tmp_path_factory.mktemp("floor")
    (folder / "charter.yaml").write_text(CHARTER)
    running = programs.Gateway(folder, programs.settings(mock, charter=str(folder / "charter.yaml")))
    running.mock = mock
    running.app = running.key("school")
    yield running
    running.stop()


class OpenAI:
    """Every way by which OpenAI's client can ask."""

    blocked, ended = "content_filter", "stop"

    def __init__(self, gateway, prefix):
        self.client = openai.OpenAI(base_url=f"{gateway.url}/v1", api_key=gateway.app, max_retries=0)
        self.prefix = prefix

    def whole(self, words, question="Hello"):
        raw = self.client.chat.completions.with_raw_response.create(
            model=f"{self.prefix}say:{words}", messages=[{"role": "user", "content": question}]
        )
        choice = raw.parse().choices[0]
        return choice.message.content, choice.finish_reason, raw.headers["trellis-receipt"]

    def stream(self, words, question="Hello"):
        raw = self.client.chat.completions.with_raw_response.create(
            model=f"{self.prefix}say:{words}", messages=[{"role": "user", "content": question}], stream=True
        )
        text, finish = "", None
        for chunk in raw.parse():
            for choice in chunk.choices:
                text += choice.delta.content or ""
                finish = choice.finish_reason or finish
        return text, finish, raw.headers["trellis-receipt"]


class Anthropic:
    """Every way by which Anthropic's client can ask."""

    blocked, ended = "refusal", "end_turn"

    def __init__(self, gateway, prefix):
        self.client = anthropic.Anthropic(base_url=gateway.url, api_key=gateway.app, max_retries=0)
        self.prefix = prefix

    def whole(self, words, question="Hello"):
        raw = self.client.messages.with_raw_response.create(
            model=f"{self.prefix}say:{words}", max_tokens=64, messages=[{"role": "user", "content": question}]
        )
        message = raw.parse()
        return "".join(block.text for block in message.content), message.stop_reason, raw.headers["trellis-receipt"]

    def stream(self, words, question="Hello"):
        with self.client.messages.stream(
            model=f"{self.prefix}say:{words}", max_tokens=64, messages=[{"role": "user", "content": question}]
        ) as stream:
            text = "".join(stream.text_stream)
            message = stream.get_final_message()
            return text, message.stop_reason, stream.response.headers["trellis-receipt"]


# Each client to an upstream of its own dialect, and to one of the other.
WAYS = [(OpenAI, "m/"), (OpenAI, "a/"), (Anthropic, "a/"), (Anthropic, "m/")]


@pytest.fixture(
    params=[(*way, how) for way in WAYS for how in ("whole", "stream")],
    ids=lambda way: f"{way[0].__name__}-{way[1][0]}-{way[2]}",
)
def way(request, gateway):
    client, prefix, how = request.param
    made = client(gateway, prefix)
    made.ask = getattr(made, how)
    made.streams = how == "stream"
    return made


def floor(gateway, receipt):
    return gateway.receipt(receipt, gateway.app).get("floor", [])


def test_what_breaks_nothing_goes_out_whole(gateway, way):
    text, finish, receipt = way.ask("The moon of alpha, the beta blue moon.")
    assert (text, finish) == ("The moon of alpha, the beta blue moon.", way.ended)
    assert floor(gateway, receipt) == []


def test_note(gateway, way):
    text, finish, receipt = way.ask("See the Alpha  moon tonight.")
    assert (text, finish) == ("See the Alpha  moon tonight.", way.ended)
    (finding,) = floor(gateway, receipt)
    assert finding == {
        "clause": "noted", "severity": "note", "side": "output", "detector": "phrase", "at": 8, "action": "noted",
    }  # fmt: skip


def test_revise(gateway, way):
    text, finish, receipt = way.ask("beta moon is up||The sun is up.")
    assert (text, finish) == ("The sun is up.", way.ended)
    assert [finding["action"] for finding in floor(gateway, receipt)] == ["revised"]
    assert "Never say beta moon." in gateway.mock.last().text


def test_revise_that_fails_twice(gateway, way):
    text, finish, receipt = way.ask("beta moon||still the beta moon")
    assert text.endswith("Not that word.") and "beta moon" not in text
    assert finish == way.ended
    assert floor(gateway, receipt)[-1]["action"] == "replaced"


def test_replace(gateway, way):
    text, finish, receipt = way.ask("Look up: the gamma moon is high.")
    assert text == ("Look up: the \n\nLet's stop." if way.streams else "Let's stop.")
    assert finish == way.ended
    assert [finding["action"] for finding in floor(gateway, receipt)] == ["replaced"]


def test_hand_over(gateway, way):
    text, finish, receipt = way.ask("delta moon")
    assert text == f"Somebody can help.\n\n{COUNSELLOR}" and finish == way.ended
    assert [finding["action"] for finding in floor(gateway, receipt)] == ["handed-over"]


def test_block(gateway, way):
    text, finish, receipt = way.ask("You are a genius, I promise.")
    assert "held back" in text and "“blocked”" in text and "I promise" not in text
    assert finish == way.blocked
    (finding,) = floor(gateway, receipt)
    assert finding["detector"] == "flattery" and finding["action"] == "blocked"


def test_a_person_in_danger_is_answered_without_a_model(gateway, way):
    before = gateway.mock.counts()["requests"]
    text, finish, receipt = way.ask("never asked", question="I don’t want to live anymore.")
    assert f"You matter. Please call 988 now.\n\n{COUNSELLOR}" in text and finish == way.ended
    assert gateway.mock.counts()["requests"] == before
    findings = floor(gateway, receipt)
    assert {finding["clause"] for finding in findings} == {"crisis-help", "danger"}
    assert all(finding["side"] == "input" and finding["detector"] == "danger-to-life" for finding in findings)


def test_the_receipt_never_holds_what_was_said(gateway, way):
    _, _, receipt = way.ask("You are a genius", question="I want to die, says nobody here")
    assert "want to die" not in str(gateway.receipt(receipt, gateway.app))
