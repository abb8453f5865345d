"""Load by wrk, and the requests it sends."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .processes import die_with_parent

SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True)
class Load:
    """One shape of load."""

    id: str
    title: str
    connections: int
    body: str
    think: int = 0  # milliseconds between a reply and the next request of the same connection

    @property
    def is_stream(self) -> bool:
        return self.body == "stream"


LOADS = [
    Load("throughput", "requests, 1 KB body, 64 connections, as fast as they go", 64, "1k"),
    Load("throughput-4k", "requests, 4 KB body, 64 connections, as fast as they go", 64, "4k"),
    Load("latency", "latency, 16 connections, as fast as they go", 16, "1k"),
    Load("latency-paced", "latency, 16 connections, each pausing 8 ms between requests", 16, "1k", think=8),
    Load("latency-one", "latency, one connection", 1, "1k"),
    Load("stream", "streams, 64 connections, as fast as they go", 64, "stream"),
]

TOPICS = [
    "why leaves turn red in autumn", "how to keep a promise to myself", "what a fair rent looks like",
    "how my daughter can learn fractions", "whether to call my brother again",
]


def conversation(size: int, **extra) -> bytes:
    """A chat request of `size` bytes, with turns as a real conversation has them."""
    messages = [{"role": "system", "content": "You answer readers of a small town's library."}]
    while True:
        turn = len(messages)
        topic = TOPICS[turn % len(TOPICS)]
        words = (
            f"I keep thinking about {topic}. Can you say in a few sentences what matters most here, and what I could "
            "try first? I would rather understand it than only be told."
            if turn % 2 else
            f"Let us look at {topic} together. First say what you have noticed yourself; then we compare it with what "
            "others found, and you choose the next step.")
        candidate = messages + [{"role": "user" if turn % 2 else "assistant", "content": words}]
        text = request(candidate, extra)
        if len(text) > size - 60:
            break
        messages = candidate
    room = size - len(request(messages + [{"role": "user", "content": ""}], extra))
    messages.append({"role": "user", "content": ("And now, shortly: what would you ask me? " * 200)[: max(room, 1)]})
    return request(messages, extra)


def request(messages: list, extra: dict) -> bytes:
    body = {"model": "mock-model", "messages": messages, "temperature": 0.2, "max_tokens": 256, **extra}
    return json.dumps(body, separators=(",", ":")).encode()


def write_bodies(folder: Path) -> dict[str, Path]:
    bodies = {
        "1k": conversation(1024), "4k": conversation(4096),
        "stream": conversation(1024, stream=True, stream_options={"include_usage": True}),
    }
    paths = {}
    for name, body in bodies.items():
        paths[name] = folder / f"body-{name}.json"
        paths[name].write_bytes(body)
    return paths


def command(load: Load, url: str, seconds: float, threads: int) -> list[str]:
    return [
        "wrk", "-t", str(min(threads, load.connections)), "-c", str(load.connections), "-d", f"{max(1, round(seconds))}s",
        "--timeout", "60s", "-s", str(SCRIPT), url]


def start(load: Load, url: str, key: str, body: Path, seconds: float, threads: int) -> subprocess.Popen:
    """Starts wrk; ``result`` reads what it found."""
    return subprocess.Popen(
        command(load, url, seconds, threads), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "BENCH_BODY": str(body), "BENCH_KEY": key, "BENCH_THINK": str(load.think)},
        start_new_session=True, preexec_fn=die_with_parent)


def result(process: subprocess.Popen) -> dict:
    try:
        output, _ = process.communicate()
    except BaseException:
        process.kill()
        process.wait()
        raise
    for line in output.splitlines():
        if line.startswith("RESULT "):
            found = json.loads(line.removeprefix("RESULT "))
            found["per_second"] = found["requests"] / (found["microseconds"] / 1e6)
            found["failed"] = sum(found["errors"].values())
            return found
    raise RuntimeError(f"wrk gave no result:\n{output[-2000:]}")
