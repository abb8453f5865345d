"""Running Trellis: starting, stopping, watching, and bad days of the machine that it runs on."""

import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time

import pytest

import programs

SECRET = "the words Xanadu-Quetzal-7341 that nobody else should read"
PERSON = "ada.lovelace+9923@example.org"


def refused_start(tmp_path, mock, *flags, **more):
    (tmp_path / "trellis.yaml").write_text(json.dumps(programs.settings(mock, **more)))
    return programs.trellis(
        "serve", "--config", str(tmp_path / "trellis.yaml"), *flags, check=False, folder=tmp_path
    )


# Starting ---------------------------------------------------------------------------------------------------------


def test_a_taken_port_is_named(tmp_path, mock):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = refused_start(tmp_path, mock, "--port", str(port))
    assert ended.returncode not in (0, 1) and str(port) in ended.stderr and "--port" in ended.stderr
    assert "Trellis listens" not in ended.stdout


def test_a_taken_port_leaves_no_local_model_behind(tmp_path, mock):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        local = {"local": {"kind": "local", "models": ["smollm2"]}}
        ended = refused_start(tmp_path, mock, "--port", str(other.getsockname()[1]), upstreams=local)
    assert ended.returncode not in (0, 1) and "--port" in ended.stderr


def test_a_second_server_on_the_same_data_is_refused(start):
    server = start(flags=["--development"])
    ended = programs.trellis("serve", "--config", str(server.config), "--port", "0", check=False, folder=server.folder)
    assert ended.returncode not in (0, 1) and "Another Trellis" in ended.stderr and "Trellis listens" not in ended.stdout
    assert server.chat(None).status == 200


def test_a_stop_right_after_the_start_is_no_failure(tmp_path, mock):
    (tmp_path / "trellis.yaml").write_text(json.dumps(programs.settings(mock, development=True)))
    for _ in range(6):
        server = programs.Program(
            [programs.TRELLIS, "serve", "--config", str(tmp_path / "trellis.yaml"), "--port", "0"], tmp_path
        )
        server.first_line()
        assert server.stop() == 0, server.log


def test_it_listens_on_ipv6_too(tmp_path, mock):
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError as failure:
        pytest.skip(f"this machine has no IPv6: {failure}")
    (tmp_path / "trellis.yaml").write_text(json.dumps(programs.settings(mock, development=True)))
    server = programs.Program(
        [programs.TRELLIS, "serve", "--config", str(tmp_path / "trellis.yaml"), "--host", "::1", "--port", "0"], tmp_path
    )
    try:
        line = server.first_line()
        assert line.startswith("Trellis listens on http://[::1]:")
        with socket.create_connection(("::1", int(line.rsplit(":", 1)[1])), timeout=programs.PATIENCE) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert connection.recv(1000).startswith(b"HTTP/1.1 200")
    finally:
        assert server.stop() == 0


def test_an_unknown_setting_is_refused_with_its_line(tmp_path, mock):
    (tmp_path / "trellis.yaml").write_text("data: data\nlisten:\n  prot: 8080\n")
    ended = programs.trellis("serve", "--config", str(tmp_path / "trellis.yaml"), check=False)
    assert ended.returncode == 78 and re.search(r"trellis\.yaml:3", ended.stderr) and "port" in ended.stderr


def test_a_secret_in_the_configuration_is_refused_and_not_repeated(tmp_path, mock):
    upstreams = {"openai": {"kind": "openai", "url": "http://127.0.0.1:1/v1", "key": "sk-very-secret"}}
    ended = refused_start(tmp_path, mock, upstreams=upstreams)
    assert ended.returncode == 78 and "key-env" in ended.stderr and "sk-very-secret" not in ended.stderr


def test_a_local_model_that_was_not_set_up_is_named(tmp_path, mock):
    ended = refused_start(
        tmp_path, mock, "--port", "0", home=str(tmp_path), upstreams={"local": {"kind": "local", "models": ["smollm2"]}}
    )
    assert ended.returncode != 0 and "make setup" in ended.stderr


def test_the_environment_alone_is_enough(tmp_path, mock):
    env = programs.clean_environment(
        TRELLIS_UPSTREAMS="mine", TRELLIS_UPSTREAMS_MINE_KIND="openai",
        TRELLIS_UPSTREAMS_MINE_URL=f"{mock.url}/v1", TRELLIS_UPSTREAMS_MINE_KEY_ENV="MY_SECRET", MY_SECRET="sk-abc",
        TRELLIS_DATA=str(tmp_path / "data"), TRELLIS_LISTEN_PORT="0", TRELLIS_DEVELOPMENT="true",
    )  # fmt: skip
    server = programs.Program([programs.TRELLIS, "serve"], tmp_path, env)
    try:
        port = int(server.first_line().rsplit(":", 1)[1])
        body = {"model": "anything", "messages": [{"role": "user", "content": "x"}]}
        assert programs.ask(port, "POST", "/v1/chat/completions", body).status == 200
        assert mock.last().headers["authorization"] == "Bearer sk-abc"
    finally:
        assert server.stop() == 0
    assert "sk-abc" not in server.log


