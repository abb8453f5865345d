"""The way to a model: names, keys, certificates, proxies, and connections that went stale."""

import asyncio
import http.server
import json
import socket
import ssl
import subprocess
import threading
import time

import openai
import pytest

import programs

GREETING = [{"role": "user", "content": "Hello"}]
REPLY = json.dumps(
    {
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "tiny",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello."}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
).encode()  # fmt: skip


class Server(http.server.ThreadingHTTPServer):
    """A server in this process, on a free port."""

    daemon_threads = True

    def __init__(self, handler, certificate=None):
        super().__init__(("127.0.0.1", 0), handler)
        self.seen = []
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate / "server.pem", certificate / "server.key")
            # The handshake is made in the connection's own thread.
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, request, client_address):
        pass  # clients that refuse a certificate hang up


class Model(http.server.BaseHTTPRequestHandler):
    """Answers every question in the same two words."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.command, self.path, dict(self.headers)))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(REPLY)))
        self.end_headers()
        self.wfile.write(REPLY)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """An authority of our own, and a certificate by it for `localhost`."""
    folder = tmp_path_factory.mktemp("certificates")

    def make(*arguments):
        made = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, text=True)
        assert made.returncode == 0, made.stderr

    try:
        make("version")
    except FileNotFoundError:
        pytest.skip("this machine has no openssl to make a certificate with")
    make("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
         "-subj", "/CN=Authority of the tests", "-addext", "basicConstraints=critical,CA:TRUE")  # fmt: skip
    make("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (folder / "extensions").write_text("subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\n")
    make("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
         "-out", "server.pem", "-days", "2", "-extfile", "extensions")  # fmt: skip
    return folder


def upstream(url, **more):
    return {"kind": "openai", "url": url, "retries": 0, "timeouts": {"connect": "5s", "first-byte": "10s"}, **more}


# Certificates -----------------------------------------------------------------------------------------------------


def test_a_certificate_of_a_known_authority_is_accepted(start, certificates):
    model = Server(Model, certificates)
    server = start(
        development=True, env={"KEY": "sk-abc"},
        upstreams={"safe": upstream(f"https://localhost:{model.port}/v1", **{
            "certificate-authorities": str(certificates / "ca.pem"), "key-env": "KEY"})},
    )  # fmt: skip
    for _ in range(3):
        assert server.chat(None, "tiny").json()["choices"][0]["message"]["content"] == "Hello."
    assert model.seen[0][2]["authorization"] == "Bearer sk-abc"


def test_a_certificate_of_an_unknown_authority_is_refused_before_anything_is_sent(start, certificates):
    model = Server(Model, certificates)
    server = start(development=True, upstreams={"odd": upstream(f"https://localhost:{model.port}/v1")})
    answer = server.chat(None, "tiny")
    assert answer.status == 502 and "odd" in answer.json()["error"]["message"]
    assert model.seen == []


def test_a_certificate_for_another_name_is_refused(start, certificates):
    model = Server(Model, certificates)
    server = start(
        development=True,
        upstreams={"odd": upstream(f"https://127.0.0.1:{model.port}/v1", **{
            "certificate-authorities": str(certificates / "ca.pem")})},
    )  # fmt: skip
    assert server.chat(None, "tiny").status == 502
    assert model.seen == []


# Proxies ----------------------------------------------------------------------------------------------------------


class Proxy(Model):
    """Answers for every plain address itself, and opens tunnels."""

    def do_CONNECT(self):
        self.server.seen.append((self.command, self.path, dict(self.headers)))
        host, port = self.path.rsplit(":", 1)
        with socket.create_connection(("127.0.0.1", int(port))) as far:
            self.send_response(200, "Connection established")
            self.end_headers()
            back = threading.Thread(target=self._pump, args=(far, self.connection), daemon=True)
            back.start()
            self._pump(self.connection, far)
        self.close_connection = True

    @staticmethod
    def _pump(source, target):
        try:
            while piece := source.recv(65536):
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def test_a_plain_upstream_is_reached_through_the_proxy(start):
    proxy = Server(Proxy)
    server = start(
        development=True,
        upstreams={"far": upstream("http://models.example/v1", proxy=f"http://127.0.0.1:{proxy.port}")},
    )  # fmt: skip
    assert server.chat(None, "tiny").status == 200
    assert proxy.seen[0][1] == "http://models.example/v1/chat/completions"


def test_an_encrypted_upstream_is_reached_through_a_tunnel_that_sees_nothing(start, certificates):
    model, proxy = Server(Model, certificates), Server(Proxy)
    server = start(
        development=True, env={"KEY": "sk-abc", "HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}", "NO_PROXY": ""},
        upstreams={"far": upstream(f"https://localhost:{model.port}/v1", **{
            "certificate-authorities": str(certificates / "ca.pem"), "key-env": "KEY",
            "proxy": f"http://127.0.0.1:{proxy.port}"})},
    )  # fmt: skip
    assert server.chat(None, "tiny").status == 200
    assert [seen[:2] for seen in proxy.seen] == [("CONNECT", f"localhost:{model.port}")]
    assert "sk-abc" not in str(proxy.seen) and "sk-abc" in str(model.seen)


# Names ------------------------------------------------------------------------------------------------------------


def test_a_model_is_known_upstream_by_its_own_name(start, mock):
    server = start(
        development=True,
        upstreams={"mock": upstream(f"{mock.url}/v1", models=["wise"], rename={"wise": "mock-model-2026"})},
    )  # fmt: skip
    answer = server.chat(None, "wise")
    assert answer.status == 200 and mock.last().json()["model"] == "mock-model-2026"
    kept = server.receipt(answer.headers["trellis-receipt"], None)
    assert kept["modelRequested"] == "wise"


def test_the_most_exact_claim_to_a_model_wins(start, mock):
    other = Server(Model)
    server = start(
        development=True,
        upstreams={
            "wide": upstream(f"{mock.url}/v1", models=["gpt-*"]),
            "exact": upstream(f"http://127.0.0.1:{other.port}/v1", models=["gpt-tiny"]),
        },
    )

    def answered_by(model):
        return server.receipt(server.chat(None, model).headers["trellis-receipt"], None)["upstream"]

    assert answered_by("gpt-tiny") == "exact" and answered_by("gpt-huge") == "wide"
    assert server.chat(None, "llama").status == 404


# Connections ------------------------------------------------------------------------------------------------------


def test_many_streams_at_once_keep_apart(gateway, key, mock):
    async def talk():
        async with openai.AsyncOpenAI(base_url=f"{gateway.url}/v1", api_key=key, max_retries=0) as client:

            async def one():
                stream = await client.chat.completions.create(
                    model="m/chunks:20:20", messages=GREETING, stream=True
                )
                return "".join([chunk.choices[0].delta.content or "" async for chunk in stream if chunk.choices])

            return await asyncio.gather(*(one() for _ in range(150)))

    texts = asyncio.run(talk())
    assert len(set(texts)) == 1 and texts[0]
    programs.eventually(lambda: gateway.metrics()["trellis_open_streams"] == 0, "the streams to be counted as ended")


def test_nobody_notices_a_connection_that_went_stale(gateway, key):
    # The local runtime closes a connection that was idle for five seconds.
    assert gateway.chat(key, "smollm2", max_tokens=2).status == 200
    time.sleep(5.1)
    assert gateway.chat(key, "smollm2", max_tokens=2).status == 200


def test_an_upstream_that_comes_back_is_used_again(start, tmp_path):
    upstreams = {"mine": upstream(f"http://127.0.0.1:{(port := programs.free_port())}/v1")}
    server = start(development=True, upstreams=upstreams)
    assert server.chat(None, "tiny").status == 502
    for _ in range(2):
        model = programs.Program([programs.MOCK, "--port", str(port)], tmp_path)
        model.first_line()
        for _ in range(4):
            assert server.chat(None, "tiny").status == 200
        model.process.kill()
        model.wait()
        assert server.chat(None, "tiny").status == 502
