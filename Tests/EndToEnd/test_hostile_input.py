"""Bytes that no client of ours would send. Each is refused in good order, and the next caller is served as ever."""

import json
import random
import socket

import pytest

import programs

LIMIT = 10 << 20
DOORS = {
    "/v1/chat/completions": '"messages":[{"role":"user","content":"x"}]',
    "/v1/messages": '"max_tokens":5,"messages":[{"role":"user","content":"x"}]',
    "/v1/embeddings": '"input":"x"',
}
DEEP = 200


@pytest.fixture(autouse=True)
def serves_on(gateway, key):
    """Whatever a test sends, the same process answers the next request."""
    pid = gateway.pid
    yield
    assert gateway.process.poll() is None and gateway.pid == pid, gateway.log
    assert gateway.chat(key).status == 200
    programs.eventually(
        lambda: gateway.metrics()["trellis_requests_in_flight"] == 0, "no request to be counted as in progress"
    )


def head(key, length=None, path="/v1/chat/completions", more=""):
    size = "" if length is None else f"Content-Length: {length}\r\n"
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: application/json\r\n{more}{size}\r\n"
    ).encode()


def statuses(reply):
    """The status of every response in a run of bytes."""
    return [int(part[:3]) for part in reply.decode("latin-1").split("HTTP/1.1 ")[1:]]


# Bodies -----------------------------------------------------------------------------------------------------------

BODIES = {
    "empty": b"",
    "not-json": b"hello",
    "truncated": b'{"model":"mock-model",%s',
    "truncated-in-a-string": b'{"model":"mock-mod',
    "trailing": b'{"model":"mock-model",%s} x',
    "two-values": b'{"model":"mock-model",%s}{"model":"mock-model",%s}',
    "array": b"[%s]".replace(b"%s", b"1"),
    "duplicate-model": b'{"model":"mock-model","model":"smollm2",%s}',
    "duplicate-by-escape": b'{"model":"mock-model","\\u006dodel":"smollm2",%s}',
    "duplicate-deep": b'{"model":"mock-model","x":{"a":1,"a":2},%s}',
    "bad-utf-8": b'{"model":"mock-model","x":"\xc3\x28",%s}',
    "overlong-utf-8": b'{"model":"mock-model","x":"\xc0\xaf",%s}',
    "surrogate-in-utf-8": b'{"model":"mock-model","x":"\xed\xa0\x80",%s}',
    "lone-surrogate-escape": b'{"model":"mock-model","x":"\\ud800",%s}',
    "bad-escape": b'{"model":"mock-model","x":"\\q",%s}',
    "control-character": b'{"model":"mock-model","x":"a\nb",%s}',
    "nul": b'{"model":"mock-model",%s}\x00',
    "byte-order-mark": b'\xef\xbb\xbf{"model":"mock-model",%s}',
    "utf-16": '{"model":"mock-model"}'.encode("utf-16"),
    "single-quotes": b"{'model':'mock-model'}",
    "comment": b'{"model":"mock-model",/* hi */%s}',
    "trailing-comma": b'{"model":"mock-model",%s,}',
    "leading-zero": b'{"model":"mock-model","x":01,%s}',
    "nan": b'{"model":"mock-model","x":NaN,%s}',
    "lone-minus": b'{"model":"mock-model","x":-,%s}',
    "deep-arrays": b'{"model":"mock-model","x":' + b"[" * DEEP + b"]" * DEEP + b",%s}",
    "deep-objects": b'{"model":"mock-model","x":' + b'{"a":' * DEEP + b"1" + b"}" * DEEP + b",%s}",
    "bottomless": b"[" * 1_000_000,
}


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_no_strict_json_is_refused(gateway, key, mock, name, path):
    before = mock.counts()["requests"]
    answer = gateway.ask("POST", path, BODIES[name].replace(b"%s", DOORS[path].encode()), key)
    assert answer.status == 400
    error = answer.json()["error"]
    assert error["type"] == "invalid_request_error" and len(error["message"]) > 10
    assert mock.counts()["requests"] == before, "it went on all the same"