# Stopping ---------------------------------------------------------------------------------------------------------


def open_stream(server, key, model):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=programs.PATIENCE)
    body = {"model": model, "stream": True, "messages": [{"role": "user", "content": "x"}]}
    connection.request(
        "POST", "/v1/chat/completions", json.dumps(body),
        {"Content-Type": "application/json", "Authorization": f"Bearer {key}"},
    )  # fmt: skip
    response = connection.getresponse()
    assert response.status == 200
    response.readline()
    return connection, response


def accepts(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def test_sigterm_lets_open_streams_finish_and_takes_nothing_new(start):
    server = start()
    key = server.key("homework")
    connection, response = open_stream(server, key, "m/chunks:60:50")  # three seconds
    idle = http.client.HTTPConnection("127.0.0.1", server.port, timeout=programs.PATIENCE)
    idle.connect()
    server.signal(signal.SIGTERM)
    programs.eventually(lambda: not accepts(server.port), "new connections to be refused", 10)
    assert server.process.poll() is None, "it must wait for the stream"
    rest = response.read()
    assert rest.endswith(b"data: [DONE]\n\n")
    name = response.headers["trellis-receipt"]
    connection.close()
    assert server.wait() == 0
    idle.close()
    kept = json.loads(server.command("receipt", name, "--json").stdout)
    assert kept["outcome"] == {"kind": "complete"}


def test_streams_that_never_end_are_cut_off_when_patience_does(start):
    server = start(limits={"shutdown": "1s"})
    key = server.key("homework")
    connection, response = open_stream(server, key, "m/chunks:100000:50")
    server.signal(signal.SIGTERM)
    rest = b""
    try:
        rest = response.read()
    except (http.client.HTTPException, OSError):
        pass
    assert b"[DONE]" not in rest
    connection.close()
    assert server.wait(30) == 0
    kept = json.loads(server.command("receipt", response.headers["trellis-receipt"], "--json").stdout)
    assert kept["outcome"]["kind"] == "cutOff"


def test_sigint_stops_it_too(start):
    server = start()
    server.signal(signal.SIGINT)
    assert server.wait() == 0


# Watching ---------------------------------------------------------------------------------------------------------


def test_health_and_readiness_are_told(gateway):
    assert gateway.ask("GET", "/healthz").json() == {"status": "ok"}
    report = gateway.ask("GET", "/readyz")
    assert report.status == 200 and report.json()["ready"] is True
    assert {"store", "receipts", "charter", "local models"} <= {part["name"] for part in report.json()["parts"]}


def test_it_is_not_ready_while_the_model_loads_and_stays_healthy(start):
    server = start(upstreams={"local": {"kind": "local", "models": ["smollm2"]}})
    report = server.ask("GET", "/readyz")
    assert server.ask("GET", "/healthz").status == 200
    # On a fast machine it may be ready already; then there is nothing to see.
    assert report.status in (200, 503)
    assert (report.status == 503) == (report.json()["ready"] is False)
    server.ready()


def test_a_message_that_comes_while_the_model_loads_waits_for_it(start):
    server = start(upstreams={"local": {"kind": "local", "models": ["smollm2"]}}, development=True)
    answer = server.chat(None, model="smollm2", max_tokens=4)
    assert answer.status == 200, answer.text


def test_metrics_are_in_prometheus_form_and_count(gateway, key):
    text = gateway.ask("GET", "/metrics").text
    kinds, seen = {}, set()
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in kinds, f"{name} is declared twice"
            kinds[name] = kind
        elif line and not line.startswith("#"):
            assert re.fullmatch(r'[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [0-9.e+-]+', line), line
            sample = line.rsplit(" ", 1)[0]
            assert sample not in seen, f"{sample} is there twice"
            seen.add(sample)
            family = re.sub("_(bucket|sum|count)$", "", sample.split("{")[0])
            assert family in kinds or sample.split("{")[0] in kinds, line
    before = gateway.metrics()
    assert gateway.chat(key).status == 200
    assert gateway.chat("sk-wrong").status == 401
    after = gateway.metrics()

    def grown(name):
        return after[name] - before.get(name, 0)

    assert grown('trellis_requests_total{door="chat-completions",status="200"}') == 1
    assert grown("trellis_keys_refused_total") == 1
    assert grown('trellis_tokens_total{direction="output"}') == 170
    assert grown("trellis_receipts_recorded_total") == 1
    assert after["process_resident_memory_bytes"] > 0
    assert key not in text and "homework" not in text


def test_nothing_stays_counted_as_open(gateway, key):
    gateway.chat(key, stream=True)
    programs.eventually(
        lambda: (metrics := gateway.metrics())["trellis_open_streams"] == 0
        and metrics["trellis_requests_in_flight"] == 0,
        "the gauges to come back to nothing",
    )


def test_the_trace_goes_on_upstream(gateway, key, mock, receipt):
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    answer = gateway.chat(key, headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})
    sent = mock.last().headers["traceparent"]
    assert re.fullmatch(f"00-{trace}-[0-9a-f]{{16}}-01", sent) and "00f067aa0ba902b7" not in sent
    assert receipt(answer.headers["trellis-receipt"])["trace"] == trace
    for absent in ("nonsense", f"00-{'0' * 32}-00f067aa0ba902b7-01", ""):
        gateway.chat(key, headers={"traceparent": absent})
        fresh = mock.last().headers["traceparent"]
        assert re.fullmatch("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]", fresh) and trace not in fresh and "0" * 32 not in fresh


