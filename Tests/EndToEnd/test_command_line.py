"""The command line as a person meets it: help that teaches, a conversation in a terminal, a doctor who helps."""

import json
import re
import subprocess

import pexpect
import pytest

import programs

LOCAL = {"local": {"kind": "local", "models": ["smollm2", "all-minilm-l6-v2"]}}
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """A person at a terminal. Everything that was seen is kept without colours."""

    def __init__(self, *arguments, folder, columns=100, env=None):
        # The terminal's size and kind reach the program, as they would from a real one.
        self.child = pexpect.spawn(
            programs.TRELLIS, list(arguments), cwd=str(folder), env=programs.clean_environment(TERM="xterm", **(env or {})),
            encoding="utf-8", codec_errors="replace", timeout=programs.PATIENCE, dimensions=(40, columns), echo=True,
        )  # fmt: skip

    def sees(self, pattern):
        """Waits for a pattern and returns what was shown before it."""
        try:
            self.child.expect(pattern)
        except (pexpect.EOF, pexpect.TIMEOUT) as failure:
            raise AssertionError(f"no {pattern!r} in: {self.child.before!r}") from failure
        return ESCAPE.sub("", self.child.before).replace("\r", "")

    def writes(self, line):
        self.child.sendline(line)

    def leaves(self):
        """Waits for the end and returns what was still shown, and the exit code."""
        rest = self.sees(pexpect.EOF)
        self.child.close()
        return rest, self.child.exitstatus

    def close(self):
        self.child.close(force=True)


@pytest.fixture
def terminal(tmp_path):
    opened = []

    def open_one(*arguments, folder=tmp_path, **more):
        opened.append(Terminal(*arguments, folder=folder, **more))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


@pytest.fixture(scope="module")
def development(mock, tmp_path_factory):
    """A Trellis without keys, with the real local model first among its models."""
    server = programs.Gateway(
        tmp_path_factory.mktemp("development"),
        programs.settings(mock, upstreams={**LOCAL, **programs.mock_upstreams(mock)}, development=True),
    )
    yield server.ready()
    server.stop()


PROMPT = "you › "


# Conversation -----------------------------------------------------------------------------------------------------


def test_a_conversation_in_a_terminal(terminal, development):
    person = terminal("chat", "--url", development.url, "--temperature", "0.2", "--person", "ada")
    greeting = person.sees(PROMPT)
    assert "smollm2" in greeting and "commons/advisor" in greeting and "/help" in greeting

    person.writes("/why")
    assert person.sees(PROMPT).strip() == "/why\nThere is no reply yet to ask about."

    person.writes("Say hello in one short sentence.")
    person.sees("smollm2 › ")
    assert person.sees(PROMPT).strip(), "the model should have said something"

    person.writes("/why")
    why = person.sees(PROMPT)
    assert "commons/advisor" in why and "fingerprint" in why and "tokens" in why and "not kept" in why

    person.writes("/receipt")
    shown = person.sees(PROMPT)
    receipt = json.loads(shown[shown.index("{") : shown.rindex("}") + 1])
    assert receipt["outcome"] == {"kind": "complete"} and receipt["streamed"] is True and receipt["person"] != "ada"

    person.writes("/charter")
    told = person.sees(PROMPT)
    brief = development.ask("GET", "/trellis/v1/charter").json()["brief"]
    assert all(line.strip() in told for line in brief.splitlines() if len(line) < 80)

    person.writes("/help")
    helped = person.sees(PROMPT)
    assert all(command in helped for command in ("/why", "/charter", "/quit", "Ctrl-C"))

    person.writes("/nonsense")
    assert "/help" in person.sees(PROMPT)
    person.writes("/quit")
    _, code = person.leaves()
    assert code == 0


def test_the_words_come_as_they_are_made(terminal, development):
    person = terminal("chat", "--url", development.url, "--model", "m/chunks:40:100")
    person.sees(PROMPT)
    person.writes("Hello")
    person.sees("m/chunks:40:100 › ")
    person.sees(r"\w+ \w+")  # words while the stream, which takes four seconds, goes on
    person.child.sendintr()
    assert "Stopped" in person.sees(PROMPT)
    person.writes("/quit")
    assert person.leaves()[1] == 0