def test_a_message_says_where_the_json_is_wrong(gateway, key):
    answer = gateway.ask("POST", "/v1/chat/completions", '{\n  "model": "mock-model",\n  "x": tru\n}', key)
    assert "line 3" in answer.json()["error"]["message"]


@pytest.mark.parametrize("value", ["7", "null", "true", "[]", "{}", '""'])
@pytest.mark.parametrize("path", DOORS)
def test_a_model_that_is_no_name_is_refused(gateway, key, path, value):
    answer = gateway.ask("POST", path, f'{{"model":{value},{DOORS[path]}}}', key)
    assert answer.status in (400, 404) and answer.json()["error"]["message"]


@pytest.mark.parametrize("field", ["stream", "max_tokens", "user", "n"])
def test_known_fields_of_a_wrong_type_are_refused_or_passed_never_guessed(gateway, key, field):
    for value in ('"yes"', "[1]", "{}", "1e999", "-5", "123456789012345678901234567890"):
        answer = gateway.ask(
            "POST", "/v1/chat/completions", f'{{"model":"mock-model","{field}":{value},{DOORS["/v1/chat/completions"]}}}',
            key,
        )  # fmt: skip
        assert answer.status in (200, 400), (field, value, answer.text)


def test_a_body_at_the_limit_passes_and_one_byte_more_does_not(gateway, key, mock):
    frame = '{"model":"mock-model","messages":[{"role":"user","content":"%s"}]}'
    fits = frame % ("x" * (LIMIT - len(frame) + 2))
    assert len(fits) == LIMIT
    assert gateway.ask("POST", "/v1/chat/completions", fits, key).status == 200
    assert len(mock.last().text) > LIMIT
    before = mock.counts()["requests"]
    reply = programs.converse(gateway.port, head(key, LIMIT + 1), fits.encode() + b" ")
    assert statuses(reply) == [413] and b"body-bytes" in reply
    assert mock.counts()["requests"] == before


def test_an_endless_chunked_body_is_stopped(gateway, key):
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    reply = programs.converse(gateway.port, head(key, more="Transfer-Encoding: chunked\r\n"), *([chunk] * 400))
    assert statuses(reply) == [413]


def test_a_body_that_stops_halfway_is_nobodys_request(gateway, key, mock):
    before = mock.counts()["requests"]
    programs.converse(gateway.port, head(key, 500), b'{"model":"mock-model",', shuts_down=True)
    assert mock.counts()["requests"] == before


def test_compressed_and_foreign_bodies_are_refused(gateway, key):
    for name, value in (("Content-Encoding", "gzip"), ("Content-Type", "application/x-www-form-urlencoded")):
        answer = gateway.ask("POST", "/v1/chat/completions", "{}", key, headers={name: value})
        assert answer.status == 415 and answer.json()["error"]["message"]


# Smuggling and injection ------------------------------------------------------------------------------------------

INNER = b"GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"
SMUGGLED = {
    "both-lengths": ("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", b"0\r\n\r\n" + INNER),
    "two-lengths": ("Content-Length: 0\r\nContent-Length: 50\r\n", INNER),
    "list-of-lengths": ("Content-Length: 0, 50\r\n", INNER),
    "signed-length": ("Content-Length: +0\r\n", INNER),
    "hexadecimal-length": ("Content-Length: 0x10\r\n", INNER),
    "length-with-a-letter": ("Content-Length: 0a\r\n", INNER),
    "enormous-length": ("Content-Length: 99999999999999999999999\r\n", INNER),
    "unknown-coding": ("Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n" + INNER),
    "chunked-not-last": ("Transfer-Encoding: chunked, identity\r\n", b"0\r\n\r\n" + INNER),
    "space-before-colon": ("Transfer-Encoding : chunked\r\n", b"0\r\n\r\n" + INNER),
    "folded": ("X-A: b\r\n Transfer-Encoding: chunked\r\n", b"0\r\n\r\n" + INNER),
    "bare-newline": ("X-A: b\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n" + INNER),
    "bad-chunk-size": ("Transfer-Encoding: chunked\r\n", b"zz\r\n\r\n" + INNER),
    "negative-chunk": ("Transfer-Encoding: chunked\r\n", b"-1\r\n\r\n" + INNER),
    "huge-chunk": ("Transfer-Encoding: chunked\r\n", b"fffffffffffffffffff\r\n" + INNER),
    "nul-in-a-header": ("X-A: a\x00b\r\n", INNER),
}


