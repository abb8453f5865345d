"""What is measured: the mock itself, and the proxies in front of it."""

import json
import os
import shutil
import subprocess
import textwrap
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from .processes import Server, free_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Target:
    """Something that takes chat requests."""

    name: str
    version: str
    server: Server
    url: str  # for plain replies
    stream_url: str
    key: str = "none"
    configuration: str = ""
    facts: dict = field(default_factory=dict)
    # How many times longer than the others it is measured, so that enough replies come to count.
    patience: int = 1

    def url_for(self, load) -> str:
        return (self.stream_url if load.is_stream else self.url) + "/v1/chat/completions"


def answer(url: str, body: bytes | None = None, key: str = "none"):
    """Status, headers and body of one request."""
    request = urllib.request.Request(
        url, data=body, headers={"Content-Type": "application/json", "Authorization": f"Bearer {key}"})
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def is_up(url: str):
    try:
        return True if answer(url)[0] == 200 else None
    except OSError:
        return None


def version_of(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    words = (done.stdout + done.stderr).strip().splitlines()
    return words[0].strip() if words else "unknown"


def start_mock(products: Path, folder: Path, chunks: int, chunk_delay: int = 0) -> Target:
    server = Server.start(
        "mock-upstream",
        [str(products / "mock-upstream"), "--threads", "1", "--chunks", str(chunks), "--chunk-delay", str(chunk_delay)],
        folder / "mock.log")

    def port():
        first, end, _ = server.log.read_text().partition("\n")
        return json.loads(first)["port"] if end else None

    url = f"http://127.0.0.1:{server.waits_for(port)}"
    return Target("direct", "the mock itself", server, url, url)


def nginx_program() -> str:
    return shutil.which("nginx") or "/usr/sbin/nginx"


def start_nginx(mock: Target, folder: Path) -> Target:
    """nginx as a plain reverse proxy with kept-alive connections both ways."""
    home = folder / "nginx"
    home.mkdir()
    plain, stream = free_port(), free_port()
    upstream = mock.url.removeprefix("http://")

    def server(port: int, buffering: str) -> str:
        return textwrap.dedent(f"""\
            server {{
              listen 127.0.0.1:{port} reuseport;
              keepalive_requests 1000000000;
              location / {{
                proxy_pass http://mock;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_buffering {buffering};
              }}
            }}""")

    user = "user root;" if os.geteuid() == 0 else ""
    paths = "\n".join(
        f"{kind}_temp_path {home}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    configuration = "\n".join([
        user, "daemon off;", "worker_processes auto;", f"pid {home}/nginx.pid;", "error_log stderr warn;",
        "events { worker_connections 4096; }", "http {", "access_log off;", paths,
        f"upstream mock {{ server {upstream}; keepalive 256; keepalive_requests 1000000000; }}",
        server(plain, "on"), server(stream, "off"), "}", ""])
    (home / "nginx.conf").write_text(configuration)
    nginx = Server.start(
        "nginx", [nginx_program(), "-p", str(home), "-e", "stderr", "-c", str(home / "nginx.conf")], folder / "nginx.log")
    url, stream_url = f"http://127.0.0.1:{plain}", f"http://127.0.0.1:{stream}"
    nginx.waits_for(lambda: is_up(url + "/health"))
    return Target("nginx", version_of([nginx_program(), "-v"]), nginx, url, stream_url, configuration=configuration)


def start_trellis(mock: Target, products: Path, folder: Path) -> Target:
    """Trellis as it is deployed: a charter, a real key, receipts on."""
    home = folder / "trellis"
    home.mkdir()
    configuration = textwrap.dedent(f"""\
        listen: {{ host: 127.0.0.1, port: 0 }}
        data: data
        home: home
        charter: commons/advisor
        upstreams:
          mock: {{ kind: openai, url: {mock.url}/v1, models: ["*"] }}
        log: {{ level: warning }}
        """)
    settings = home / "trellis.yaml"
    settings.write_text(configuration)
    program = str(products / "trellis")
    made = subprocess.run(
        [program, "key", "create", "--config", str(settings), "--application", "bench", "--json"],
        capture_output=True, text=True, timeout=60)
    if made.returncode != 0:
        raise RuntimeError(f"trellis key create failed:\n{made.stdout}{made.stderr}")
    key = json.loads(made.stdout)["key"]
    server = Server.start("trellis", [program, "serve", "--config", str(settings)], folder / "trellis.log")

    def url():
        for line in server.log.read_text(errors="replace").splitlines():
            if "listens on http://" in line:
                return "http://" + line.partition("listens on http://")[2].split()[0].rstrip("/")
        return None

    found = server.waits_for(url)
    server.waits_for(lambda: is_up(found + "/readyz"))
    return Target(
        "trellis", version_of([program, "--version"]), server, found, found, key=key, configuration=configuration,
        facts={"data": str(home / "data"), "settings": str(settings), "program": program})


