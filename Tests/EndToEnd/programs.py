"""The programs that the tests run: Trellis itself, the mock upstream, and plain HTTP to either of them.

Nothing here knows what a test expects. Every process is stopped by its own id.
"""

import dataclasses
import errno
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRELLIS = os.environ.get("TRELLIS_BINARY", str(ROOT / ".build/debug/trellis"))
MOCK = str(pathlib.Path(TRELLIS).with_name("mock-upstream"))
HOME = ROOT / ".trellis"



def reference(*parts):
    """A file or folder of public data with known answers: in the folder that TRELLIS_REFERENCE_DATA names, or else in a
    folder `data` beside this repository's neighbours. It needn't be there."""
    named = os.environ.get("TRELLIS_REFERENCE_DATA")
    folders = [pathlib.Path(named)] if named else sorted(ROOT.parent.glob("*/data"))
    places = [folder.joinpath(*parts) for folder in folders]
    return next((place for place in places if place.exists()), ROOT.joinpath("no-reference-data", *parts))


# Long enough for a busy machine; no test passes or fails by being faster than this.
PATIENCE = 60


def clean_environment(**more):
    """This process's environment without anything that would configure Trellis or a client behind a test's back."""
    prefixes = ("TRELLIS_", "OPENAI_", "ANTHROPIC_")
    names = {"http_proxy", "https_proxy", "no_proxy", "all_proxy"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(prefixes) and name.lower() not in names
    }
    return {**kept, **more}


def eventually(condition, what, seconds=PATIENCE):
    """Waits until `condition()` is true and returns what it returned."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        time.sleep(0.02)


# HTTP ------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode()

    def json(self):
        return json.loads(self.body)


def ask(port, method, path, body=None, headers=None, timeout=PATIENCE):
    """One request on a connection of its own. `body` is bytes, text, or a value that is sent as JSON."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    sent = dict(headers or {})
    if body is not None and not isinstance(body, (bytes, str)):
        body = json.dumps(body)
    if body is not None:
        sent.setdefault("Content-Type", "application/json")
    try:
        connection.request(method, path, body=body, headers=sent)
        response = connection.getresponse()
        fields = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, fields, response.read())
    finally:
        connection.close()


def converse(port, *pieces, timeout=PATIENCE, shuts_down=False):
    """Sends raw bytes and returns all that comes back until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        received = b""
        try:
            for piece in pieces:
                connection.sendall(piece)
            if shuts_down:
                connection.shutdown(socket.SHUT_WR)
        except ConnectionError:
            pass  # a server that refuses early need not take the rest; what it said before counts
        except OSError as failure:
            if failure.errno != errno.ENOTCONN:
                raise
        try:
            while piece := connection.recv(65536):
                received += piece
        except ConnectionError:
            pass
        return received


# Processes -------------------------------------------------------------------------------------------------------


def children(pid):
    """The ids of a process's children and their children, as /proc shows them."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text()
        except OSError:
            continue
        fields = stat[stat.rindex(")") + 2 :].split()
        if fields[0] != "Z":
            parents[int(entry.name)] = int(fields[1])
    found, wave = set(), {pid}
    while wave:
        wave = {child for child, parent in parents.items() if parent in wave} - found
        found |= wave
    return found


def is_running(pid):
    """Whether a process is there and is no zombie."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat[stat.rindex(")") + 2] != "Z"


class Program:
    """A running program: its lines on standard output, its standard error in a file."""

    def __init__(self, arguments, folder, env=None):
        self.folder = pathlib.Path(folder)
        self.errors = self.folder / f"{pathlib.Path(arguments[0]).name}.stderr"
        with self.errors.open("ab") as errors:
            self.process = subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=self.folder,
                env=env or clean_environment(),
                text=True,
            )
        self.lines = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def pid(self):
        return self.process.pid

    @property
    def log(self):
        return self.errors.read_text(errors="replace")

    def first_line(self):
        """The first line on standard output; fails with the log if the program ends before it."""
        eventually(lambda: self.lines or self.process.poll() is not None, f"a first line of {self.pid}")
        if not self.lines:
            self._reader.join(5)
        assert self.lines, f"it ended with {self.process.poll()}:\n{self.log}"
        return self.lines[0]

    def signal(self, number):
        self.process.send_signal(number)

    def wait(self, seconds=PATIENCE):
        return self.process.wait(seconds)

    def stop(self):
        """Asks the program to end, and ends it if it does not listen. Returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(PATIENCE)
                raise AssertionError(f"it did not end within {PATIENCE} s of SIGTERM:\n{self.log}") from None
        self._reader.join(5)
        self.process.stdout.close()
        return self.process.returncode


class MockUpstream(Program):
    """A model server that answers from memory and goes wrong on request: Benchmarks/MockUpstream/Fault.swift."""

    def __init__(self, folder):
        super().__init__([MOCK, "--port", "0"], folder)
        self.port = json.loads(self.first_line())["port"]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def counts(self):
        return ask(self.port, "GET", "/mock/counts").json()

    def last(self):
        """The latest request that reached a model route."""
        return Recorded(ask(self.port, "GET", "/mock/last").json())