@pytest.mark.parametrize("form", ["text", "json"])
def test_logs_hold_no_words_keys_persons_or_secrets(start, mock, form):
    secret = "sk-upstream-secret-42"
    upstream = {
        "kind": "openai", "url": f"{mock.url}/v1", "key-env": "UPSTREAM_SECRET",
        "timeouts": {"connect": "1s", "first-byte": "1s", "idle": "1s"}, "retries": 0,
    }  # fmt: skip
    server = start(
        flags=["--log-level", "trace", "--log-format", form], upstreams={"mock": upstream},
        env={"UPSTREAM_SECRET": secret},
    )  # fmt: skip
    key = server.key("homework")
    models = [
        "mock-model", "m/status-401", "m/status-500", "m/html", "m/truncated-json", "m/reset-before-head",
        "m/hang-before-head", "m/malformed-sse",
    ]  # fmt: skip
    for model in models:
        for streams in (False, True):
            server.chat(key, model=model, text=SECRET, user=PERSON, stream=streams)
    server.chat(key[:-3] + "abc", text=SECRET)
    server.ask("POST", "/v1/chat/completions", '{"model":"' + SECRET, key)
    server.ask("GET", f"/trellis/v1/receipts/{PERSON}?key={key}", key=key)
    converse = b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + key.encode()
    programs.converse(server.port, converse + b"\r\nBad Header " + SECRET.encode() + b"\r\n\r\n")
    assert server.stop() == 0
    for text in (SECRET, "Quetzal", PERSON, "ada.lovelace", key, key[10:], secret):
        assert text not in server.log
    if form == "json":
        for line in server.log.splitlines():
            assert {"level", "message"} <= set(json.loads(line)), line


def test_every_route_of_its_own_is_described(gateway):
    described = gateway.ask("GET", "/trellis/v1/openapi.yaml")
    assert described.status == 200
    for path in ("/healthz", "/readyz", "/metrics", "/trellis/v1/receipts/{id}", "/v1/chat/completions", "/v1/messages"):
        assert path in described.text
    missing = gateway.ask("GET", "/trellis/v1/nothing-here")
    assert missing.status == 404 and missing.headers["content-type"].startswith("application/problem+json")
    assert {"type", "title", "status", "detail"} <= set(missing.json())


# Bad days ---------------------------------------------------------------------------------------------------------


def test_a_file_that_is_no_database_stops_the_start_and_stays_as_it_is(tmp_path, mock):
    (tmp_path / "data").mkdir()
    database = tmp_path / "data" / "trellis.sqlite"
    database.write_bytes(b"My shopping list: flour, eggs, sugar. " * 200)
    before = database.read_bytes()
    ended = refused_start(tmp_path, mock, "--port", "0")
    assert ended.returncode not in (0, 1) and "trellis.sqlite" in ended.stderr
    assert database.read_bytes() == before
    doctor = programs.trellis("doctor", "--config", str(tmp_path / "trellis.yaml"), check=False)
    assert doctor.returncode == 1 and "trellis.sqlite" in doctor.stdout


