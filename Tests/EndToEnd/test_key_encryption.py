"""The key that everything sealed is under: lost, it is asked for and never made anew; changed, it opens everything, in
every form that it can come in, and wherever a change was cut short."""

import json
import os
import random
import secrets
import signal
import subprocess
import time

import pytest

import programs

WORDS = "plays the heliotrope organ"


@pytest.fixture
def server(start):
    """A Trellis in which something is sealed, and which has ended."""
    return filled(start(flags=("--development",)))


def filled(server):
    server.command("memory", "add", "fact", WORDS, "--person", "ada")
    assert server.stop() == 0
    return server


def kek(server):
    return server.data / "keys" / "kek"


def remembered(server, env=None, check=True):
    done = server.command("memory", "list", "--person", "ada", "--json", check=check, env=env)
    return done if not check else [item["words"] for item in json.loads(done.stdout)["items"]]


def refused_start(server, env=None):
    return subprocess.run(
        [programs.TRELLIS, "serve", "--config", str(server.config), "--port", "0", "--development"],
        cwd=server.folder, env=programs.clean_environment(**(env or {})), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=programs.PATIENCE,
    )  # fmt: skip


def findings(server, env=None):
    done = server.command("doctor", "--set", "listen.port=0", "--json", check=False, env=env)
    return {found["part"]: found for found in json.loads(done.stdout)}


def wrapped(server, env=None):
    return server.command("key-encryption", "check", check=False, env=env)


def test_a_lost_key_is_asked_for_and_no_command_makes_another(server):
    key = kek(server).read_text()
    assert findings(server)["key-encryption key"]["state"] == "good"
    kek(server).unlink()
    for done in [
        refused_start(server), remembered(server, check=False), wrapped(server),
        server.command("memory", "add", "fact", "more", "--person", "ada", check=False),
        server.command("mcp", "--person", "ada", check=False),
        server.command("key-encryption", "change", check=False),
    ]:  # fmt: skip
        assert done.returncode != 0 and "keys/kek is gone" in done.stderr and "Put the file back" in done.stderr
        assert not any(kek(server).parent.iterdir()), "nothing was made in its place"
    found = findings(server)["key-encryption key"]
    assert found["state"] == "broken" and "is gone" in found["found"] and found["fix"]
    assert not any(kek(server).parent.iterdir())
    kek(server).write_text(key)
    kek(server).chmod(0o600)
    assert remembered(server) == [WORDS]


def test_another_key_is_told_apart_and_nothing_is_overwritten(server):
    other = {"TRELLIS_KEK": secrets.token_hex(32)}
    for done in [refused_start(server, other), remembered(server, other, check=False), wrapped(server, other)]:
        assert done.returncode != 0 and "is not the one that this store was sealed under" in done.stderr
    assert findings(server, other)["key-encryption key"]["state"] == "broken"
    assert remembered(server) == [WORDS]


def test_the_key_that_trellis_keeps_is_changed_and_everything_opens(start, server):
    old = kek(server).read_text()
    done = server.command("key-encryption", "change")
    assert "under the new key now" in done.stdout and str(kek(server)) in done.stdout
    assert kek(server).read_text() != old and kek(server).stat().st_mode & 0o077 == 0
    assert [path.name for path in kek(server).parent.iterdir()] == ["kek"]
    assert remembered(server) == [WORDS] and wrapped(server).returncode == 0
    refused = remembered(server, {"TRELLIS_KEK": old.strip()}, check=False)
    assert refused.returncode != 0, "the old one opens nothing any more"
    again = start.again(server, flags=("--development",))
    told = again.ask("GET", "/trellis/v1/memory", headers={"Trellis-Person": "ada"}).json()["items"]
    assert [item["words"] for item in told] == [WORDS]
    # Beside a Trellis that serves it is refused, and nothing is changed.
    now = kek(server).read_text()
    busy = server.command("key-encryption", "change", check=False)
    assert busy.returncode == 70 and "Stop it" in busy.stderr and kek(server).read_text() == now


