"""`trellis judge`, as somebody with ratings, or with a conversation, would use it."""

import csv
import json
import random
import subprocess

import pytest

import programs

HUMANE_BENCH = programs.reference("humanebench", "krippendorff_fixture.json")


def agree(*arguments):
    return subprocess.run(
        [programs.TRELLIS, "judge", "agree", "--draws", "200", *map(str, arguments)], capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def ratings(tmp_path):
    """Three people who see the same worth with some noise, and a model that sees it without."""
    draw = random.Random(5)
    path = tmp_path / "ratings.csv"
    scale = [-1, -0.5, 0.5, 1]
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["reply", "ada", "ben", "cem", "model"])
        for number in range(80):
            worth = draw.randrange(4)
            people = [scale[min(3, max(0, worth + draw.choice([-1, 0, 0, 1])))] for _ in range(3)]
            if number % 10 == 0:
                people[number % 3] = ""
            rows.writerow([f"reply-{number}", *people, scale[worth]])
    return path


def test_says_how_far_raters_agree(ratings):
    page = agree(ratings)
    assert page.returncode == 0, page.stderr
    assert "312 ratings of 80 things by 4 raters" in page.stdout
    assert "Krippendorff's alpha, ordinal" in page.stdout
    assert page.stdout == agree(ratings).stdout, "the same ratings say the same"


def test_says_whether_a_judge_fits_in(ratings):
    page = agree(ratings, "--judge", "model")
    assert "model fits in better than the people do with each other." in page.stdout
    report = json.loads(agree(ratings, "--judge", "model", "--json").stdout)
    judge = report["judge"]
    assert judge["judgeInPlace"]["value"] > judge["peopleAlone"]["value"]
    assert [pair["rater"] for pair in judge["pairs"]] == ["ada", "ben", "cem"]
    assert judge["conformal"]["learnedFrom"] == judge["conformal"]["measuredOn"] == 40
    assert sum(part["count"] for part in judge["calibration"]["bins"]) == 80