def test_a_damaged_database_stops_the_start_with_a_clear_message(start):
    server = start()
    key = server.key("homework")
    for _ in range(50):
        server.chat(key)
    assert server.stop() == 0
    database = server.data / "trellis.sqlite"
    damaged = bytearray(database.read_bytes())
    damaged[18:60] = os.urandom(42)  # the header behind its magic words
    damaged[4096:8192] = os.urandom(4096)
    database.write_bytes(bytes(damaged))
    for leftover in ("trellis.sqlite-wal", "trellis.sqlite-shm"):
        (server.data / leftover).unlink(missing_ok=True)
    ended = programs.trellis("serve", "--config", str(server.config), "--port", "0", check=False, folder=server.folder)
    assert ended.returncode not in (0, 1) and "trellis.sqlite" in ended.stderr
    assert "Fatal error" not in ended.stderr


def test_a_locked_database_delays_receipts_and_nothing_else(start):
    server = start()
    key = server.key("homework")
    server.settled()
    lock = sqlite3.connect(server.data / "trellis.sqlite", isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        answers = [server.chat(key) for _ in range(30)]
        assert [answer.status for answer in answers] == [200] * 30
        # By the API they can be read at once: what is not in the store yet is in the journal.
        last = server.ask("GET", f"/trellis/v1/receipts/{answers[-1].headers['trellis-receipt']}", key=key)
        assert last.status == 200
        time.sleep(1)
        assert server.chat(key).status == 200
    finally:
        lock.execute("ROLLBACK")
        lock.close()
    server.settled()
    for answer in answers:
        name = answer.headers["trellis-receipt"]
        assert json.loads(server.command("receipt", name, "--json").stdout)["id"] == name
    assert server.stop() == 0


def test_a_full_disk_stops_receipts_and_not_replies(start, tiny_disk, mock):
    server = start(data=str(tiny_disk / "data"))
    key = server.key("homework")
    before = server.chat(key).headers["trellis-receipt"]
    server.settled()
    filler = programs.fill(tiny_disk)
    answers = [server.chat(key, stream=number % 2 == 0) for number in range(60)]
    assert {answer.status for answer in answers} == {200}
    assert server.ask("GET", "/healthz").status == 200
    assert server.ask("GET", f"/trellis/v1/receipts/{before}", key=key).status == 200
    filler.unlink()
    server.settled()
    # What was kept in memory meanwhile is written down when there is room again.
    for answer in answers:
        server.receipt(answer.headers["trellis-receipt"], key)
    assert server.stop() == 0


def test_a_data_folder_that_cannot_be_written_stops_the_start(tmp_path, mock):
    (tmp_path / "data").write_text("a file where a folder should be")
    ended = refused_start(tmp_path, mock, "--port", "0")
    assert ended.returncode not in (0, 1) and "data" in ended.stderr and "Fatal error" not in ended.stderr


def test_connections_beyond_the_limit_are_turned_away_and_the_rest_is_served(start):
    server = start(limits={"connections": 20})
    key = server.key("homework")
    held = [socket.create_connection(("127.0.0.1", server.port), timeout=5) for _ in range(40)]
    time.sleep(0.5)
    for connection in held:
        connection.close()
    programs.eventually(lambda: served(server, key), "room for a connection", 20)


def served(server, key):
    try:
        return server.chat(key).status == 200
    except OSError:
        return False


def test_clients_that_send_nothing_keep_nobody_waiting(start):
    server = start(limits={"read-timeout": "1s", "keep-alive": "1s"})
    key = server.key("homework")
    silent = [socket.create_connection(("127.0.0.1", server.port), timeout=programs.PATIENCE) for _ in range(30)]
    for number, connection in enumerate(silent):
        if number % 3 == 1:
            connection.sendall(b"POST /v1/chat/completions HT")
        elif number % 3 == 2:
            connection.sendall(
                b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                b"Authorization: Bearer " + key.encode() + b'\r\nContent-Length: 500\r\n\r\n{"model":'
            )
    assert server.chat(key).status == 200
    for connection in silent:  # each is closed by the server in the end
        while connection.recv(65536):
            pass
        connection.close()


def test_a_reader_that_stops_reading_does_not_fill_the_memory(start, mock):
    server = start()
    key = server.key("homework")
    before = server.metrics()["process_resident_memory_bytes"]
    body = json.dumps({"model": "m/chunks:400000", "stream": True, "messages": [{"role": "user", "content": "x"}]})
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect(("127.0.0.1", server.port))
        slow.sendall(
            f"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {key}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        )

        def standing_still():
            first = mock.counts()["chunks"]
            time.sleep(0.5)
            return mock.counts()["chunks"] == first

        programs.eventually(standing_still, "the upstream to be held back")
        assert server.metrics()["process_resident_memory_bytes"] < before + (64 << 20)
        assert server.chat(key).status == 200
