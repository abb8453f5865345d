"""What a community organiser does with the votes of a conversation: see where people stand, choose, share a budget."""

import json
import os
import pathlib
import shutil

import pytest

import programs

AGREE, DISAGREE, PASS = 1, -1, 0
PUBLISHED = programs.reference("polis-opendata", "15-per-hour-seattle")
BUDGETS = programs.reference("pabulib")
APPROVALS = programs.reference("abcvoting", "instances.jsonl")

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


def write_conversation(folder, cell=None, statements=STATEMENTS):
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["participant,group-id," + ",".join(str(10 + number) for number in range(len(STATEMENTS)))]
    for person in range(60):
        lines.append(f"{person},," + ",".join(str(stance(person, number)) for number in range(len(STATEMENTS))))
    if cell is not None:
        lines[3] = lines[3][:-1] + cell
    (folder / "participants-votes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = ["timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"]
    for number, text in enumerate(statements):
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
    # The outcome in the same format is the official one of the file that is written.
    kept = tmp_path / "outcome.pb"
    shares = json.loads(programs.trellis("deliberate", "budget", str(file), "--write", str(kept), "--json").stdout)
    assert not shares["official"]["equalsOfficial"]
    again = json.loads(programs.trellis("deliberate", "budget", str(kept), "--json").stdout)
    assert again["official"]["equalsOfficial"] and again["funded"][0]["id"] == shares["funded"][0]["id"]
    assert "rule;equalshares" in kept.read_text() and [one["id"] for one in again["funded"]] == ["a", "c"]
    done = programs.trellis("deliberate", "budget", str(file), "--write", str(kept), check=False)
    assert done.returncode == 1 and "is there already" in done.stderr
    page = programs.trellis("deliberate", "budget", str(file)).stdout
    assert page.startswith("Our street\n100 voters, a budget of 100, 100 of it spent.")
    assert "Not the same. Only here: c. Only official: b." in page and "No group was forgotten" in page
    file.write_text(text.replace("budget;100", "budget;many"))
    done = programs.trellis("deliberate", "budget", str(file), check=False)
    assert done.returncode == 1 and done.stderr.startswith(f"trellis: {file}:6:")


def committee(file, *more, **keywords):
    return programs.trellis("deliberate", "committee", str(file), *more, **keywords)


def test_a_committee_is_chosen_by_approvals_and_says_whether_anybody_was_forgotten(tmp_path):
    file = tmp_path / "approvals.csv"
    file.write_text("Trees,Benches,A stage,A fountain,ballots,weight\n1,1,,,60,\n,,1,1,40,\n")
    found = json.loads(committee(file, "--seats", "2", "--json").stdout)
    assert found["voters"] == 100 and found["weight"] == 100 and found["completeness"] == "complete"
    assert [one["members"] for one in found["committees"]] == [["Trees", "A stage"]]
    checks = {one["axiom"]: one["result"] for one in found["committees"][0]["certificates"]}
    assert checks == dict.fromkeys(["jr", "pjr", "ejr", "ejr+", "core"], "holds")
    tied = json.loads(committee(file, "--seats", "2", "--ties", "all", "--json").stdout)
    assert {tuple(one["members"]) for one in tied["committees"]} == {
        (one, other) for one in ("Trees", "Benches") for other in ("A stage", "A fountain")
    }
    # Approval voting forgets 40 of 100 of two seats' worth: a third would do.
    page = committee(file, "--seats", "3", "--rule", "approval", "--ties", "all").stdout
    assert "2 committees are tied." in page and "Approve of none of them: 0." in page
    many = committee(file, "--seats", "2", "--rule", "approval").stdout
    assert "Trees, Benches" in many and "Approve of none of them: 40." in many and "ejr+: holds" in many
    # Who weighs more is heard: the forty count for eighty now, and sixty are no half of all any more.
    file.write_text("Trees,Benches,A stage,A fountain,ballots,weight\n1,1,,,60,\n,,1,1,40,2.0\n")
    found = json.loads(committee(file, "--seats", "2", "--rule", "approval", "--json").stdout)
    assert found["weight"] == 140 and found["committees"][0]["members"] == ["A stage", "A fountain"]
    assert found["committees"][0]["withoutMember"] == 60
    forgotten = json.loads(committee(file, "--seats", "3", "--rule", "approval", "--json").stdout)
    assert forgotten["committees"][0]["members"] == ["Trees", "A stage", "A fountain"]
    done = committee(file, "--seats", "2", "--rule", "greedy-monroe", "--ties", "all", check=False)
    assert done.returncode == 1 and "--ties index" in done.stderr
    assert committee(file, "--seats", "5", check=False).returncode == 1
    file.write_text("Trees,Benches\n1,x\n")
    done = committee(file, "--seats", "1", check=False)
    assert done.returncode == 1 and done.stderr.startswith(f"trellis: {file}:2:3: 'x' is no approval.")


@pytest.mark.skipif(not APPROVALS.is_file(), reason="abcvoting isn't here")
def test_all_tied_committees_are_those_that_the_reference_lists(tmp_path):
    names = {
        "av": "approval", "pav": "pav", "seqpav": "sequential-pav", "seqphragmen": "phragmen", "monroe": "monroe",
        "equal-shares": "equal-shares", "minimaxav": "minimax-approval", "leximaxphragmen": "leximax-phragmen",
    }  # fmt: skip
    instances = [json.loads(line) for line in APPROVALS.read_text(encoding="utf-8").splitlines()][::60]
    compared = 0
    for instance in instances:
        file = tmp_path / f"{instance['id']}.csv"
        candidates = range(instance["num_cand"])
        rows = [",".join(f"c{one}" for one in candidates)]
        rows += [",".join("1" if one in ballot else "0" for one in candidates) for ballot in instance["profile"]]
        file.write_text("\n".join(rows) + "\n")
        for reference, rule in names.items():
            expected = instance["expected"].get(reference, {}).get("irresolute")
            if expected is None:
                continue
            done = committee(
                file, "--seats", str(instance["committeesize"]), "--rule", rule, "--ties", "all", "--json")  # fmt: skip
            found = json.loads(done.stdout)
            listed = [[int(name[1:]) for name in one["members"]] for one in found["committees"]]
            assert found["completeness"] == "complete" and sorted(listed) == sorted(expected), (instance["id"], rule)
            compared += 1
    assert compared >= 24


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="polis-opendata isn't here")
def test_a_published_conversation_from_export_to_slate():
    done = programs.trellis("deliberate", "slate", str(PUBLISHED), "--seats", "5", "--json")
    slate = json.loads(done.stdout)
    assert slate["conversation"]["people"] == 339 and slate["conversation"]["votes"] == 2872
    assert len(slate["statements"]) == 5 and slate["certificate"]["result"] == "holds" and slate["remarks"] == []
    assert "note:" not in done.stderr


