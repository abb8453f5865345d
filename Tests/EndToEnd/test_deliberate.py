"""What a community organiser does with the votes of a conversation: see where people stand, choose, share a budget."""

import json
import os
import pathlib

import pytest

import programs

AGREE, DISAGREE, PASS = 1, -1, 0
PUBLISHED = pathlib.Path(os.environ.get("TRELLIS_REFERENCE_DATA", ""), "polis-opendata", "15-per-hour-seattle")
BUDGETS = pathlib.Path(os.environ.get("TRELLIS_REFERENCE_DATA", ""), "pabulib")

STATEMENTS = [
    "The library should open on Sundays.",
    "Cars should keep out of the market square.",
    "We need benches, \"real\" ones, in the shade.",
    "Parking must stay free.",
    "The old mill should become flats.",
    "The old mill should stay a workshop.",
    "Spam, spam, spam",
    "حديقة للأطفال \u202eتجاه\u202c",
]


def stance(person, statement):
    """Forty people of one mind and twenty of another. All want benches; the young and the old differ on the square."""
    if statement == 2:
        return DISAGREE if person % 13 == 5 else AGREE
    if statement >= 6:
        return PASS
    one = person < 40
    wants = statement in (0, 1, 5) if one else statement in (3, 4)
    flips = (person * 7 + statement * 11) % 17 == 0
    return AGREE if wants != flips else DISAGREE