@pytest.mark.parametrize("name", SMUGGLED)
@pytest.mark.parametrize("path", ["/v1/chat/completions", "/readyz"])
def test_no_second_request_hides_in_a_first(gateway, key, name, path):
    fields, body = SMUGGLED[name]
    start = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n{fields}\r\n"
    reply = programs.converse(gateway.port, start.encode("latin-1"), body, shuts_down=True, timeout=20)
    assert len(statuses(reply)) <= 1, reply[:2000]
    assert all(400 <= status < 500 for status in statuses(reply)), reply[:500]


@pytest.mark.parametrize(
    "line",
    [b"GET / HTTP/9.9", b"GET  / HTTP/1.1", b"GET", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"PRI * HTTP/2.0",
     b"GET http:// HTTP/1.1", b"G\x00T / HTTP/1.1", b"GET /%00 HTTP/1.1", b"GET /../../etc/passwd HTTP/1.1",
     b"POST /v1/chat/completions?x=\xff HTTP/1.1", b"CONNECT example.org:443 HTTP/1.1", b"TRACE / HTTP/1.1"],
)  # fmt: skip
def test_odd_first_lines_are_refused(gateway, line):
    reply = programs.converse(gateway.port, line + b"\r\nHost: localhost\r\n\r\n", shuts_down=True, timeout=20)
    assert all(400 <= status < 600 for status in statuses(reply)), reply[:500]
    assert b"root:" not in reply


def test_heads_without_end_are_refused(gateway, key):
    many = "".join(f"X-{number}: {'y' * 50}\r\n" for number in range(2000))
    for more in (many, f"X-Long: {'y' * 200_000}\r\n"):
        reply = programs.converse(gateway.port, head(key, 2, more=more), b"{}", timeout=20)
        assert statuses(reply) in ([431], [400]), reply[:300]


def test_no_header_can_be_slipped_upstream_or_back(gateway, key, mock):
    for name in ("Trellis-Person", "traceparent", "X-Mine"):
        value = f"a\rX-Evil: 1\r\nX-Evil: 2"
        sent = head(key, 2, more=f"{name}: {value}\r\n")
        programs.converse(gateway.port, sent.replace(b"\r\nX-Evil: 2", b"\nX-Evil: 2"), b"{}", shuts_down=True, timeout=20)
    answer = gateway.chat(key, model="mock-model\r\nX-Evil: 1")
    assert answer.status == 400 and "x-evil" not in answer.headers
    assert "x-evil" not in mock.last().headers


def test_two_requests_at_once_on_a_connection_are_answered_in_order(gateway, key):
    body = b'{"model":"mock-model","messages":[{"role":"user","content":"x"}]}'
    slow = body.replace(b"mock-model", b"m/slow-head:300")
    last = head(key, len(body), more="Connection: close\r\n") + body
    models = f"GET /v1/models HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n\r\n".encode()
    reply = programs.converse(gateway.port, head(key, len(slow)) + slow + models + last)
    assert statuses(reply) == [200, 200, 200]
    assert reply.index(b'"object":"list"') > reply.index(b"chat.completion")