@pytest.mark.skipif(not BUDGETS.is_dir(), reason="pabulib isn't here")
def test_a_published_budget_is_the_official_one_by_the_greedy_rule():
    file = BUDGETS / "poland_gdynia_2020_leszczynki-large.pb"
    found = json.loads(programs.trellis("deliberate", "budget", str(file), "--rule", "greedy", "--json").stdout)
    assert found["official"]["equalsOfficial"]


# From votes to a charter -----------------------------------------------------------------------------------------

DRAFT = ["--seats", "3", "--charter", "riverside/square", "--purpose", "Help Riverside decide about its square.",
         "--quorum", "20", "--consensus", "0.6"]  # fmt: skip


def new_key(folder, name):
    key = folder / f"{name}.key"
    return key, programs.trellis("charter", "sign", "--new-key", str(key)).stdout.strip()


def write_ballots(path, form, voters=40, no=()):
    """Ballots below the first row that `form` is: the column of people, which names the words, and the questions."""
    names = form[1:]
    rows = [",".join(form)]
    for voter in range(voters):
        rows.append(",".join([f"p{voter}"] + ["no" if name in no and voter % 2 else "yes" for name in names]))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def ballot_form(path):
    return path.read_text(encoding="utf-8").strip().split(",")


def change_form(old, proposal, file):
    programs.trellis("deliberate", "amend", str(old), str(proposal), "--write-ballot", str(file))
    return ballot_form(file)