def test_ctrl_c_stops_a_reply_of_the_real_model_and_not_the_program(terminal, development):
    person = terminal("chat", "--url", development.url)
    person.sees(PROMPT)
    person.writes("Count slowly from one to five hundred, with a word about each number.")
    person.sees(r"(?s)smollm2 › .*?[A-Za-z]{2}")
    person.child.sendintr()
    person.sees(PROMPT)
    person.writes("/why")
    why = person.sees(PROMPT)
    # The model may have been quicker than the key; then there was nothing to stop.
    assert "cut off by the client" in why or "tokens" in why
    person.writes("Say hello.")
    person.sees("smollm2 › ")
    person.sees(PROMPT)
    # Ctrl-C with nothing going on asks first.
    person.child.sendintr()
    assert "again" in person.sees(PROMPT)
    person.child.sendintr()
    assert person.leaves()[1] == 0


def test_ctrl_d_leaves(terminal, development):
    person = terminal("chat", "--url", development.url)
    person.sees(PROMPT)
    person.child.sendeof()
    assert person.leaves()[1] == 0


def test_an_upstream_that_fails_is_told_and_the_conversation_goes_on(terminal, development):
    person = terminal("chat", "--url", development.url, "--model", "m/status-500")
    person.sees(PROMPT)
    person.writes("Hello")
    assert "status 500" in person.sees(PROMPT)
    person.writes("/model mock-model")
    person.sees(PROMPT)
    person.writes("Hello")
    person.sees("mock-model › ")
    person.sees(PROMPT)
    person.writes("/quit")
    assert person.leaves()[1] == 0


def test_a_model_cannot_write_to_the_terminal_itself(terminal, development, mock):
    # Escape sequences in what is shown could move the cursor, set the window's title, or worse.
    person = terminal("chat", "--url", development.url)
    person.sees(PROMPT)
    person.writes("/model \x1b]0;owned\x07")
    person.sees(PROMPT)
    assert "\x1b]0;owned" not in person.child.before.split("\n", 1)[1]


def test_chat_starts_a_trellis_when_there_is_none(terminal, tmp_path):
    config = tmp_path / "trellis.yaml"
    config.write_text(
        json.dumps({"data": "data", "home": str(programs.HOME), "upstreams": LOCAL, "listen": {"port": 1}})
    )
    person = terminal(
        "chat", "--config", str(config), "--charter", "commons/tutor", "--temperature", "0.2",
        env={"TRELLIS_URL": ""},
    )  # fmt: skip
    assert "commons/tutor" in person.sees(PROMPT)
    person.writes("Say hello in one short sentence.")
    person.sees("smollm2 › ")
    assert person.sees(PROMPT).strip()
    children = programs.children(person.child.pid)
    person.writes("/quit")
    assert person.leaves()[1] == 0
    programs.eventually(lambda: not any(map(programs.is_running, children)), "the models to end", 20)
    listed = json.loads(programs.trellis("receipts", "--config", str(config), "--json").stdout)
    assert [receipt["charter"]["id"] for receipt in listed] == ["commons/tutor"]


def test_a_conversation_through_a_pipe_has_no_decoration(development):
    done = subprocess.run(
        [programs.TRELLIS, "chat", "--url", development.url, "--model", "mock-model"],
        input="Hello\n", capture_output=True, text=True, env=programs.clean_environment(), timeout=programs.PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0 and done.stdout.strip()
    assert "›" not in done.stdout and "\x1b" not in done.stdout + done.stderr


def test_a_trellis_that_is_not_there_is_told_with_its_own_exit_code():
    url = f"http://127.0.0.1:{programs.free_port()}"
    done = programs.trellis("chat", "--url", url, check=False)
    assert done.returncode == 69 and url in done.stderr and "trellis serve" in done.stderr


def test_a_reader_that_goes_away_is_no_crash(development):
    for _ in range(3):
        development.chat(None)
    command = f"{programs.TRELLIS} receipts --json --config {development.config} | head -c 10; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=programs.clean_environment(), timeout=60
    )
    assert int(done.stdout.splitlines()[-1]) < 128 and "rror" not in done.stderr


def test_models_are_listed(development):
    done = programs.trellis("models", "--url", development.url, "--json")
    assert "smollm2" in done.stdout and "mock-model" in done.stdout
    json.loads(done.stdout)


# Doctor -----------------------------------------------------------------------------------------------------------


