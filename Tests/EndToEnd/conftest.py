"""What the tests share: one mock upstream and one Trellis with the real local models, both for the whole session.

A test that changes, breaks or stops its server starts one of its own (`start`), which takes a moment with the mock
alone and a few seconds with the local models.
"""

import pathlib
import signal
import subprocess

import anthropic
import openai
import pytest

import programs


def pytest_sessionstart(session):
    # Whoever stops the suite, stops its servers: SIGTERM unwinds it as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for program in (programs.TRELLIS, programs.MOCK):
        if not pathlib.Path(program).exists():
            pytest.exit(f"{program} is missing: run `make test`, which builds it", returncode=3)


@pytest.fixture(scope="session")
def mock(tmp_path_factory):
    upstream = programs.MockUpstream(tmp_path_factory.mktemp("mock"))
    yield upstream
    upstream.stop()


@pytest.fixture(scope="session")
def gateway(mock, tmp_path_factory):
    """Trellis with the local models and the mock."""
    local = {"local": {"kind": "local", "models": ["smollm2", "all-minilm-l6-v2"]}}
    server = programs.Gateway(
        tmp_path_factory.mktemp("gateway"),
        programs.settings(mock, upstreams={**local, **programs.mock_upstreams(mock)}),
    )
    yield server.ready()
    code = server.stop()
    assert code == 0, server.log


@pytest.fixture(scope="session")
def key(gateway):
    return gateway.key("homework")


@pytest.fixture
def start(tmp_path, mock):
    """Starts further gateways, each in a folder of its own, and stops them after the test."""
    started = []

    def begin(name="gateway", flags=(), env=None, port=0, **more):
        server = programs.Gateway(tmp_path / name, programs.settings(mock, **more), flags, env, port)
        started.append(server)
        return server

    def again(server, flags=()):
        """A new process on the same folder and configuration."""
        successor = programs.Gateway(server.folder, flags=flags)
        started.append(successor)
        return successor

    begin.again = again
    yield begin
    for server in started:
        server.stop()


@pytest.fixture
def client(gateway, key):
    """OpenAI's own client; only the address and the key are ours."""
    with openai.OpenAI(base_url=f"{gateway.url}/v1", api_key=key, max_retries=0, timeout=120) as client:
        yield client


@pytest.fixture
def claude(gateway, key):
    """Anthropic's own client; only the address and the key are ours."""
    with anthropic.Anthropic(base_url=gateway.url, api_key=key, max_retries=0, timeout=120) as client:
        yield client


@pytest.fixture
def receipt(gateway, key):
    """Reads a receipt of the shared gateway by its id."""
    return lambda name: gateway.receipt(name, key)


@pytest.fixture
def tiny_disk(tmp_path):
    folder = tmp_path / "tiny"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], capture_output=True, text=True
    )
    if made.returncode != 0:
        pytest.skip(f"no small file system can be mounted here: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