@pytest.fixture(scope="module")
def published(conversation, tmp_path_factory):
    """A round from an export to a publication that two people signed."""
    base = tmp_path_factory.mktemp("round")
    ama, trusted = new_key(base, "ama")
    kofi, _ = new_key(base, "kofi")
    (base / "without.txt").write_text("3\n", encoding="utf-8")
    drafted = programs.trellis(
        "deliberate", "draft", str(conversation), *DRAFT, "--withhold", str(base / "without.txt"), "--into",
        str(base / "round"), "--json")  # fmt: skip
    form = ballot_form(base / "round" / "ballot.csv")
    ballots = write_ballots(base / "ballots.csv", form, no=form[1:2])
    ratified = programs.trellis("deliberate", "ratify", str(base / "round"), str(ballots), "--json")
    for key, name in [(ama, "Ama"), (kofi, "Kofi")]:
        programs.trellis("charter", "sign", str(base / "round" / "charter.yaml"), "--key", str(key), "--as", name)
    programs.trellis(
        "deliberate", "publish", str(base / "round"), "--into", str(base / "public"), "--key", str(ama), "--as",
        "Ama, for Riverside", "--codes", str(base / "codes.csv"))  # fmt: skip
    return {
        "base": base, "trusted": trusted, "key": ama, "drafted": json.loads(drafted.stdout),
        "ratified": json.loads(ratified.stdout), "folder": base / "public",
    }  # fmt: skip


def test_a_charter_is_made_from_votes_and_anybody_can_reckon_it_again(published):
    drafted, ratified = published["drafted"], published["ratified"]
    assert drafted["heldBack"]["people"] == 1 and drafted["people"] == 59
    assert all(clause["statements"] and "agreed" in clause["origin"] for clause in drafted["clauses"])
    assert drafted["dissent"] and all(0 < kept["heldBy"] < 1 for kept in drafted["dissent"])
    assert [clause["finding"] for clause in ratified["clauses"]] == ["too-few-agreed", "ratified", "ratified"]
    assert any(0.49 < kept["heldBy"] < 0.51 for kept in ratified["dissent"])
    done = programs.trellis("deliberate", "verify", str(published["folder"]), "--key", published["trusted"], "--json")
    found = json.loads(done.stdout)
    assert found["holds"] and {step["finding"] for step in found["steps"]} == {"ok"}
    assert found["fingerprint"] == ratified["fingerprint"] and found["publisher"] == "Ama, for Riverside"
    page = programs.trellis("deliberate", "verify", str(published["folder"])).stdout
    assert "ok  slate:" in page and "it isn't known who published it" in page
    checked = programs.trellis(
        "charter", "verify", str(published["folder"] / "charter.yaml"), "--key", published["trusted"])
    assert "signed exactly this charter" in checked.stdout
    assert programs.trellis("charter", "check", str(published["folder"] / "charter.yaml"), check=False).returncode == 0


def test_codes_find_rows_and_nothing_that_was_private_is_published(published):
    base, folder = published["base"], published["folder"]
    rows = (folder / "participants-votes.csv").read_text(encoding="utf-8").splitlines()[1:]
    codes = [line.split(",") for line in (base / "codes.csv").read_text(encoding="utf-8").splitlines()[1:]]
    numbers = {row.split(",")[0] for row in rows}
    assert {code for file, _, code in codes if file == "participants-votes.csv"} == numbers and len(numbers) == 59
    assert '"3"' not in {person for file, person, _ in codes if file == "participants-votes.csv"}
    mine = next(code for file, person, code in codes if file == "participants-votes.csv" and person == '"0"')
    page = programs.trellis("deliberate", "verify", str(folder), "--code", mine, "--code", "12").stdout
    assert f"row {mine}" in page and "#10 The library should open on Sundays." in page
    assert "Nothing is published under 12." in page
    assert (base / "codes.csv").stat().st_mode & 0o077 == 0 and (base / "round").stat().st_mode & 0o077 == 0
    assert len(list(folder.iterdir())) == 14
    assert not any(b"timestamp" in path.read_bytes() or b"p17" in path.read_bytes() for path in folder.iterdir())
    assert b"Spam" not in (folder / "comments.csv").read_bytes()


