"""The life of a charter on the command line: begun, put in form, compared, merged, signed, locked, shown and tested."""

import hashlib
import json
import os
import shutil
import subprocess

import programs
import pytest


@pytest.fixture
def charter(tmp_path):
    """A fresh folder with a first charter in it."""

    def run(*command, check=True):
        return programs.trellis("charter", *command, check=check, folder=tmp_path)

    run("init", "charter.yaml", "--name", "riverside/tutor")
    return run


def write(tmp_path, name, *changes):
    text = (tmp_path / "charter.yaml").read_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    (tmp_path / name).write_text(text)
    return name


def fingerprint(charter, name="charter.yaml"):
    return json.loads(charter("check", "--json", name).stdout)[0]["fingerprint"]


def test_a_first_charter_is_sound_in_form_and_passes_its_own_test(charter, tmp_path):
    assert "✓" in charter("check", "charter.yaml").stdout
    assert charter("fmt", "--check", "charter.yaml").returncode == 0
    tested = json.loads(charter("test", "charter.yaml", "--json").stdout)
    assert tested["passes"] and tested["cases"] and tested["uncovered"] == ["floor/no-false-urgency"]
    before = (tmp_path / "charter.yaml").read_bytes()
    again = charter("init", "charter.yaml", check=False)
    assert again.returncode == 1 and "nothing was written" in again.stderr
    assert (tmp_path / "charter.yaml").read_bytes() == before


@pytest.mark.parametrize("name", ["advisor", "mediator", "tutor"])
def test_a_starter_charter_passes_with_the_floor_beneath_it(charter, name):
    tested = json.loads(charter("test", f"commons/{name}", "--whole", "--json").stdout)
    assert tested["passes"] and any(case["path"].startswith("floor/") for case in tested["cases"])


def test_form_changes_the_file_and_not_the_charter(charter, tmp_path):
    path = tmp_path / "charter.yaml"
    known = fingerprint(charter)
    path.write_text("# mine\n" + path.read_text().replace("version: 0.1.0", "version:    '0.1.0'   # soon 1.0.0"))
    assert charter("fmt", "--check", "charter.yaml", check=False).returncode == 1
    os.chmod(path, 0o640)
    charter("fmt", "charter.yaml")
    assert charter("fmt", "--check", "charter.yaml").returncode == 0
    assert path.read_text().startswith("# mine") and "# soon 1.0.0" in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o640 and os.listdir(tmp_path) == ["charter.yaml"]
    assert fingerprint(charter) == known
    path.write_text("charter: [\n")
    assert charter("fmt", "charter.yaml", check=False).returncode == 1 and path.read_text() == "charter: [\n"


def test_a_difference_is_told_in_words_and_asks_for_a_version(charter, tmp_path):
    write(tmp_path, "milder.yaml", ("severity: revise", "severity: note"))
    done = charter("diff", "charter.yaml", "milder.yaml", check=False)
    assert done.returncode == 1 and "the floor gets weaker" in done.stdout and "at least 0.2.0" in done.stdout
    write(tmp_path, "raised.yaml", ("severity: revise", "severity: note"), ("0.1.0", "0.2.0"))
    diff = json.loads(charter("diff", "charter.yaml", "raised.yaml", "--json").stdout)
    assert [change["effect"] for change in diff["changes"]] == ["weakens-floor"] and diff["advice"]["isEnough"]


def test_a_merge_leaves_to_people_what_only_they_can_decide(charter, tmp_path):
    ours = write(tmp_path, "ours.yaml", ("decides in their place", "decides for them"))
    theirs = write(tmp_path, "theirs.yaml", ("severity: revise", "severity: block"))
    other = write(tmp_path, "other.yaml", ("decides in their place", "chooses for them"))
    merged = charter("merge", "charter.yaml", ours, theirs, "--output", "merged.yaml")
    assert merged.stdout == "" and "✓" in charter("check", "merged.yaml").stdout
    text = (tmp_path / "merged.yaml").read_text()
    assert "decides for them" in text and "severity: block" in text and "# Who you are" in text

    done = charter("merge", "charter.yaml", ours, other, "--output", ours, check=False)
    assert done.returncode == 1 and "goods/own-choice/failures" in done.stderr
    refused = charter("check", ours, check=False)
    assert refused.returncode == 1 and "[unresolved]" in refused.stderr
    decided = (tmp_path / ours).read_text().split("\n# Both sides")[0]
    (tmp_path / ours).write_text(decided)
    assert charter("check", ours).returncode == 0


