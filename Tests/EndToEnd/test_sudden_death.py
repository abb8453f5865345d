"""`kill -9` in the middle of work: whoever got a whole reply finds its receipt, and no process stays behind."""

import http.client
import json
import signal
import threading
import time

import programs

CONNECTIONS = 16


class Talker(threading.Thread):
    """Asks one question after the other until the server dies, and notes the receipt of every whole reply."""

    def __init__(self, server, key, streams):
        super().__init__(daemon=True)
        self.server, self.key, self.streams = server, key, streams
        self.whole = []

    def run(self):
        body = json.dumps(
            {
                "model": "m/chunks:10:1" if self.streams else "mock-model",
                "messages": [{"role": "user", "content": "Hello"}],
                "stream": self.streams,
            }
        )
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=programs.PATIENCE)
        try:
            while True:
                connection.request("POST", "/v1/chat/completions", body, headers)
                response = connection.getresponse()
                assert response.status == 200
                if self.streams:
                    # A client may leave as soon as it has read that the stream is done, so it counts from there.
                    while (line := response.readline()) != b"data: [DONE]\n":
                        if not line:
                            return
                    self.whole.append(response.headers["trellis-receipt"])
                    response.read()
                else:
                    assert json.loads(response.read())["choices"]
                    self.whole.append(response.headers["trellis-receipt"])
        except (OSError, http.client.HTTPException):
            pass  # the server is dead; what was not whole is not counted


def assert_all_found(server, key, names):
    assert len(names) == len(set(names))
    for name in names:
        kept = server.ask("GET", f"/trellis/v1/receipts/{name}", key=key)
        assert kept.status == 200, f"{name} is lost: {kept.text}"
        assert kept.json()["outcome"] == {"kind": "complete"} and kept.json()["brief"]["text"]


def test_every_finished_reply_has_its_receipt_after_kill_9(start):
    server = start()
    key = server.key("homework")
    found = []
    for _ in range(3):
        talkers = [Talker(server, key, streams=number % 2 == 0) for number in range(CONNECTIONS)]
        for talker in talkers:
            talker.start()
        programs.eventually(lambda: min(len(talker.whole) for talker in talkers) > 10, "load on every connection")
        server.signal(signal.SIGKILL)
        server.wait()
        for talker in talkers:
            talker.join(programs.PATIENCE)
        names = [name for talker in talkers for name in talker.whole]
        assert len(names) > 10 * CONNECTIONS
        found += names

        # Nobody is there: the command line reads what the dead process left, journal included.
        for name in names[:2] + names[-2:]:
            assert json.loads(server.command("receipt", name, "--json").stdout)["id"] == name
        server = start.again(server)
        assert_all_found(server, key, names)
    assert_all_found(server, key, found[:50])
    server.settled()
    listed = json.loads(server.command("receipts", "--last", "1000", "--json").stdout)
    assert len({receipt["id"] for receipt in listed}) == len(listed), "a receipt is there twice"


def test_a_torn_last_record_costs_nothing_but_itself(start):
    server = start()
    key = server.key("homework")
    names = [server.chat(key).headers["trellis-receipt"] for _ in range(20)]
    server.signal(signal.SIGKILL)
    server.wait()
    for segment in (server.data / "journal").rglob("*"):
        if segment.is_file():
            with segment.open("ab") as journal:
                journal.write(b"\x40\x00\x00\x00\x12\x34\x56\x78 half a rec")
    server = start.again(server)
    assert_all_found(server, key, names)
    names.append(server.chat(key).headers["trellis-receipt"])
    server.signal(signal.SIGKILL)
    server.wait()
    assert_all_found(start.again(server), key, names)


def test_no_local_model_outlives_a_killed_server(start):
    server = start(upstreams={"local": {"kind": "local", "models": ["smollm2", "all-minilm-l6-v2"]}})
    server.ready()
    models = programs.children(server.pid)
    assert len(models) >= 2, "there should be a process for each model"
    server.signal(signal.SIGKILL)
    server.wait()
    programs.eventually(
        lambda: not any(programs.is_running(pid) for pid in models), f"the models {models} to end", 20
    )


def test_no_local_model_outlives_a_stopped_server(start):
    server = start(upstreams={"local": {"kind": "local", "models": ["smollm2"]}})
    programs.eventually(lambda: programs.children(server.pid), "the model to be started")
    time.sleep(0.3)  # so that it is stopped in the middle of loading
    models = programs.children(server.pid)
    assert server.stop() == 0
    programs.eventually(
        lambda: not any(programs.is_running(pid) for pid in models), f"the models {models} to end", 20
    )


def test_a_local_model_that_dies_comes_back(start):
    server = start(upstreams={"local": {"kind": "local", "models": ["smollm2"]}}, flags=["--development"])
    server.ready()
    before = programs.children(server.pid)
    for pid in before:
        try:
            programs.os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    programs.eventually(lambda: programs.children(server.pid) - before, "a new process for the model")
    server.ready()
    assert server.chat(None, model="smollm2", max_tokens=4).status == 200