def test_what_cannot_be_read_is_named_with_its_place(ratings, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("reply,ada,ben\nreply-1,1,good\n")
    refused = agree(bad)
    assert refused.returncode == 1
    assert "bad.csv:2:11: 'good' is no rating." in refused.stderr
    bad.write_text("reply,ada,ben\nreply-1,1\n")
    assert "Leave a cell empty" in agree(bad).stderr
    bad.write_text("")
    assert agree(bad).returncode == 1
    assert "Here are: ada, ben, cem, model" in agree(ratings, "--judge", "nobody").stderr
    assert agree(tmp_path / "none.csv").returncode == 1
    assert agree(ratings, "--draws", "3").returncode == 64
    bad.write_text("reply,ada,ben\nreply-1,0x10,1\n")
    assert "'0x10' is no rating." in agree(bad).stderr


def test_few_ratings_have_a_value_and_no_interval(tmp_path):
    few = tmp_path / "few.csv"
    few.write_text("reply,ada,ben,cem,model\nr1,1,1,-1,1\n")
    page = agree(few, "--judge", "model")
    assert page.returncode == 0, page.stderr
    assert "Intervals aren't known: fewer than 5 things were rated twice" in page.stdout
    assert "0.000 to 0.000" not in page.stdout and page.stdout.count("not known") >= 6
    assert "lower" not in json.loads(agree(few, "--json").stdout)["raters"]["rawAgreement"]


def test_hostile_bytes_are_refused_or_read(tmp_path):
    draw = random.Random(1)
    path = tmp_path / "noise.csv"
    for _ in range(30):
        path.write_bytes(bytes(draw.choice(b'a,"\n\r1-.\xff\x00e') for _ in range(draw.randrange(1, 60))))
        assert agree(path).returncode in (0, 1)


@pytest.mark.skipif(not HUMANE_BENCH.exists(), reason="HumaneBench's ratings aren't here")
def test_humane_bench_comes_out_to_every_digit(tmp_path):
    fixture = json.loads(HUMANE_BENCH.read_text())
    path = tmp_path / "humanebench.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["reply", "one", "two", "three", "four"])
        for name, given in fixture["observations"].items():
            given = ["" if rating is None else rating for rating in given]
            rows.writerow([name, *given, *[""] * (4 - len(given))])
    report = json.loads(agree(path, "--json").stdout)
    assert report["ratings"] == fixture["expected"]["n_ratings"]
    alpha = report["raters"]["alphaOrdinal"]["value"]
    assert abs(alpha - fixture["expected"]["krippendorff_alpha_ordinal"]) < 1e-15


# Conduct and local heads

PERSONA = programs.reference("persona", "believes-life-has-no-meaning.jsonl")

TALK = """person: Should I take the job in Leeds?
assistant: Great question! You should take it.
person: Really? I'm not sure.
assistant: Leeds pays more, and staying keeps you near your father. It's your call, because you know what those evenings
are worth. What would you miss most?
"""


def judge(*arguments, timeout=300):
    return subprocess.run(
        [programs.TRELLIS, "judge", *map(str, arguments)], capture_output=True, text=True, timeout=timeout,
        cwd=programs.ROOT,
    )


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(TALK)
    return path


def test_says_what_a_reply_does_with_quotes_and_rules(talk):
    page = judge("reply", talk, "--without-heads", "--rules")
    assert page.returncode == 0, page.stderr
    assert "Turn 4: what the reply does" in page.stdout
    assert "It's your call" in page.stdout
    assert "not denied by a word before it" in page.stdout
    (report,) = json.loads(judge("reply", talk, "--without-heads", "--json").stdout)
    conduct = {reading["signal"]: reading for reading in report["conduct"]}
    reply = TALK.split("assistant: ")[2].rstrip()
    for signal in ("asks-question", "leaves-decision", "gives-reasons"):
        assert conduct[signal]["value"] == 1
        for quote in conduct[signal]["quotes"]:
            assert reply.encode()[quote["start"]:quote["end"]].decode() == quote["text"]
    assert conduct["praises-without-cause"]["value"] == 0
    assert conduct["directive-density"]["lower"] < conduct["directive-density"]["upper"]
    first, second = json.loads(judge("reply", talk, "--without-heads", "--every", "--json").stdout)
    assert (first["turn"], second["turn"]) == (2, 4)
    assert {reading["signal"]: reading["value"] for reading in first["conduct"]}["praises-without-cause"] == 1


def test_heads_give_a_vector_with_intervals_and_no_total(talk):
    (report,) = json.loads(judge("reply", talk, "--json").stdout)
    estimates = report["appraisal"]["estimates"]
    assert set(estimates) == {reading["head"] for reading in report["heads"]} and len(estimates) >= 5
    for estimate in estimates.values():
        assert -1 <= estimate["lower"] <= estimate["value"] <= estimate["upper"] <= 1
    blind = estimates["honest-when-a-lie-would-help"]
    assert blind == {"value": 0, "lower": -1, "upper": 1, "coverage": 0}, "it doesn't see this in replies, and says so"
    assert "There is no total." in judge("reply", talk).stdout


def test_a_head_tells_despair_from_hope(tmp_path):
    path = tmp_path / "talk.json"
    values = []
    for reply in (
        "There is purpose in being here, and your life has meaning to people who love you.",
        "There isn't any point. Life is meaningless, and nothing that anybody does matters.",
    ):
        path.write_text(json.dumps([{"role": "user", "content": "Why go on?"}, {"role": "assistant", "content": reply}]))
        (report,) = json.loads(judge("reply", path, "--json").stdout)
        values.append(report["appraisal"]["estimates"]["hope"]["value"])
    assert values[0] > 0 > values[1]


def test_lists_heads_with_what_was_measured():
    page = judge("heads")
    assert page.returncode == 0 and "hope" in page.stdout and "CC BY 4.0" in page.stdout
    for head in json.loads(judge("heads", "--json").stdout):
        assert 0.5 < head["measured"]["statements"]["lower"] <= head["measured"]["statements"]["value"] <= 1
        assert head["coverage"] == pytest.approx(max(0, 2 * head["measured"]["replies"]["lower"] - 1))


@pytest.mark.skipif(not PERSONA.exists(), reason="Anthropic's persona evaluations aren't here")
def test_a_head_is_made_anew_to_the_last_bit():
    made = judge("train", PERSONA.parent, "--head", "hope", timeout=600)
    assert made.returncode == 0, made.stderr
    shipped = programs.ROOT / "Sources/Evidence/Judges/Heads/Resources/head-hope.json"
    assert made.stdout == shipped.read_text()


def test_what_cannot_be_judged_is_named(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text("Hello there")
    refused = judge("reply", path, "--without-heads")
    assert refused.returncode == 1 and "line 1: A conversation in plain text begins" in refused.stderr
    path.write_text("person: Hello?\n")
    assert "nobody replies in it" in judge("reply", path, "--without-heads").stderr
    assert judge("reply", tmp_path / "none.txt").returncode == 1
    assert judge("train", tmp_path, "--head", "wisdom").returncode == 64
    assert judge("train", tmp_path).returncode == 64
    refused = judge("train", tmp_path, "--head", "hope")
    assert refused.returncode == 1 and "believes-life-has-no-meaning.jsonl" in refused.stderr
    (tmp_path / "believes-life-has-no-meaning.jsonl").write_text("{}\n")
    refused = judge("train", tmp_path, "--head", "hope")
    assert refused.returncode == 1 and "line 1: This is no JSON object" in refused.stderr


def test_control_characters_of_a_reply_reach_no_terminal(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text("person: a\nassistant: It's up\x1b[2J to you.\n")
    page = judge("reply", path, "--without-heads")
    assert page.returncode == 0 and "\x1b" not in page.stdout
