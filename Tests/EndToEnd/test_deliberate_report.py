"""What a moderator and a reader get of a conversation: one page, signs of manipulation, any rule, rankings, a replay."""

import json

import pytest

import programs
import test_deliberate


@pytest.fixture(scope="module")
def conversation(tmp_path_factory):
    return test_deliberate.write_conversation(tmp_path_factory.mktemp("conversation"))


def with_times(folder, bots=0):
    """The same votes with their times, and accounts that copy one row within a day."""
    matrix = (folder / "participants-votes.csv").read_text().splitlines()
    statements = matrix[0].split(",")[2:]
    lines = ["timestamp,datetime,comment-id,voter-id,vote"]
    for row in matrix[1:]:
        person, _, *votes = row.split(",")
        order = sorted(range(len(votes)), key=lambda place: (int(person) * 31 + place * 17) % 23)
        for step, place in enumerate(order):
            time = 1_600_000_000_000 + int(person) * 600_000 + step * 7_000
            lines.append(f"{time},then,{statements[place]},{person},{votes[place]}")
    (folder / "votes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_report_is_one_page_that_needs_nothing_else(conversation, tmp_path):
    page = tmp_path / "report.html"
    done = programs.trellis("deliberate", "report", str(conversation), "--samples", "0", "--to", str(page))
    assert done.stdout == f"Wrote {page}.\n"
    text = page.read_text(encoding="utf-8")
    for part in ("<svg", "Common ground", "Dissent", "How much to trust this", "We need benches, &quot;real&quot; ones"):
        assert part in text
    assert "<script" not in text and "http" not in text.replace("http-equiv", "") and "\u202e" not in text
    assert '<p dir="auto">حديقة' in text and "Spam, spam" not in text
    printed = programs.trellis("deliberate", "report", str(conversation), "--samples", "0")
    assert printed.stdout == text
    done = programs.trellis(
        "deliberate", "report", str(conversation), "--samples", "0", "--to", str(tmp_path / "no" / "x.html"), check=False
    )
    assert done.returncode == 1 and "can't be written" in done.stderr


def test_signs_of_manipulation_come_with_reasons_rates_and_effects(tmp_path):
    folder = test_deliberate.write_conversation(tmp_path / "talk")
    for number in range(14):
        with (folder / "participants-votes.csv").open("a") as file:
            file.write(f"{900 + number},,,,,-1,,,,\n")
    found = json.loads(programs.trellis("deliberate", "signals", str(folder), "--json").stdout)
    assert not found["hasTimes"]
    sign = next(one for one in found["signs"] if one["sign"] == "oneVote")
    assert sign["participants"] == list(range(900, 914))
    assert sign["reason"].startswith("14 people cast one vote in all and the same one: they disagree with #13.")
    assert sign["effect"]["people"] == 14 and sign["effect"]["words"].startswith("Without them ")
    assert {rate["sign"] for rate in found["errorRates"]} == {"alike", "burst", "oneVote", "lockstep"}
    page = programs.trellis("deliberate", "signals", str(folder)).stdout.replace("\n", " ")
    assert "How often signs are wrong" in page and "Nobody was removed." in page
    assert "bursts of newcomers and the order of votes weren't looked at" in page
    timed = json.loads(programs.trellis("deliberate", "signals", str(with_times(test_deliberate.write_conversation(tmp_path / "timed"))), "--json").stdout)  # fmt: skip
    assert timed["hasTimes"]


def test_a_slate_by_any_rule_is_checked_by_any_axiom(conversation):
    done = programs.trellis(
        "deliberate", "slate", str(conversation), "--seats", "2", "--rule", "approval", "--check", "jr", "--check",
        "core", "--json",
    )  # fmt: skip
    slate = json.loads(done.stdout)
    assert slate["rule"] == "approval" and slate["isProven"] and len(slate["statements"]) == 2
    assert [one["axiom"] for one in slate["checks"]] == ["justified representation (JR)", "core stability"]
    assert all(one["result"] in ("holds", "fails") for one in slate["checks"])
    for wrong in (["--rule", "dictator"], ["--check", "fairness"], ["--work", "0"]):
        done = programs.trellis("deliberate", "slate", str(conversation), "--seats", "2", *wrong, check=False)
        assert done.returncode == 64
    assert "sequential-pav" in done.stderr or "sequential-pav" in programs.trellis("deliberate", "slate", "--help").stdout


def test_ranked_ballots_are_counted_by_every_rule(tmp_path):
    file = tmp_path / "ballots.csv"
    file.write_text("Trees,Benches,A stage,ballots\n1,2,,40\n2,2,1,25\n3,1,2,20\n")
    found = json.loads(programs.trellis("deliberate", "rank", str(file), "--json").stdout)
    assert found["ballots"] == 85 and "winner" not in found["condorcet"]
    assert found["condorcet"]["smith"] == ["Trees", "Benches", "A stage"]
    assert found["schulze"]["winners"] == ["Benches"] and found["rankedPairs"]["winners"] == ["Trees"]
    assert found["instantRunoff"]["winners"] == ["A stage"] and found["borda"]["winners"] == ["Trees", "Benches"]
    other = tmp_path / "ballots.toi"
    other.write_text(
        "# ALTERNATIVE NAME 1: Trees\n# ALTERNATIVE NAME 2: Benches\n# ALTERNATIVE NAME 3: A stage\n"
        "40: 1,2\n25: 3,{1,2}\n20: 2,3,1\n"
    )
    assert json.loads(programs.trellis("deliberate", "rank", str(other), "--json").stdout) == found
    page = programs.trellis("deliberate", "rank", str(file), "--rule", "schulze").stdout
    assert "Winner: Benches." in page and "Borda" not in page
    file.write_text("Trees,Benches\n1,second\n")
    done = programs.trellis("deliberate", "rank", str(file), check=False)
    assert done.returncode == 1 and done.stderr.startswith(f"trellis: {file}:2:3: 'second' is no rank.")


def test_a_replay_counts_votes_for_each_router(conversation):
    done = programs.trellis("deliberate", "replay", str(conversation), "--orders", "1", "--looks", "10", "--json")
    found = json.loads(done.stdout)
    assert [one["router"] for one in found["routers"]] == ["random", "polis", "adaptive"]
    assert all(0 < one["votes"] <= 480 for one in found["routers"])
    page = programs.trellis("deliberate", "replay", str(conversation), "--orders", "1", "--looks", "10").stdout
    assert "Votes until 95% of the final list was there to stay" in page


def test_the_landscape_tells_what_bridges_and_what_to_show_next(conversation):
    done = programs.trellis("deliberate", "landscape", str(conversation), "--samples", "0", "--json")
    found = json.loads(done.stdout)
    assert found["bridging"][0]["statement"]["id"] == 12
    assert found["bridging"][0]["score"]["lower"] <= found["bridging"][0]["score"]["value"]
    assert len(found["next"]) == 5 and 16 not in {one["id"] for one in found["next"]}
