"""Measures every target under every load, in interleaved rounds, and writes what came out."""

import argparse
import contextlib
import os
import resource
import shutil
import statistics
import sys
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path

from . import load as loads
from . import machine, report, targets
from .processes import ended_by_signals

ROOT = targets.ROOT


def arguments() -> argparse.Namespace:
    quick = bool(os.environ.get("QUICK"))
    parser = argparse.ArgumentParser(prog="Benchmarks/run.sh", description=__doc__)
    parser.add_argument("--targets", default="direct,nginx,trellis", help="which to measure, separated by commas")
    parser.add_argument("--products", type=Path, required=True, help="the folder of the release products")
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("BENCH_ROUNDS", 1 if quick else 3)))
    parser.add_argument("--seconds", type=float, default=float(os.environ.get("BENCH_SECONDS", 2 if quick else 5)),
                        help="how long each measurement lasts; a second of warm-up comes before it")
    parser.add_argument("--chunks", type=int, default=100, help="text chunks in each stream")
    parser.add_argument("--wrk-threads", type=int, default=1)
    parser.add_argument("--loads", default=",".join(load.id for load in loads.LOADS))
    parser.add_argument("--results", type=Path, default=ROOT / "Benchmarks/results")
    return parser.parse_args()


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class MemoryWatch:
    """Takes the highest resident memory of a server while a load runs."""

    def __init__(self, server):
        self.server, self.highest, self.over = server, 0, threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)

    def watch(self):
        while not self.over.wait(0.25):
            self.highest = max(self.highest, self.server.memory())

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


