"""`trellis judge agree`, as somebody with ratings would use it."""

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