def test_the_doctor_finds_a_good_house_in_order(gateway):
    done = gateway.command("doctor", "--set", "listen.port=0", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    findings = json.loads(gateway.command("doctor", "--set", "listen.port=0", "--json").stdout)
    assert {"machine", "configuration", "data folder", "store", "charter", "local runtime"} <= {
        finding["part"] for finding in findings
    }
    assert all(finding["state"] in ("good", "doubtful") for finding in findings)


def test_the_doctor_says_what_is_broken_and_what_to_do(tmp_path):
    nowhere = f"http://127.0.0.1:{programs.free_port()}/v1"
    (tmp_path / "charter.yaml").write_text("charter: x\n")
    (tmp_path / "trellis.yaml").write_text(
        json.dumps(
            {
                "data": "data", "home": str(tmp_path), "charter": "charter.yaml",
                "upstreams": {
                    "local": {"kind": "local", "models": ["smollm2"]},
                    "far": {"kind": "openai", "url": nowhere, "key-env": "NO_SUCH_VARIABLE", "models": ["x"]},
                },
            }
        )
    )  # fmt: skip
    done = programs.trellis("doctor", "--config", str(tmp_path / "trellis.yaml"), "--json", check=False)
    if done.returncode == 78:  # the missing secret is refused with the configuration
        assert "NO_SUCH_VARIABLE" in done.stderr
        env = programs.clean_environment(NO_SUCH_VARIABLE="sk-x")
        done = programs.trellis("doctor", "--config", str(tmp_path / "trellis.yaml"), "--json", check=False, env=env)
    assert done.returncode == 1
    broken = {finding["part"]: finding for finding in json.loads(done.stdout) if finding["state"] == "broken"}
    assert {"charter", "local runtime"} <= set(broken)
    assert any("far" in part for part in broken)
    assert all(finding["fix"] for finding in broken.values())
    assert not (tmp_path / "data").exists(), "looking must not leave anything behind"


# Help -------------------------------------------------------------------------------------------------------------

COMMANDS = [
    [], ["serve"], ["chat"], ["charter"], ["charter", "check"], ["charter", "show"],
    *[["charter", name] for name in
      ("init", "test", "compile", "diff", "merge", "fork", "lock", "sign", "verify", "schema", "fmt", "list")],
    ["memory"],
    *[["memory", name] for name in
      ("list", "search", "show", "add", "correct", "confirm", "reject", "pin", "unpin", "pause", "resume", "retention",
       "export", "import", "erase", "verify", "undo", "decisions", "allow", "disallow", "grants", "recall")],
    ["key-encryption"], ["key-encryption", "check"], ["key-encryption", "change"], ["key"], ["key", "create"],
    ["key", "list"], ["key", "revoke"], ["receipt"], ["receipts"], ["models"], ["doctor"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_says_what_a_command_does(command):
    helped = programs.trellis(*command, "--help").stdout
    assert helped.startswith("OVERVIEW: ") and "USAGE: " in helped
    assert max(len(line) for line in helped.splitlines() if not line.startswith("USAGE:")) <= 120


@pytest.mark.parametrize("command", [["serve"], ["chat"], ["charter", "check"], ["key"], ["receipt"], ["doctor"]])
def test_help_gives_an_example_that_the_program_takes(command):
    helped = programs.trellis(*command, "--help").stdout
    assert "trellis " + " ".join(command) in helped.split("USAGE: ")[0]


def test_files_that_help_points_to_are_there():
    for command in COMMANDS:
        for path in re.findall(r"\b(?:docs|Sources)/[\w/.-]+\.md", programs.trellis(*command, "--help").stdout):
            assert (programs.ROOT / path).exists(), f"{' '.join(command)} points to {path}"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_are_offered(shell):
    script = programs.trellis("--generate-completion-script", shell).stdout
    assert "receipts" in script and "charter" in script
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_a_wrong_word_is_answered_with_the_usage():
    done = programs.trellis("servee", check=False)
    assert done.returncode == 64 and "usage" in done.stderr.lower()


def test_the_version_is_told():
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*\n", programs.trellis("--version").stdout)


def test_a_charter_is_checked_line_by_line(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("charter: riverside/tutor\nversion: one\npurpose: x\n")
    done = programs.trellis("charter", "check", str(path), check=False)
    assert done.returncode == 1 and f"{path}:2:10" in done.stderr and "^" in done.stderr
    report = json.loads(programs.trellis("charter", "check", "--json", str(path), check=False).stdout)
    assert report[0]["usable"] is False and 2 in [found["line"] for found in report[0]["diagnostics"]]
    for name in ("commons/advisor", "commons/tutor", "commons/companion"):
        assert name in programs.trellis("charter", "list").stdout
        assert programs.trellis("charter", "check", name).returncode == 0


def test_a_charter_copied_from_the_commons_can_be_used_at_once(tmp_path):
    source = programs.trellis("charter", "show", "commons/companion", "--source").stdout
    (tmp_path / "mine.yaml").write_text(source)
    own, theirs = (
        json.loads(programs.trellis("charter", "check", "--json", name).stdout)[0]["fingerprint"]
        for name in (str(tmp_path / "mine.yaml"), "commons/companion")
    )
    assert own == theirs