def test_a_key_from_the_environment_is_changed_to_another_and_to_one_that_trellis_keeps(start, tmp_path):
    first, second = secrets.token_hex(32), tmp_path / "second-kek"
    second.write_text(secrets.token_hex(32) + "\n")
    second.chmod(0o600)
    server = filled(start(flags=("--development",), env={"TRELLIS_KEK": first}))
    assert not kek(server).exists()
    one, two = {"TRELLIS_KEK": first}, {"TRELLIS_KEK": "", "TRELLIS_KEK_FILE": str(second)}
    unnamed = server.command("key-encryption", "change", check=False, env=one)
    assert unnamed.returncode == 1 and "--to-file" in unnamed.stderr

    done = server.command("key-encryption", "change", "--to-file", str(second), "--json", env=one)
    report = json.loads(done.stdout)
    assert report["wrapped"] >= 2 and report["key"] == str(second)
    assert remembered(server, two) == [WORDS] and remembered(server, one, check=False).returncode != 0
    # Once more, as after a crash: it is done already, and says so.
    again = server.command("key-encryption", "change", "--to-file", str(second), env=one)
    assert "already" in again.stdout and remembered(server, two) == [WORDS]

    third = {"TRELLIS_KEK_NEW": secrets.token_hex(32)}
    server.command("key-encryption", "change", "--to-variable", "TRELLIS_KEK_NEW", env={**two, **third})
    three = {"TRELLIS_KEK": third["TRELLIS_KEK_NEW"]}
    assert remembered(server, three) == [WORDS]
    same = server.command("key-encryption", "change", "--to-variable", "TRELLIS_KEK", check=False, env=three)
    assert same.returncode == 1 and "in use" in same.stderr
    assert third["TRELLIS_KEK_NEW"] not in same.stderr + same.stdout + done.stdout

    server.command("key-encryption", "change", "--to-kept", env=three)
    assert remembered(server, {"TRELLIS_KEK": ""}) == [WORDS] and kek(server).stat().st_mode & 0o077 == 0
    server.command("key-encryption", "change", "--to-file", str(second), env={"TRELLIS_KEK": ""})
    assert remembered(server, two) == [WORDS]


@pytest.mark.parametrize("form", ["kept", "to-kept", "to-file"])
def test_kill_9_in_the_middle_leaves_a_key_that_opens_everything(start, tmp_path, form):
    first, second = secrets.token_hex(32), tmp_path / "second-kek"
    second.write_text(secrets.token_hex(32) + "\n")
    second.chmod(0o600)
    before = {} if form == "kept" else {"TRELLIS_KEK": first}
    after = {"TRELLIS_KEK": "", "TRELLIS_KEK_FILE": str(second)} if form == "to-file" else {"TRELLIS_KEK": ""}
    server = filled(start(flags=("--development",), env=before))
    for number in range(20):
        server.command("memory", "add", "fact", "something", "--person", f"p{number}")
    arguments = {"kept": [], "to-kept": ["--to-kept"], "to-file": ["--to-file", str(second)]}[form]
    command = [programs.TRELLIS, "key-encryption", "change", "--config", str(server.config), *arguments]
    environment = {**server.env, **before}
    chance, cut = random.Random(7), 0
    for _ in range(12):
        running = subprocess.Popen(command, cwd=server.folder, env=environment, stderr=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL)  # fmt: skip
        time.sleep(chance.uniform(0, 0.4))
        running.send_signal(signal.SIGKILL)
        cut += running.wait(programs.PATIENCE) == -signal.SIGKILL
        # Either the old key is in force or the new one.
        opened = [
            env for env in ([before] if form == "kept" else [before, after])
            if remembered(server, env, check=False).returncode == 0
        ]  # fmt: skip
        assert opened, "no key opens it any more"
    assert cut > 0
    done = server.command("key-encryption", "change", *arguments, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert remembered(server, after if form != "kept" else before) == [WORDS]
    assert "kek.next" not in os.listdir(server.data / "keys") if (server.data / "keys").exists() else True