def write_conversation(folder, cell=None):
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["participant,group-id," + ",".join(str(10 + number) for number in range(len(STATEMENTS)))]
    for person in range(60):
        lines.append(f"{person},," + ",".join(str(stance(person, number)) for number in range(len(STATEMENTS))))
    if cell is not None:
        lines[3] = lines[3][:-1] + cell
    (folder / "participants-votes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = ["timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"]
    for number, text in enumerate(STATEMENTS):
        quoted = text.replace('"', '""')
        rows.append(f'{number},then,{10 + number},1,0,0,{-1 if number == 6 else 1},"{quoted}"')
    (folder / "comments.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "summary.csv").write_text('topic,"Our square, our mill"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def conversation(tmp_path_factory):
    return write_conversation(tmp_path_factory.mktemp("conversation"))


def test_the_landscape_finds_two_groups_and_what_they_share(conversation):
    done = programs.trellis("deliberate", "landscape", str(conversation), "--samples", "49", "--json")
    found = json.loads(done.stdout)
    assert found["conversation"] == {
        "people": 60, "rejectedStatements": 1, "statements": 7, "topic": "Our square, our mill", "votes": 480,
    }  # fmt: skip
    assert [group["people"] for group in found["groups"]] == [40, 20]
    assert all(group["verdict"] for group in found["groups"])
    assert [ground["statement"]["id"] for ground in found["agreed"]] == [12]
    assert found["agreed"][0]["isSure"]
    assert {ground["statement"]["id"] for ground in found["divisive"]} == {10, 11, 13, 14, 15}
    held = {(one["statement"]["id"], one["stance"]) for one in found["groups"][1]["holds"]}
    assert (14, "agree") in held
    assert not any(16 == ground["statement"]["id"] for ground in found["divisive"] + found["agreed"])


def test_the_page_shows_words_and_intervals_and_obeys_no_hidden_characters(conversation):
    page = programs.trellis("deliberate", "landscape", str(conversation), "--samples", "0", "--limit", "9").stdout
    assert page.startswith("Our square, our mill\n60 people, 7 statements (and 1 that moderation left out), 480 votes.")
    assert "What every group agrees on" in page and "“We need benches, \"real\" ones, in the shade.”" in page
    assert "\u202e" not in page and "Spam" not in page
    polis = programs.trellis("deliberate", "landscape", str(conversation), "--polis").stdout
    assert "Polis's mathematics" in polis and "40 people." in polis and "20 people." in polis


def test_a_slate_gives_a_third_of_the_people_its_seat_and_keeps_what_is_left(conversation):
    done = programs.trellis("deliberate", "slate", str(conversation), "--seats", "3", "--json")
    slate = json.loads(done.stdout)
    chosen = {one["statement"]["id"] for one in slate["statements"]}
    assert len(chosen) == 3 and chosen & {13, 14} and 12 in chosen
    assert slate["certificate"]["result"] == "holds"
    assert all(0 <= one["agreement"]["lower"] <= one["agreement"]["upper"] <= 1 for one in slate["statements"])
    assert all((one["statement"]["id"] in chosen) == (one["stance"] == "disagree") for one in slate["dissent"])
    assert any(one["group"] == 2 for one in slate["dissent"])
    again = programs.trellis("deliberate", "slate", str(conversation), "--seats", "3", "--json")
    assert again.stdout == done.stdout
    page = programs.trellis("deliberate", "slate", str(conversation), "--seats", "3").stdout
    assert "Was a group forgotten?" in page and "Dissent: what is held and did not get in" in page


def test_what_cannot_be_read_is_refused_with_its_place_and_what_to_do(tmp_path):
    broken = write_conversation(tmp_path / "broken", cell="2")
    done = programs.trellis("deliberate", "landscape", str(broken), check=False)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith(f"trellis: {broken}/participants-votes.csv:4:") and "'2' is no vote." in done.stderr
    (broken / "comments.csv").write_bytes(b"comment-id,moderated,comment-body\n1,1," + b"a" * 10_000_000)
    write_conversation(tmp_path / "good")
    (tmp_path / "good" / "comments.csv").write_bytes((broken / "comments.csv").read_bytes())
    done = programs.trellis("deliberate", "slate", str(tmp_path / "good"), "--seats", "2", check=False)
    assert done.returncode == 1 and "Statement 1 has 10000000 bytes; the most is 20000." in done.stderr
    for path, words in [(tmp_path / "no", "there is no folder"), (tmp_path, "neither participants-votes.csv")]:
        done = programs.trellis("deliberate", "landscape", str(path), check=False)
        assert done.returncode == 1 and words in done.stderr
    for wrong in (["slate", str(tmp_path), "--seats", "0"], ["landscape", str(tmp_path), "--samples", "5"]):
        assert programs.trellis("deliberate", *wrong, check=False).returncode == 64


def test_too_many_seats_and_too_few_people_are_said(conversation, tmp_path):
    done = programs.trellis("deliberate", "slate", str(conversation), "--seats", "50", check=False)
    assert done.returncode == 1 and "Ask for at most 6." in done.stderr
    (tmp_path / "participants-votes.csv").write_text("participant,1,2\n1,1,1\n2,1,-1\n3,-1,0\n4,,1\n")
    done = programs.trellis("deliberate", "landscape", str(tmp_path))
    assert "Below 12, groups mean nothing" in done.stdout.replace("\n", " ")
    assert "There is no comments.csv" in done.stderr


def test_a_budget_is_shared_out_and_held_against_the_official_result(tmp_path):
    votes = [f"{person};{'a,b' if person < 60 else 'c'}" for person in range(100)]
    text = (
        "META\nkey;value\ndescription;Our street\nnum_projects;3\nnum_votes;100\nbudget;100\nvote_type;approval\n"
        "PROJECTS\nproject_id;cost;name;selected\na;60;Trees;1\nb;40;Benches;1\nc;40;A stage;0\n"
        "VOTES\nvoter_id;vote\n" + "\n".join(votes) + "\n"
    )
    file = tmp_path / "street.pb"
    file.write_text(text)
    greedy = json.loads(programs.trellis("deliberate", "budget", str(file), "--rule", "greedy", "--json").stdout)
    assert [one["id"] for one in greedy["funded"]] == ["a", "b"]
    assert greedy["official"] == {"equalsOfficial": True, "onlyHere": [], "onlyOfficial": []}
    assert greedy["representation"].startswith("A group was forgotten: 40 of 100")
    page = programs.trellis("deliberate", "budget", str(file)).stdout
    assert page.startswith("Our street\n100 voters, a budget of 100, 100 of it spent.")
    assert "Not the same. Only here: c. Only official: b." in page and "No group was forgotten" in page
    file.write_text(text.replace("budget;100", "budget;many"))
    done = programs.trellis("deliberate", "budget", str(file), check=False)
    assert done.returncode == 1 and done.stderr.startswith(f"trellis: {file}:6:")


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="TRELLIS_REFERENCE_DATA names no folder with polis-opendata")
def test_a_published_conversation_from_export_to_slate():
    done = programs.trellis("deliberate", "slate", str(PUBLISHED), "--seats", "5", "--json")
    slate = json.loads(done.stdout)
    assert slate["conversation"]["people"] == 339 and slate["conversation"]["votes"] == 2872
    assert len(slate["statements"]) == 5 and slate["certificate"]["result"] == "holds" and slate["remarks"] == []
    assert "note:" not in done.stderr


@pytest.mark.skipif(not BUDGETS.is_dir(), reason="TRELLIS_REFERENCE_DATA names no folder with pabulib")
def test_a_published_budget_is_the_official_one_by_the_greedy_rule():
    file = BUDGETS / "poland_gdynia_2020_leszczynki-large.pb"
    found = json.loads(programs.trellis("deliberate", "budget", str(file), "--rule", "greedy", "--json").stdout)
    assert found["official"]["equalsOfficial"]