def test_a_reply_that_is_due_comes_before_the_refusal_of_what_follows(gateway, key):
    body = b'{"model":"m/slow-head:200","messages":[{"role":"user","content":"x"}]}'
    for follows in (b"\x00\x01 garbage\r\n\r\n", b"GET / HTTP/1.1\r\nBad Header: x\r\n\r\n"):
        reply = programs.converse(gateway.port, head(key, len(body)) + body + follows)
        assert statuses(reply) == [200, 400] and b"chat.completion" in reply
    reply = programs.converse(gateway.port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" + b"\x00 garbage\r\n\r\n")
    assert statuses(reply) == [200, 400]


def test_a_client_that_asks_first_is_told_to_go_on_or_not(gateway, key):
    body = b'{"model":"mock-model","messages":[{"role":"user","content":"x"}]}'
    expects = "Expect: 100-continue\r\nConnection: close\r\n"
    with socket.create_connection(("127.0.0.1", gateway.port), timeout=programs.PATIENCE) as connection:
        connection.sendall(head(key, len(body), more=expects))
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(body)
        reply = b""
        while piece := connection.recv(65536):
            reply += piece
    assert statuses(reply) == [200]
    reply = programs.converse(gateway.port, head(key, LIMIT + 1, more=expects), shuts_down=True)
    assert statuses(reply)[-1] == 413


def test_clients_of_an_older_http_are_served(gateway, key):
    body = b'{"model":"mock-model","stream":true,"messages":[{"role":"user","content":"x"}]}'
    for sent, more in ((body, ""), (body, "Connection: keep-alive\r\n"), (body.replace(b"true", b"false"), "")):
        first = head(key, len(sent), more=more).replace(b"HTTP/1.1", b"HTTP/1.0")
        reply = programs.converse(gateway.port, first + sent)
        assert b" 200 OK" in reply.splitlines()[0] and b"transfer-encoding" not in reply.lower()
        assert reply.endswith(b"data: [DONE]\n\n") or json.loads(reply.split(b"\r\n\r\n", 1)[1])["choices"]


def test_persons_with_odd_names_are_refused_or_kept_apart(gateway, key):
    assert gateway.chat(key, user="x" * 5000).status == 400
    for name in ("", " ", "' OR 1=1 --", "日本", "a\u0000b", "../../x"):
        assert gateway.chat(key, user=name).status == 200


def test_odd_receipt_names_open_no_door(gateway, key):
    for path in (
        "/trellis/v1/receipts/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/trellis/v1/receipts/rcp_%00",
        "/trellis/v1/receipts/" + "A" * 5000, "/trellis/v1/receipts?last=-1", "/trellis/v1/receipts?last=1e9",
        "/trellis/v1/receipts?last=99999999999999999999", "/v1/models/%ff%fe",
    ):  # fmt: skip
        assert gateway.ask("GET", path, key=key).status in (400, 404), path


def test_random_bytes_do_no_harm(gateway, key):
    chance = random.Random(20260704)
    body = b'{"model":"mock-model","messages":[{"role":"user","content":"x"}]}'
    for _ in range(150):
        sent = bytearray(head(key, len(body)) + body)
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(sent))
            what = chance.random()
            if what < 0.4:
                sent[place] = chance.randrange(256)
            elif what < 0.7:
                del sent[place : place + chance.randint(1, 20)]
            else:
                sent[place:place] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 20)))
        programs.converse(gateway.port, bytes(sent), shuts_down=True, timeout=20)


def test_connections_that_are_cut_at_any_moment_do_no_harm(gateway, key):
    body = json.dumps({"model": "m/chunks:50:1", "stream": True, "messages": [{"role": "user", "content": "x"}]})
    whole = head(key, len(body)) + body.encode()
    for end in range(0, len(whole), 17):
        with socket.create_connection(("127.0.0.1", gateway.port)) as connection:
            connection.sendall(whole[:end])
            if end % 2:
                # A reset instead of a goodbye.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", gateway.port)) as connection:
            connection.sendall(whole)
            connection.recv(100)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    programs.eventually(lambda: gateway.metrics()["trellis_open_streams"] == 0, "the streams to be let go")