def test_a_fork_is_pinned_and_notices_when_its_parent_changes(charter, tmp_path):
    charter("fork", "charter.yaml", "riverside/maths", "--output", "maths.yaml")
    assert "✓" in charter("check", "maths.yaml").stdout
    assert charter("lock", "maths.yaml", "--check").returncode == 0
    shown = json.loads(charter("show", "maths.yaml", "--json").stdout)
    assert [layer["name"] for layer in shown["layers"]][-2:] == ["riverside/tutor", "riverside/maths"]
    assert "own-choice" in " ".join(shown["clauses"])

    write(tmp_path, "charter.yaml", ("People make up their own minds.", "People decide."))
    assert charter("check", "maths.yaml", check=False).returncode == 1
    assert charter("lock", "maths.yaml", "--check", check=False).returncode == 1
    charter("lock", "maths.yaml")
    assert "✓" in charter("check", "maths.yaml").stdout

    charter("fork", "commons/tutor", "riverside/reading", "--copy", "--output", "reading.yaml")
    assert "extends" not in (tmp_path / "reading.yaml").read_text()


def test_charters_of_one_folder_share_a_lock(charter, tmp_path):
    charter("fork", "charter.yaml", "riverside/maths", "--output", "maths.yaml")
    charter("fork", "commons/advisor", "riverside/office", "--output", "office.yaml")
    for name in ["maths.yaml", "office.yaml"]:
        assert "✓" in charter("check", name).stdout
        assert charter("lock", name, "--check").returncode == 0
    both = charter("lock", "maths.yaml", "office.yaml", "--prune", "--check")
    assert both.returncode == 0 and "as it should be" in both.stdout
    assert "pinned no more" in charter("lock", "maths.yaml", "--prune").stdout
    assert "[not-pinned]" in charter("check", "office.yaml", check=False).stderr
    charter("lock", "office.yaml")
    assert "✓" in charter("check", "maths.yaml").stdout and "✓" in charter("check", "office.yaml").stdout

    write(tmp_path, "charter.yaml", ("People make up their own minds.", "People decide."))
    before = (tmp_path / "charter.lock").read_bytes()
    refused = charter("fork", "charter.yaml", "riverside/art", "--output", "art.yaml", check=False)
    assert refused.returncode == 1 and "pins ./charter.yaml otherwise" in refused.stderr
    assert (tmp_path / "charter.lock").read_bytes() == before


def test_parents_come_from_a_registry_and_are_pinned_there(charter, tmp_path):
    folder = tmp_path / "registry" / "riverside"
    folder.mkdir(parents=True)
    text = (tmp_path / "charter.yaml").read_text()
    (folder / "tutor@0.1.0.yaml").write_text(text)
    (folder / "tutor@0.2.0.yaml").write_text(text.replace("version: 0.1.0", "version: 0.2.0"))
    (tmp_path / "child.yaml").write_text(
        "charter: riverside/child\nversion: 1.0.0\nextends: [riverside/tutor@0]\ngoods: {calm: {says: Calm.}}\n")
    alone = charter("check", "child.yaml", check=False)
    assert alone.returncode == 1 and "No registry is named" in alone.stderr
    registry = ("--registry", "registry")
    assert "0.2.0" in charter("lock", "child.yaml", *registry).stdout
    (folder / "tutor@0.3.0.yaml").write_text(text.replace("version: 0.1.0", "version: 0.3.0"))
    layers = json.loads(charter("show", "child.yaml", "--json", *registry).stdout)["layers"]
    assert [layer.get("version") for layer in layers][-2:] == ["0.2.0", "1.0.0"]
    assert "✓" in charter("check", "riverside/tutor", *registry).stdout
    (folder / "tutor@0.2.0.yaml").write_text(text.replace("version: 0.1.0", "version: 0.2.0") + "# same\n")
    assert charter("check", "child.yaml", *registry).returncode == 0
    (folder / "tutor@0.2.0.yaml").unlink()
    assert "[changed]" in charter("check", "child.yaml", *registry, check=False).stderr