def start_litellm(mock: Target, folder: Path) -> Target:
    """LiteLLM's proxy with one worker a core, a key, and no logging."""
    home = folder / "litellm"
    home.mkdir()
    port = free_port()
    key = "sk-bench"
    configuration = textwrap.dedent(f"""\
        model_list:
          - model_name: mock-model
            litellm_params: {{ model: openai/mock-model, api_base: "{mock.url}/v1", api_key: none }}
        general_settings: {{ master_key: {key} }}
        litellm_settings: {{ telemetry: false, set_verbose: false, num_retries: 0 }}
        """)
    (home / "config.yaml").write_text(configuration)
    python = ROOT / ".trellis/python-peers/bin"
    workers = str(os.cpu_count() or 1)
    server = Server.start(
        "litellm",
        # Through the interpreter: the environment was moved after it was made, so its tools' first lines lead nowhere.
        [str(python / "python"), str(python / "litellm"), "--config", str(home / "config.yaml"), "--host", "127.0.0.1", "--port", str(port),
         "--num_workers", workers],
        folder / "litellm.log",
        env={"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_TELEMETRY": "False", "LITELLM_LOG": "ERROR",
             "HOME": str(home), "NO_PROXY": "127.0.0.1"})
    url = f"http://127.0.0.1:{port}"
    server.waits_for(lambda: is_up(url + "/health/liveliness"), seconds=180)
    version = version_of([str(python / "python"), "-c", "import importlib.metadata as m; print(m.version('litellm'))"])
    return Target(
        "litellm", f"litellm {version}, {workers} workers", server, url, url, key=key,
        configuration=configuration, patience=4)


def check(target: Target, mock: Target, bodies: dict[str, Path], chunks: int) -> None:
    """Sends one plain and one streamed request, so that no number is measured on something that does not work."""
    status, headers, reply = answer(target.url + "/v1/chat/completions", bodies["1k"].read_bytes(), target.key)
    if status != 200 or b"A trellis holds a plant up" not in reply:
        raise RuntimeError(f"{target.name} answered a plain request with {status}: {reply[:500]!r}")
    seen = json.loads(answer(mock.url + "/mock/last")[2])
    if target.name == "trellis":
        target.facts["receipt"] = headers.get("Trellis-Receipt")
        if not target.facts["receipt"]:
            raise RuntimeError("the reply of trellis has no receipt")
        target.facts["brief_bytes"] = len(seen["body"].encode()) - len(bodies["1k"].read_bytes())
        if target.facts["brief_bytes"] <= 0:
            raise RuntimeError("the request that reached the model carries no brief")
        refused = answer(target.url + "/v1/chat/completions", bodies["1k"].read_bytes(), "wrong")[0]
        if refused != 401:
            raise RuntimeError(f"trellis answered a wrong key with {refused}, not 401")
    status, _, reply = answer(target.stream_url + "/v1/chat/completions", bodies["stream"].read_bytes(), target.key)
    pieces = reply.count(b"data: ")
    if status != 200 or pieces < chunks or b"data: [DONE]" not in reply:
        raise RuntimeError(f"{target.name} streamed {pieces} of {chunks} chunks with status {status}: {reply[-300:]!r}")


def check_receipt(target: Target) -> str:
    """Whether the receipt of the first reply is found after everything else; says so in words."""
    path = f"{target.url}/trellis/v1/receipts/{target.facts['receipt']}"
    for _ in range(100):
        status, _, reply = answer(path, key=target.key)
        if status == 200:
            return f"found ({len(reply)} bytes)"
        time.sleep(0.1)
    return f"NOT found: status {status}"