def test_tampering_with_any_file_is_found_and_said(published, tmp_path):
    for path in sorted(published["folder"].iterdir()):
        copy = tmp_path / path.name.replace(".", "-")
        shutil.copytree(published["folder"], copy)
        content = bytearray((copy / path.name).read_bytes())
        content[len(content) // 2] ^= 1
        (copy / path.name).write_bytes(bytes(content))
        done = programs.trellis("deliberate", "verify", str(copy), "--allow-unchecked", check=False)
        assert done.returncode == 1 and "FAILED" in done.stdout, path.name
    stranger, _ = new_key(tmp_path, "stranger")
    done = programs.trellis(
        "deliberate", "verify", str(published["folder"]), "--key", str(stranger) + ".pub", check=False)
    assert done.returncode == 1 and "wasn't published with a key that you trust" in done.stderr


def test_what_was_edited_by_hand_is_not_published(published, tmp_path):
    copy = tmp_path / "round"
    shutil.copytree(published["base"] / "round", copy)
    charter = copy / "charter.yaml"
    charter.write_text(charter.read_text(encoding="utf-8").replace("decide", "obey"), encoding="utf-8")
    arguments = ["deliberate", "publish", str(copy), "--into", str(tmp_path / "p"), "--key", str(published["key"])]
    done = programs.trellis(*arguments, "--as", "Ama", check=False)
    assert done.returncode == 1 and "isn't what people voted for" in done.stderr
    done = programs.trellis(*arguments[:2], str(tmp_path), *arguments[3:], "--as", "Ama", check=False)
    assert done.returncode == 1 and "isn't the folder of a round" in done.stderr


def test_without_votes_verify_says_what_it_cannot_check(published, tmp_path):
    folder = tmp_path / "public"
    programs.trellis(
        "deliberate", "publish", str(published["base"] / "round"), "--into", str(folder), "--key",
        str(published["key"]), "--as", "Ama", "--without-votes")  # fmt: skip
    assert not (folder / "participants-votes.csv").exists()
    done = programs.trellis("deliberate", "verify", str(folder), check=False)
    assert done.returncode == 1 and "not checked  slate:" in done.stdout and "--allow-unchecked" in done.stderr
    assert programs.trellis("deliberate", "verify", str(folder), "--allow-unchecked").returncode == 0


def test_a_charter_is_changed_by_its_own_rule(published, tmp_path):
    old = published["folder"] / "charter.yaml"
    proposal = tmp_path / "proposal.yaml"
    proposal.write_text(old.read_text(encoding="utf-8").replace("purpose: ", "purpose: Always, "), encoding="utf-8")
    form = change_form(old, proposal, tmp_path / "ballot.csv")
    few = write_ballots(tmp_path / "few.csv", form, no=["proposal"])
    done = programs.trellis(
        "deliberate", "amend", str(old), str(proposal), str(few), "--into", str(tmp_path / "no"), check=False)
    assert done.returncode == 1 and "The proposal isn't taken." in done.stdout and not (tmp_path / "no").exists()
    many = write_ballots(tmp_path / "many.csv", form)
    change = tmp_path / "change"
    found = json.loads(
        programs.trellis(
            "deliberate", "amend", str(old), str(proposal), str(many), "--into", str(change), "--json").stdout)
    assert found["isTaken"] and found["diff"]["to"]["version"] == found["diff"]["advice"]["lowest"]
    programs.trellis(
        "charter", "sign", str(change / "charter.yaml"), "--key", str(published["key"]), "--as", "Ama")
    programs.trellis(
        "deliberate", "publish", str(change), "--into", str(tmp_path / "public"), "--key", str(published["key"]),
        "--as", "Ama")  # fmt: skip
    verify = ["deliberate", "verify", str(tmp_path / "public"), "--key", published["trusted"]]
    done = programs.trellis(*verify, check=False)
    fingerprint = published["ratified"]["fingerprint"]
    assert done.returncode == 1 and "not checked  previous:" in done.stdout and fingerprint in done.stdout
    assert programs.trellis(*verify, "--allow-unchecked").returncode == 0
    done = programs.trellis(*verify, "--previous", str(published["folder"]))
    assert "ok  previous:" in done.stdout and "What it is for" in (tmp_path / "public" / "diff.txt").read_text(encoding="utf-8")


def test_a_conversation_changes_a_charter_and_anybody_can_reckon_the_change_again(published, tmp_path):
    old = published["folder"] / "charter.yaml"
    # What they talk about next: everything is new but the benches, which the charter has, in other letters.
    following = [f"{text.rstrip('.')}, in winter." for text in STATEMENTS]
    following[2] = STATEMENTS[2].upper()
    talk = write_conversation(tmp_path / "next", statements=following)
    change = tmp_path / "change"
    draft = ["deliberate", "draft", str(talk), "--amends", str(old), "--seats", "3", "--conversation", "Winter"]
    done = programs.trellis(*draft, "--quorum", "5", "--into", str(change), check=False)
    assert done.returncode == 64 and "leave out --charter" in done.stderr
    drafted = json.loads(programs.trellis(*draft, "--into", str(change), "--json").stdout)
    assert drafted["amends"] == published["ratified"]["fingerprint"]
    assert [said["statement"] for said in drafted["saidAlready"]] == [12]
    assert len(drafted["clauses"]) == 2 and all("“Winter”" in clause["origin"] for clause in drafted["clauses"])
    before = [line for line in old.read_text(encoding="utf-8").splitlines() if "says:" in line or "held-by:" in line]
    proposal = (change / "proposal.yaml").read_text(encoding="utf-8")
    assert before and all(line in proposal for line in before) and "in winter" in drafted["words"]

    form = ballot_form(change / "ballot.csv")
    assert drafted["fingerprint"] in form[0] and drafted["amends"] in form[0] and form[1:] == ["proposal"]
    refused = write_ballots(tmp_path / "refused.csv", form, no=["proposal"])
    done = programs.trellis("deliberate", "amend", str(change), str(refused), check=False)
    assert done.returncode == 1 and "The proposal isn't taken." in done.stdout and not (change / "charter.yaml").exists()
    # The charter's own section amendment decides: of twenty who must take part, sixty per cent must say yes.
    few = write_ballots(tmp_path / "few.csv", form, voters=19)
    assert programs.trellis("deliberate", "amend", str(change), str(few), check=False).returncode == 1
    rows = [",".join(form)] + [f"q{voter},{'no' if voter % 4 == 0 else 'yes'}" for voter in range(40)]
    (tmp_path / "ballots.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    taken = json.loads(programs.trellis("deliberate", "amend", str(change), str(tmp_path / "ballots.csv"), "--json").stdout)
    assert taken["isTaken"] and (taken["yes"], taken["no"]) == (30, 10) and taken["heldBack"]["rejected-statements"] == 1
    assert taken["diff"]["to"]["version"] == taken["diff"]["advice"]["lowest"] != published["ratified"]["version"]
    new = (change / "charter.yaml").read_text(encoding="utf-8")
    assert "We were against version" in new and "held-by: 0.25" in new and all(line in new for line in before)
    programs.trellis("charter", "sign", str(change / "charter.yaml"), "--key", str(published["key"]), "--as", "Ama")
    publish = ["deliberate", "publish", str(change), "--key", str(published["key"]), "--as", "Ama"]
    shown = programs.trellis(*publish, "--into", str(tmp_path / "public"), "--codes", str(tmp_path / "codes.csv")).stdout
    assert "One statement was left out by moderators." in shown

    verify = ["deliberate", "verify", "--key", published["trusted"], "--previous", str(published["folder"])]
    found = json.loads(programs.trellis(*verify, str(tmp_path / "public"), "--json").stdout)
    assert found["holds"] and {step["finding"] for step in found["steps"]} == {"ok"}
    steps = {step["name"]: step["words"] for step in found["steps"]}
    assert "2 new clauses" in steps["proposal"] and "#12" in steps["proposal"] and "no group was forgotten" in steps["slate"]
    codes = [line.split(",") for line in (tmp_path / "codes.csv").read_text(encoding="utf-8").splitlines()[1:]]
    mine = next(code for file, person, code in codes if file == "ratification.csv" and person == '"q1"')
    page = " ".join(programs.trellis(*verify, str(tmp_path / "public"), "--code", mine).stdout.split())
    assert "yes: proposal: " in page and "in winter" in page.split("yes: proposal: ")[1]
    # Another vote in the conversation, or another word of the proposal, doesn't lead to this change.
    for name, pair in (("participants-votes.csv", (",1,", ",-1,")), ("proposal.yaml", ("winter", "summer"))):
        copy = tmp_path / name.replace(".", "-")
        shutil.copytree(tmp_path / "public", copy)
        text = (copy / name).read_text(encoding="utf-8")
        (copy / name).write_text(text.replace(*pair, 1), encoding="utf-8")
        done = programs.trellis(*verify, str(copy), check=False)
        assert done.returncode == 1 and "FAILED" in done.stdout.split("files:")[1].split("parameters:")[1], name
    programs.trellis(*publish, "--into", str(tmp_path / "bare"), "--without-votes")
    assert programs.trellis(*verify, str(tmp_path / "bare"), check=False).returncode == 1
    done = programs.trellis(*verify, str(tmp_path / "bare"), "--allow-unchecked")
    assert "not checked  proposal:" in done.stdout


def test_ballots_that_are_held_back_are_told_loudly_where_they_decide(published, tmp_path):
    round_folder = tmp_path / "round"
    shutil.copytree(published["base"] / "round", round_folder)
    form = ballot_form(round_folder / "ballot.csv")
    ballots = write_ballots(tmp_path / "ballots.csv", form, no=form[1:2])
    objectors = tmp_path / "without.txt"
    objectors.write_text("".join(f"p{voter}\n" for voter in range(1, 30, 2)), encoding="utf-8")
    ratify = ["deliberate", "ratify", str(round_folder), str(ballots), "--withhold", str(objectors)]
    page = programs.trellis(*ratify).stdout
    assert "15 ballots were held back" in page and "with every ballot counted, it comes out otherwise" in page
    found = json.loads(programs.trellis(*ratify, "--json").stdout)
    assert found["ballotsHeldBack"] == 15 and found["otherwiseWithEverybody"] == [found["clauses"][0]["path"]]
    (round_folder / "charter.yaml.sig").unlink()
    programs.trellis(
        "deliberate", "publish", str(round_folder), "--into", str(tmp_path / "public"), "--key",
        str(published["key"]), "--as", "Ama")  # fmt: skip
    page = programs.trellis("deliberate", "verify", str(tmp_path / "public")).stdout
    assert "15 ballots were held back" in page and "they could have changed what became of" in page
    assert "The votes of one person who didn't agree to publication were left out" in page


def test_an_amendment_keeps_dissent_and_loses_none_to_a_threshold_or_to_ballots_unseen(published, tmp_path):
    old = published["folder"] / "charter.yaml"
    text = old.read_text(encoding="utf-8").replace("purpose: ", "purpose: Always, ")
    kept = [line for line in text.splitlines() if "held-by: " in line]
    proposal = tmp_path / "proposal.yaml"
    proposal.write_text(text[: text.index("dissent:")], encoding="utf-8")
    form = change_form(old, proposal, tmp_path / "ballot.csv")
    ballots = write_ballots(tmp_path / "ballots.csv", form, no=["proposal"])
    objectors = tmp_path / "without.txt"
    objectors.write_text("".join(f"p{voter}\n" for voter in range(1, 30, 2)), encoding="utf-8")
    amend = ["deliberate", "amend", str(old), str(proposal), str(ballots), "--into", str(tmp_path / "change")]
    done = programs.trellis(*amend, "--threshold", "1000000", check=False)
    assert done.returncode == 64 and "from 1 to 5" in done.stderr
    page = programs.trellis(*amend, "--withhold", str(objectors)).stdout
    assert "15 ballots were held back" in page and "the proposal would not be taken" in page
    new = (tmp_path / "change" / "charter.yaml").read_text(encoding="utf-8")
    assert kept and all(line in new for line in kept) and "We were against version" in new
    proposal.write_text(text.replace(" of: ", " of: 1", 1), encoding="utf-8")
    done = programs.trellis(*amend[:4], "--write-ballot", str(tmp_path / "none.csv"), check=False)
    assert done.returncode == 1 and "take `from` out" in done.stderr and not (tmp_path / "none.csv").exists()


def test_ballots_belong_to_the_words_that_were_voted_on(conversation, published, tmp_path):
    base = published["base"]
    plan = tmp_path / "clauses.csv"
    first = published["drafted"]["clauses"][0]
    plan.write_text(
        f"statements,kind,name,says\n{first['statements'][0]},good,{first['name']},Never mention the bus strike.\n",
        encoding="utf-8")  # fmt: skip
    other = tmp_path / "other"
    programs.trellis(
        "deliberate", "draft", str(conversation), *DRAFT, "--withhold", str(base / "without.txt"), "--clauses",
        str(plan), "--into", str(other))  # fmt: skip
    # The same names of clauses, other words.
    assert set(ballot_form(other / "ballot.csv")[1:]) == set(ballot_form(base / "round" / "ballot.csv")[1:])
    done = programs.trellis("deliberate", "ratify", str(other), str(base / "ballots.csv"), check=False)
    assert done.returncode == 1 and "were cast on other words" in done.stderr and "let people vote on these" in done.stderr
    bare = tmp_path / "bare.csv"
    form = ballot_form(other / "ballot.csv")
    write_ballots(bare, ["participant", *form[1:]])
    done = programs.trellis("deliberate", "ratify", str(other), str(bare), check=False)
    assert done.returncode == 1 and f"write {form[0]} in place of participant" in done.stderr
    # Words that were changed in the draft that people read.
    draft = other / "draft.yaml"
    draft.write_text(draft.read_text(encoding="utf-8").replace("bus strike", "strike"), encoding="utf-8")
    done = programs.trellis("deliberate", "ratify", str(other), str(write_ballots(tmp_path / "b.csv", form)), check=False)
    assert done.returncode == 1 and "was changed by hand since" in done.stderr
    codes = [line.split(",") for line in (base / "codes.csv").read_text(encoding="utf-8").splitlines()[1:]]
    mine = next(code for file, person, code in codes if file == "ratification.csv" and person == '"p1"')
    page = programs.trellis("deliberate", "verify", str(published["folder"]), "--code", mine).stdout.replace("\n", " ")
    assert f"Cast on {published['drafted']['fingerprint']}" in page.replace("  ", " ")
    assert f"no: {first['name']}: {first['says']}" in " ".join(page.split())


def test_what_was_held_back_is_said_in_words_at_every_step(published, tmp_path):
    said = "The votes of one person who didn't agree to publication were left out"
    rare = "One statement was left out by moderators."
    ratified = programs.trellis("deliberate", "ratify", str(published["base"] / "round"), str(published["base"] / "ballots.csv"))
    shown = programs.trellis(
        "deliberate", "publish", str(published["base"] / "round"), "--into", str(tmp_path / "public"), "--key",
        str(published["key"]), "--as", "Ama")  # fmt: skip
    verified = programs.trellis("deliberate", "verify", str(published["folder"]))
    for done in (ratified, shown, verified):
        page = " ".join(done.stdout.split())
        assert said in page and rare in page and "No ballot was held back." in page
    assert published["ratified"]["heldBack"]["people"] == 1 and published["ratified"]["ballotsHeldBack"] == 0


def test_a_plan_says_what_statements_become_and_nothing_enters_without_support(conversation, tmp_path):
    plan = tmp_path / "clauses.csv"
    plan.write_text("statements,kind,name,says,severity\n12,floor,benches,Never take a bench away.,revise\n",
                    encoding="utf-8")  # fmt: skip
    done = programs.trellis(
        "deliberate", "draft", str(conversation), *DRAFT, "--clauses", str(plan), "--into", str(tmp_path / "r"))
    assert "floor/benches: “Never take a bench away.”" in done.stdout and "Worded by people." in done.stdout
    plan.write_text("statements,kind\n99,good\n", encoding="utf-8")
    done = programs.trellis(
        "deliberate", "draft", str(conversation), *DRAFT, "--clauses", str(plan), "--into", str(tmp_path / "s"),
        check=False)  # fmt: skip
    assert done.returncode == 1 and "which wasn't chosen" in done.stderr and not (tmp_path / "s").exists()
    done = programs.trellis(
        "deliberate", "draft", str(conversation), *DRAFT, "--into", str(tmp_path / "r"), check=False)
    assert done.returncode == 1 and "is there already" in done.stderr


def test_a_model_that_names_no_statements_leaves_their_own_words(conversation, mock, tmp_path):
    done = programs.trellis(
        "deliberate", "draft", str(conversation), *DRAFT, "--model", "gpt-mock", "--url",
        f"http://127.0.0.1:{mock.port}/v1", "--into", str(tmp_path / "r"), "--json")  # fmt: skip
    clauses = json.loads(done.stdout)["clauses"]
    assert all(clause["refused"] and "wordedBy" not in clause for clause in clauses)
    (tmp_path / "no.txt").write_text("4711\n", encoding="utf-8")
    done = programs.trellis(
        "deliberate", "draft", str(conversation), *DRAFT, "--withhold", str(tmp_path / "no.txt"), "--into",
        str(tmp_path / "s"))  # fmt: skip
    assert "isn't here, so nothing of theirs was left out" in done.stderr
    done = programs.trellis(
        "deliberate", "draft", str(conversation), *DRAFT, "--model", "nobody", "--into", str(tmp_path / "t"),
        check=False)  # fmt: skip
    assert done.returncode == 78 and "no upstream of the configuration has the model nobody" in done.stderr


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="TRELLIS_REFERENCE_DATA has no polis-opendata")
def test_a_charter_from_a_real_conversation_is_reckoned_again(tmp_path):
    programs.trellis(
        "deliberate", "draft", str(PUBLISHED), "--seats", "5", "--charter", "seattle/pay", "--purpose",
        "Inform about pay.", "--quorum", "20", "--consensus", "0.6", "--into", str(tmp_path / "round"))  # fmt: skip
    ballots = write_ballots(tmp_path / "ballots.csv", ballot_form(tmp_path / "round" / "ballot.csv"))
    programs.trellis("deliberate", "ratify", str(tmp_path / "round"), str(ballots))
    key, trusted = new_key(tmp_path, "k")
    programs.trellis(
        "deliberate", "publish", str(tmp_path / "round"), "--into", str(tmp_path / "public"), "--key", str(key),
        "--as", "Tests")  # fmt: skip
    assert programs.trellis("deliberate", "verify", str(tmp_path / "public"), "--key", trusted).returncode == 0


EXAMPLE = programs.ROOT / "docs" / "examples" / "fifteen-per-hour"


def test_the_example_in_the_documentation_holds():
    done = programs.trellis(
        "deliberate", "verify", str(EXAMPLE / "public"), "--key", str(EXAMPLE / "example.key.pub"), "--json")
    found = json.loads(done.stdout)
    assert found["holds"] and found["charter"] == "example/fifteen-per-hour"