def test_a_signature_stands_for_what_the_charter_builds_on(charter, tmp_path):
    charter("sign", "--new-key", "ama.key")
    charter("fork", "charter.yaml", "riverside/maths", "--output", "maths.yaml")
    signed = charter("sign", "maths.yaml", "--key", "ama.key", "--as", "Ama")
    assert "riverside/tutor 0.1.0" in signed.stdout
    verify = ("verify", "maths.yaml", "--key", "ama.key.pub", "--whole")
    assert "with all that it builds on" in charter(*verify).stdout
    write(tmp_path, "charter.yaml", ("People make up their own minds.", "Obey."))
    charter("lock", "maths.yaml")
    changed = charter(*verify, check=False)
    assert changed.returncode == 1 and "a parent was changed" in changed.stdout
    charter("sign", "maths.yaml", "--key", "ama.key", "--as", "Ama", "--alone")
    assert charter(*verify, check=False).returncode == 1
    alone = charter("verify", "maths.yaml", "--key", "ama.key.pub")
    assert "its own words alone" in alone.stdout and "nobody whom you trust signed that" not in alone.stderr


def test_slips_in_roles_and_topics_are_told(charter, tmp_path):
    for command in [
        ("show", "charter.yaml", "--for", "person", "--role", "nosuch"),
        ("compile", "charter.yaml", "--topic", "helth"),
    ]:
        refused = charter(*command, check=False)
        assert refused.returncode == 1 and refused.stdout == ""
    assert "Did you mean `health`?" in refused.stderr


