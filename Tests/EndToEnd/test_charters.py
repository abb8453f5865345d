"""The charter at start and while serving: nothing is answered without one, and a typing mistake takes none away."""

import hashlib
import json

import programs

GOOD = """\
charter: riverside/tutor
version: 1.0.0
community: Riverside School
purpose: Help pupils become people who can learn without us.
goods:
  understanding:
    says: A pupil can explain an idea in their own words.
    lens: perfectionist
    signs: [asks the pupil to predict before telling]
floor:
  no-finished-graded-work: { says: Never write graded work for a pupil., severity: block }
"""
BROKEN = GOOD.replace("lens: perfectionist", "lens: perfect")  # line 8, column 11
LINE = 8


def fingerprint(path):
    return json.loads(programs.trellis("charter", "check", "--json", str(path)).stdout)[0]["fingerprint"]


def serve(tmp_path, mock, *flags, **more):
    """`trellis serve` that is expected to end by itself."""
    (tmp_path / "trellis.yaml").write_text(json.dumps(programs.settings(mock, **more)))
    return programs.trellis(
        "serve", "--config", str(tmp_path / "trellis.yaml"), "--port", "0", *flags, check=False, folder=tmp_path
    )


# At start ---------------------------------------------------------------------------------------------------------


def test_a_missing_charter_stops_the_start(tmp_path, mock):
    ended = serve(tmp_path, mock, charter="nowhere.yaml")
    assert ended.returncode == 78 and "nowhere.yaml" in ended.stderr and "Trellis listens" not in ended.stdout


def test_an_unknown_commons_charter_stops_the_start(tmp_path, mock):
    ended = serve(tmp_path, mock, charter="commons/advizor")
    assert ended.returncode == 78 and "commons/advisor" in ended.stderr


def test_a_broken_charter_stops_the_start_and_names_the_place(tmp_path, mock):
    (tmp_path / "charter.yaml").write_text(BROKEN)
    ended = serve(tmp_path, mock, charter="charter.yaml")
    assert ended.returncode == 78
    assert f"charter.yaml:{LINE}:11" in ended.stderr and "perfectionist" in ended.stderr


def test_a_role_that_the_charter_lacks_stops_the_start(tmp_path, mock):
    ended = serve(tmp_path, mock, charter="commons/tutor", role="headmaster")
    assert ended.returncode == 78 and "headmaster" in ended.stderr


def test_any_bytes_as_a_charter_are_an_error_and_no_crash(tmp_path, mock):
    for bytes_ in (b"", b"\xff\xfe\x00", b"a: &x [*x]", b"- " * 50_000, b"{" * 10_000, b"charter: [1, {2"):
        (tmp_path / "charter.yaml").write_bytes(bytes_)
        ended = serve(tmp_path, mock, charter="charter.yaml")
        assert ended.returncode == 78 and "charter.yaml" in ended.stderr, bytes_[:20]
        checked = programs.trellis("charter", "check", str(tmp_path / "charter.yaml"), check=False)
        assert checked.returncode == 1 and checked.stderr, bytes_[:20]


# While serving ----------------------------------------------------------------------------------------------------


def test_a_charter_can_be_changed_broken_and_mended_while_serving(start, tmp_path, mock):
    charter = tmp_path / "charter.yaml"
    charter.write_text(GOOD)
    server = start(charter=str(charter))
    key = server.key("homework")

    def governing():
        kept = server.receipt(server.chat(key).headers["trellis-receipt"], key)
        assert kept["brief"]["text"] == mock.last().json()["messages"][0]["content"]
        assert kept["brief"]["fingerprint"] == hashlib.sha256(kept["brief"]["text"].encode()).hexdigest()
        return kept["charter"]["fingerprint"]

    first = fingerprint(charter)
    assert governing() == first

    charter.write_text(BROKEN)
    programs.eventually(lambda: f"charter.yaml:{LINE}" in server.log, "the log to say what is wrong", 20)
    assert governing() == first, "a broken file must not take the charter away"
    assert server.ask("GET", "/readyz").status == 200

    charter.unlink()
    programs.eventually(lambda: server.log.count("stays in force") >= 2, "the log to say that it is gone", 20)
    assert governing() == first

    charter.write_text(GOOD.replace("1.0.0", "1.1.0").replace("in their own words", "in plain words"))
    mended = fingerprint(charter)
    assert mended != first
    programs.eventually(lambda: governing() == mended, "the mended charter to govern", 20)

    # A comment changes the file and not the charter.
    charter.write_text(charter.read_text() + "# a comment\n")
    assert fingerprint(charter) == mended and governing() == mended


def test_a_keys_own_charter_can_change_too(start, tmp_path):
    charter = tmp_path / "school.yaml"
    charter.write_text(GOOD)
    server = start()
    key = server.key("school", "--charter", str(charter))

    def version():
        return server.receipt(server.chat(key).headers["trellis-receipt"], key)["charter"]["version"]

    assert version() == "1.0.0"
    charter.write_text(GOOD.replace("1.0.0", "1.0.1"))
    programs.eventually(lambda: version() == "1.0.1", "the new charter to govern", 20)


def test_without_its_charter_a_key_is_answered_by_nobody(start, tmp_path, mock):
    charter = tmp_path / "school.yaml"
    charter.write_text(GOOD)
    server = start()
    key = server.key("school", "--charter", str(charter))
    server.stop()
    charter.write_text(BROKEN)
    server = start.again(server)
    before = mock.counts()["requests"]
    answer = server.chat(key)
    assert answer.status == 503 and "charter" in answer.json()["error"]["message"]
    assert mock.counts()["requests"] == before, "without the floor no message goes on"
    charter.write_text(GOOD)
    programs.eventually(lambda: server.chat(key).status == 200, "the mended charter to govern", 20)


def test_what_a_charter_says_is_what_the_model_is_told(start, tmp_path, mock):
    charter = tmp_path / "charter.yaml"
    charter.write_text(GOOD)
    server = start(charter=str(charter), flags=["--development"])
    server.chat(None)
    told = mock.last().json()["messages"][0]["content"]
    shown = json.loads(programs.trellis("charter", "show", str(charter), "--json").stdout)
    in_force = server.ask("GET", "/trellis/v1/charter").json()
    assert told == shown["brief"] == in_force["brief"]
    assert "Help pupils become people who can learn without us." in told
    assert "Never write graded work for a pupil." in told
    assert shown["fingerprint"] == in_force["fingerprint"] == fingerprint(charter)