def ours(servers) -> float:
    """Processor seconds of the servers and of every wrk that has ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(server.cpu_seconds() for server in servers) + children.ru_utime + children.ru_stime


def measured(target, load, bodies, options, servers) -> dict:
    """One measurement: warm-up, load, and the work that the target does after the last reply."""
    url, body = target.url_for(load), bodies[load.body]
    loads.result(loads.start(load, url, target.key, body, target.patience, options.wrk_threads))
    target.server.settles()
    before = target.server.cpu_seconds()
    started, busy, used = time.monotonic(), machine.busy_seconds(), ours(servers)
    with MemoryWatch(target.server) as memory:
        seconds = options.seconds * target.patience
        found = loads.result(loads.start(load, url, target.key, body, seconds, options.wrk_threads))
    others = machine.busy_seconds() - busy - (ours(servers) - used)
    found["others_percent"] = max(0.0, others / (time.monotonic() - started) / os.cpu_count() * 100)
    started = time.monotonic()
    found["settled"] = target.server.settles()
    found["settling_seconds"] = time.monotonic() - started
    found["cpu_per_10k"] = (target.server.cpu_seconds() - before) / max(1, found["requests"]) * 10_000
    found["memory"] = memory.highest
    if load.is_stream:
        found["chunks_per_second"] = found["per_second"] * options.chunks
    return found


def measure_all(options, folder: Path) -> dict:
    bodies = loads.write_bodies(folder)
    chosen = [load for load in loads.LOADS if load.id in options.loads.split(",")]
    names = options.targets.split(",")
    with contextlib.ExitStack() as stack:
        mock = targets.start_mock(options.products, folder, options.chunks)
        stack.callback(mock.server.stop)
        running = []
        for name in names:
            match name:
                case "direct": target = mock
                case "nginx": target = targets.start_nginx(mock, folder)
                case "trellis": target = targets.start_trellis(mock, options.products, folder)
                case "litellm": target = targets.start_litellm(mock, folder)
                case _: raise SystemExit(f"bench: there is no target '{name}' (direct, nginx, trellis, litellm)")
            if target is not mock:
                stack.callback(target.server.stop)
            target.server.settles()
            target.facts["memory_idle"] = target.server.memory()
            targets.check(target, mock, bodies, options.chunks)
            running.append(target)
            say(f"bench: {name} is up ({target.version})")

        runs: dict = {target.name: {load.id: [] for load in chosen} for target in running}
        servers = {mock.server.process.pid: mock.server, **{t.server.process.pid: t.server for t in running}}.values()
        for number in range(options.rounds):
            for load in chosen:
                # Each round begins with another target, so that none is always first.
                order = running[number % len(running):] + running[: number % len(running)]
                for target in order:
                    found = measured(target, load, bodies, options, servers)
                    runs[target.name][load.id].append(found)
                    rate = f"{found.get('chunks_per_second', found['per_second']):10,.0f}"
                    unit = "chunks/s" if load.is_stream else "requests/s"
                    say(f"round {number + 1}  {load.id:14} {target.name:8} {rate} {unit:10}  "
                        f"p50 {found['p50'] / 1000:7.3f} ms  p99 {found['p99'] / 1000:7.3f} ms  "
                        f"failed {found['failed']}")
        for target in running:
            target.facts["memory_highest_ever"] = target.server.memory("VmHWM")
            if target.facts.get("receipt"):
                target.facts["receipt_after"] = targets.check_receipt(target)
        return {
            "targets": {
                target.name: {
                    "version": target.version, "command": portable(" ".join(target.server.command), folder),
                    "configuration": portable(target.configuration, folder),
                    "facts": {key: portable(value, folder) if isinstance(value, str) else value
                              for key, value in target.facts.items()}}
                for target in running},
            "loads": {
                load.id: {
                    "title": load.title, "connections": load.connections, "body": load.body, "think_ms": load.think,
                    "body_bytes": bodies[load.body].stat().st_size,
                    "command": portable(" ".join(loads.command(load, "URL", options.seconds, options.wrk_threads)), folder)}
                for load in chosen},
            "runs": runs,
            "medians": {
                name: {id: medians(found) for id, found in of.items()} for name, of in runs.items()},
        }


def portable(text: str, folder: Path) -> str:
    """The text without paths that exist on this machine only."""
    return text.replace(str(folder), "TEMPORARY").replace(str(ROOT) + "/", "")


def medians(rounds: list[dict]) -> dict:
    """The median round of each number, and how far the rounds lie apart in percent of it."""
    result = {"failed": sum(found["failed"] for found in rounds)}
    for key in ("per_second", "chunks_per_second", "p50", "p90", "p99", "p999", "max", "mean", "cpu_per_10k", "memory", "others_percent"):
        values = [found[key] for found in rounds if key in found]
        if values:
            middle = statistics.median(values)
            result[key] = middle
            result[key + "_spread"] = (max(values) - min(values)) / middle * 100 if middle else 0
    return result


def main() -> None:
    options = arguments()
    about = machine.describe()
    if about["load_average_at_start"] > 0.5 * about["cores"]:
        say(f"bench: the machine is busy (load {about['load_average_at_start']:.1f} on {about['cores']} cores); "
            "the numbers will say more about that than about the programs")
    home = ROOT / ".trellis"
    home.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=home))
    try:
        with ended_by_signals():
            found = measure_all(options, folder)
    except KeyboardInterrupt as stop:
        raise SystemExit(f"bench: stopped ({stop}); nothing was written") from None
    except RuntimeError as problem:
        raise SystemExit(f"bench: {problem}") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    now = datetime.now()
    found = {
        "date": now.isoformat(timespec="minutes"), "machine": about, "rounds": options.rounds,
        "seconds": options.seconds, "chunks": options.chunks, "wrk_threads": options.wrk_threads, **found}
    found["verdicts"] = report.verdicts(found)
    path = report.write(found, options.results, f"{now:%Y-%m-%d-%H%M}-{machine.slug(about)}")
    print(report.table(found))
    print(f"\nWritten to {path.relative_to(ROOT) if path.is_relative_to(ROOT) else path} and its .json.")


if __name__ == "__main__":
    main()