def test_signatures_hold_for_the_meaning_and_for_those_who_are_trusted(charter, tmp_path):
    key = charter("sign", "--new-key", "ama.key")
    assert (tmp_path / "ama.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "ama.key").read_text() not in key.stdout + key.stderr
    charter("sign", "--new-key", "kofi.key")
    charter("sign", "charter.yaml", "--key", "ama.key", "--as", "Ama Okoye")
    before = fingerprint(charter)
    charter("sign", "charter.yaml", "--key", "kofi.key", "--as", "Kofi", "--at", "2026-11-23", "--enclosed")
    assert fingerprint(charter) == before

    alone = charter("verify", "charter.yaml", check=False)
    assert alone.returncode == 1 and "it isn't known who that is" in alone.stdout
    (tmp_path / "signers").write_text(f"# who may sign\nAma Okoye {key.stdout.strip()}\n")
    assert "Ama Okoye signed exactly this charter" in charter("verify", "charter.yaml", "--signers", "signers").stdout
    both = ("verify", "charter.yaml", "--signers", "signers", "--require", "2")
    assert charter(*both, check=False).returncode == 1
    assert charter(*both, "--key", "kofi.key.pub").returncode == 0

    charter("fmt", "charter.yaml")
    assert charter(*both, "--key", "kofi.key.pub").returncode == 0, "form changes no meaning"
    write(tmp_path, "charter.yaml", ("severity: revise", "severity: note"))
    changed = charter("verify", "charter.yaml", "--signers", "signers", check=False)
    assert changed.returncode == 1 and "other words under the same version" in changed.stdout

    os.chmod(tmp_path / "ama.key", 0o644)
    refused = charter("sign", "charter.yaml", "--key", "ama.key", "--as", "Ama", check=False)
    assert refused.returncode == 1 and "chmod 600" in refused.stderr


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl here")
def test_openssl_agrees_on_keys_and_signatures(charter, tmp_path):
    charter("sign", "--new-key", "ama.key")
    derived = subprocess.run(
        ["openssl", "pkey", "-in", "ama.key", "-pubout"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert derived.stdout == (tmp_path / "ama.key.pub").read_text()
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", "own.key"], cwd=tmp_path, check=True)
    os.chmod(tmp_path / "own.key", 0o600)
    charter("sign", "charter.yaml", "--key", "own.key", "--as", "Ama")
    assert len(json.loads((tmp_path / "charter.yaml.sig").read_text())["signatures"]) == 1


def test_the_canonical_form_is_what_the_fingerprint_is_of(charter):
    form = charter("compile", "charter.yaml", "--canonical").stdout
    assert hashlib.sha256(form.encode()).hexdigest() == fingerprint(charter)
    assert json.dumps(json.loads(form), sort_keys=True, separators=(",", ":"), ensure_ascii=False) == form


def test_circumstances_decide_what_the_model_is_told(charter, tmp_path):
    name = write(
        tmp_path, "exams.yaml",
        ("roles:\n", "  calm: { says: Exams are not everything., when: { topic: exams } }\nroles:\n"),
    )  # fmt: skip
    assert "not everything" not in charter("compile", name).stdout
    assert "not everything" in charter("compile", name, "--topic", "exams").stdout
    told = json.loads(charter("compile", name, "--topic", "exams", "--json").stdout)
    assert "goods/calm" in told["clauses"]
    assert hashlib.sha256(told["brief"].encode()).hexdigest() == told["briefFingerprint"]


def test_pages_can_be_read_by_people_and_hold_no_markup_of_the_charter(charter, tmp_path):
    name = write(tmp_path, "evil.yaml", ("People make up their own minds.", '"<script>alert(1)</script>"'))
    assert "What always holds" in charter("show", "charter.yaml", "--for", "person").stdout
    page = charter("show", name, "--for", "community", "--html").stdout
    assert page.startswith("<!DOCTYPE html>") and "<script>" not in page and "&lt;script&gt;" in page
    assert fingerprint(charter) in charter("show", "charter.yaml", "--for", "auditor").stdout
    assert charter("show", "charter.yaml", "--html", check=False).returncode == 64


def test_editors_and_ci_get_a_schema_and_sarif(charter, tmp_path):
    schema = json.loads(charter("schema").stdout)
    assert schema["$schema"].endswith("2020-12/schema")
    (tmp_path / "broken.yaml").write_text("charter: a/b\nversion: one\n")
    done = charter("check", "--sarif", "broken.yaml", "charter.yaml", check=False)
    run = json.loads(done.stdout)["runs"][0]
    assert done.returncode == 1 and any(result["ruleId"] == "bad-version" for result in run["results"])


PARENT = """\
charter: riverside/base
version: 1.0.0
purpose: Help pupils become people who can learn without us.
goods:
  understanding: { says: A pupil can explain an idea in their own words. }
  comfort: { says: A pupil is at ease. }
tensions:
  - { between: [understanding, comfort], decide: person }
"""
CHILD = """\
charter: riverside/child
version: 1.0.0
extends: [./base.yaml]
tensions:
  - between: [understanding, comfort]
    decide: community
    advise: Comfort goes first.
"""


def test_a_problem_between_layers_points_at_its_line_for_people_programs_and_editors(charter, tmp_path):
    (tmp_path / "base.yaml").write_text(PARENT)
    (tmp_path / "child.yaml").write_text(CHILD)
    told = charter("check", "child.yaml", check=False).stderr
    assert "child.yaml:6:13: error:" in told and "  6 |     decide: community\n    |             ^^^^^^^^^\n" in told
    problem = json.loads(charter("check", "--json", "child.yaml", check=False).stdout)[0]["diagnostics"][0]
    assert (problem["code"], problem["line"], problem["column"]) == ("takes-back-decision", 6, 13)
    run = json.loads(charter("check", "--sarif", "child.yaml", check=False).stdout)["runs"][0]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "child.yaml" and place["region"]["startLine"] == 6

    # A parent's own mistake shows the parent's own line.
    (tmp_path / "base.yaml").write_text(PARENT.replace("decide: person", "decide: me"))
    told = charter("check", "child.yaml", check=False).stderr
    assert "child.yaml:3:11: error: The parent" in told and "base.yaml:8:50: error:" in told
    assert "  8 |   - { between: [understanding, comfort], decide: me }\n" in told


def test_a_difference_tells_what_changes_through_parents(charter, tmp_path):
    for name, text in [("old", PARENT), ("new", PARENT.replace("1.0.0", "1.1.0").replace("at ease", "calm"))]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "base.yaml").write_text(text)
        (tmp_path / name / "child.yaml").write_text(CHILD.split("tensions:")[0])
    done = charter("diff", "old/child.yaml", "new/child.yaml", check=False)
    assert done.returncode == 1 and "is said anew: “A pupil is calm.” [through what it builds on]" in done.stdout
    own = charter("diff", "old/child.yaml", "new/child.yaml", "--own")
    assert "Both say the same." in own.stdout and "What they build on wasn't looked at" in own.stdout
    (tmp_path / "new" / "base.yaml").unlink()
    without = charter("diff", "old/child.yaml", "new/child.yaml")
    assert "Only what the two say themselves is compared" in without.stderr and "Both say" in without.stdout


def test_somebodys_wishes_are_checked_put_in_form_and_merged_like_charters(charter, tmp_path):
    base = "# Mine.\nwishes: 1\navoid: [challenge]\ngoods:\n  music: { says: I want to play again. }\n"
    (tmp_path / "base.yaml").write_text(base)
    (tmp_path / "ours.yaml").write_text(base.replace("[challenge]", "[challenge, celebrate]"))
    (tmp_path / "theirs.yaml").write_text(base.replace("play again", "sing again"))
    charter("merge", "base.yaml", "ours.yaml", "theirs.yaml", "--output", "merged.yaml")
    text = (tmp_path / "merged.yaml").read_text()
    assert text.startswith("# Mine.\nwishes: 1\n") and "sing again" in text and "celebrate" in text
    assert "✓ merged.yaml: a person's own wishes" in charter("check", "merged.yaml").stdout
    assert charter("fmt", "--check", "merged.yaml").returncode == 0
    (tmp_path / "other.yaml").write_text(base.replace("play again", "dance again"))
    torn = charter("merge", "base.yaml", "theirs.yaml", "other.yaml", "--output", "torn.yaml", check=False)
    assert torn.returncode == 1 and "goods/music/says" in torn.stderr
    assert "[unresolved]" in charter("check", "torn.yaml", check=False).stderr
    assert "three of a kind" in charter("merge", "base.yaml", "charter.yaml", "ours.yaml", check=False).stderr

    # What is wrong in wishes is told as what is wrong in wishes, and beside the charter that they stand on.
    (tmp_path / "wrong.yaml").write_text("wishes: 1\navoid: [chalenge]\n")
    assert "Did you mean `challenge`?" in charter("check", "wrong.yaml", check=False).stderr
    (tmp_path / "vain.yaml").write_text("wishes: 1\nchoices: [{ between: [comfort, honesty], choose: comfort }]\n")
    assert charter("check", "vain.yaml").stderr.strip() == ""
    vain = charter("check", "vain.yaml", "--on", "commons/tutor")
    assert "vain.yaml:2:" in vain.stderr and "[choice-without-effect]" in vain.stderr


def test_a_trial_on_a_model_shows_what_it_says_beside_what_its_authors_hoped(charter, tmp_path, mock):
    model = ["--url", f"{mock.url}/v1", "--model", "mock", "--embedding-model", "mock-embedding"]
    done = charter("test", "charter.yaml", *model)
    assert "mock answers goods/" in done.stderr and "\n    | " in done.stdout and "CLOSER TO SHOWS" in done.stdout
    report = json.loads(charter("test", "charter.yaml", *model, "--json").stdout)
    assert len(report["replies"]) == len(report["cases"]) and all(reply["reply"] for reply in report["replies"])
    assert {row["path"] for row in report["closeness"]} <= {case["path"] for case in report["cases"]}
    lost = charter("test", "charter.yaml", "--url", mock.url, *model[2:], check=False)
    assert lost.returncode == 70 and "usually ends in /v1" in lost.stderr
    dead = charter("test", "charter.yaml", "--url", "http://127.0.0.1:9/v1", *model[2:], check=False)
    assert dead.returncode == 69 and "Check that it runs, and the address." in dead.stderr
    assert charter("test", "charter.yaml", *model[:2], check=False).returncode == 64


def test_a_trial_on_the_local_model_tells_of_each_clause(charter, tmp_path, gateway, key):
    (tmp_path / "charter.yaml").write_text(
        "charter: a/b\nversion: 1.0.0\npurpose: Help.\ngoods:\n  calm:\n    says: People are calm.\n    examples:\n"
        "      - { person: Hello., shows: Hello! How are you?, fails: What do you want? }\n"
    )
    done = programs.trellis(
        *["charter", "test", "charter.yaml", "--url", f"http://127.0.0.1:{gateway.port}/v1", "--model", "smollm2"],
        *["--embedding-model", "all-minilm-l6-v2", "--key-env", "TRIED_KEY", "--json"],
        folder=tmp_path,
        env=programs.clean_environment(TRIED_KEY=key),
    )
    report = json.loads(done.stdout)
    assert [reply["path"] for reply in report["replies"]] == ["goods/calm"] and report["replies"][0]["reply"]
    assert -1 <= report["closeness"][0]["toShows"] <= 1