class Recorded:
    def __init__(self, value):
        self.target = value["target"]
        self.text = value["body"]
        self.headers = {field["name"].lower(): field["value"] for field in value["headers"]}

    def json(self):
        return json.loads(self.text)


class Gateway(Program):
    """`trellis serve` in a folder of its own, on a free port."""

    def __init__(self, folder, settings=None, flags=(), env=None, port=0):
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.env = clean_environment(**(env or {}))
        self.config = folder / "trellis.yaml"
        if settings is not None:
            # Every JSON text is also YAML.
            self.config.write_text(json.dumps(settings, indent=2))
        super().__init__(
            [TRELLIS, "serve", "--config", str(self.config), "--port", str(port), *flags], folder, self.env
        )
        line = self.first_line()
        assert line.startswith("Trellis listens on http://"), line
        self.port = int(line.rsplit(":", 1)[1])

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def data(self):
        return self.folder / "data"

    def ask(self, method, path, body=None, key=None, headers=None, timeout=PATIENCE):
        sent = dict(headers or {})
        if key:
            sent["Authorization"] = f"Bearer {key}"
        return ask(self.port, method, path, body, sent, timeout)

    def chat(self, key, model="mock-model", text="Hello", headers=None, **more):
        """One message by the OpenAI-compatible door, without a client library."""
        body = {"model": model, "messages": [{"role": "user", "content": text}], **more}
        return self.ask("POST", "/v1/chat/completions", body, key, headers)

    def command(self, *arguments, check=True, env=None):
        """Another command of Trellis with the same configuration."""
        return trellis(
            *arguments, "--config", str(self.config), check=check, folder=self.folder, env={**self.env, **(env or {})}
        )

    def key(self, application, *options):
        """Makes a key by the command line and waits until the running server honours it."""
        made = json.loads(self.command("key", "create", "--application", application, *options, "--json").stdout)
        eventually(
            lambda: self.ask("GET", "/v1/models", key=made["key"]).status == 200, "the new key to be honoured"
        )
        return Key(made)

    def receipt(self, name, key, seconds=PATIENCE):
        """A receipt by the API, as soon as it is there (a cut-off reply's may be written after the client left)."""
        found = eventually(
            lambda: (answer := self.ask("GET", f"/trellis/v1/receipts/{name}", key=key)).status == 200 and answer,
            f"receipt {name}",
            seconds,
        )
        return found.json()

    def settled(self):
        """Waits until every receipt has reached the store."""
        eventually(lambda: self.metrics()["trellis_receipts_waiting"] == 0, "the receipts to reach the store")

    def metrics(self):
        """`/metrics`, as a dictionary from the sample's name and labels to its value."""
        samples = {}
        for line in self.ask("GET", "/metrics").text.splitlines():
            if line and not line.startswith("#"):
                name, value = line.rsplit(" ", 1)
                samples[name] = float(value)
        return samples

    def ready(self):
        """Waits until every part is ready, the local models too."""
        eventually(lambda: self.ask("GET", "/readyz").status == 200, "readiness", 120)
        return self


class Key(str):
    """A key, with what the command line said about it."""

    def __new__(cls, made):
        key = super().__new__(cls, made["key"])
        key.id = made["id"]
        key.application = made["application"]
        return key


def trellis(*arguments, check=True, folder=None, env=None, timeout=PATIENCE):
    """Runs one command of Trellis to its end."""
    done = subprocess.run(
        [TRELLIS, *arguments],
        cwd=folder,
        env=env or clean_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    if check:
        assert done.returncode == 0, f"{arguments} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done


def mock_upstreams(mock, **more):
    """Upstreams that lead to the mock: by OpenAI's dialect (`mock-model`, `m/…`), by Anthropic's (`a/…`), and one
    that loses its patience after a second (`q/…`)."""
    quick = {"connect": "1s", "first-byte": "1s", "idle": "1s"}
    return {
        "mock": {"kind": "openai", "url": f"{mock.url}/v1", "models": ["mock-model", "m/*"]},
        "claude": {"kind": "anthropic", "url": mock.url, "models": ["claude-mock", "a/*"]},
        "quick": {"kind": "openai", "url": f"{mock.url}/v1", "models": ["q/*"], "timeouts": quick, "retries": 0},
        "quick-claude": {"kind": "anthropic", "url": mock.url, "models": ["qa/*"], "timeouts": quick, "retries": 0},
        **more,
    }


def settings(mock, **more):
    """A configuration with the mock for every model; `more` replaces whole keys."""
    return {"data": "data", "home": str(HOME), "upstreams": mock_upstreams(mock), **more}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)


def fill(folder, leaving=0):
    """Fills a file system up to some bytes, with a file that it returns."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            pass
        file.truncate(file.tell() - leaving)
    return filler
