"""Keeps Trellis busy for a while and reports whether its memory stays flat."""

import argparse
import contextlib
import json
import os
import shutil
import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path

from . import load as loads
from . import machine, targets
from .bench import say
from .processes import ended_by_signals
from .report import MIB

SAMPLE = 5  # seconds between two looks at the memory
SEGMENT = 30  # seconds after which every client leaves, some of them mid-stream, and new ones come
LOADS = [
    loads.Load("plain", "requests, 48 connections, each pausing 30 ms between requests", 48, "1k", think=30),
    loads.Load("streams", "streams, 16 connections, each pausing 30 ms between streams", 16, "stream", think=30),
]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="Benchmarks/soak.sh", description=__doc__)
    parser.add_argument("--products", type=Path, required=True, help="the folder of the release products")
    parser.add_argument("--seconds", type=float, default=float(os.environ.get("SOAK_SECONDS", 600)))
    parser.add_argument("--target", default="trellis", choices=["trellis", "nginx"])
    parser.add_argument("--results", type=Path, default=targets.ROOT / "Benchmarks/results")
    return parser.parse_args()


def soak(options, folder: Path) -> dict:
    bodies = loads.write_bodies(folder)
    with contextlib.ExitStack() as stack:
        mock = targets.start_mock(options.products, folder, chunks=50, chunk_delay=5)
        stack.callback(mock.server.stop)
        target = (targets.start_trellis(mock, options.products, folder) if options.target == "trellis"
                  else targets.start_nginx(mock, folder))
        stack.callback(target.server.stop)
        target.server.settles()
        targets.check(target, mock, bodies, 50)
        idle = target.server.memory()
        samples, results = [], []
        start = time.monotonic()
        end, following = start + options.seconds, start
        while time.monotonic() < end:
            length = min(SEGMENT, end - time.monotonic())
            segment = [
                loads.start(load, target.url_for(load), target.key, bodies[load.body], length, 1) for load in LOADS]
            try:
                while any(process.poll() is None for process in segment):
                    if time.monotonic() >= following:
                        following += SAMPLE
                        samples.append({
                            "second": round(time.monotonic() - start, 1), "resident": target.server.memory(),
                            "processor_seconds": round(target.server.cpu_seconds(), 2), "data": size_of(target)})
                        last = samples[-1]
                        say(f"{last['second']:6.0f} s  {last['resident'] / MIB:7.1f} MiB resident  "
                            f"{last['data'] / MIB:7.1f} MiB of data")
                    time.sleep(0.1)
                for load, process in zip(LOADS, segment):
                    results.append({"load": load.id, **loads.result(process)})
            finally:
                for process in segment:
                    if process.poll() is None:
                        process.terminate()
                        process.wait()
        if target.server.process.poll() is not None:
            raise RuntimeError(f"{target.name} ended during the soak:\n{target.server.log.read_text()[-2000:]}")
        target.server.settles()
        return {
            "target": target.name, "version": target.version, "seconds": options.seconds, "idle": idle,
            "highest": target.server.memory("VmHWM"), "after": target.server.memory(), "samples": samples,
            "requests": sum(found["requests"] for found in results if found["load"] == "plain"),
            "streams": sum(found["requests"] for found in results if found["load"] == "streams"),
            "failed": sum(found["failed"] for found in results),
            "abandoned_upstream": json.loads(targets.answer(mock.url + "/mock/counts")[2])["abandonedReplies"],
            "receipt_after": targets.check_receipt(target) if target.facts.get("receipt") else None,
            "growth_percent": growth(samples),
        }


def size_of(target) -> int:
    """Bytes under the target's data folder."""
    folder = Path(target.facts.get("data", "/nonexistent"))
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total


def growth(samples: list[dict]) -> float | None:
    """From the half minute after the first minute to the last half minute, medians of both, in percent."""
    last = samples[-1]["second"] if samples else 0
    early = [sample["resident"] for sample in samples if 60 <= sample["second"] <= 90]
    late = [sample["resident"] for sample in samples if sample["second"] >= last - 30]
    if last < 120 or not early or not late:
        return None
    return (statistics.median(late) / statistics.median(early) - 1) * 100


def summary(found: dict) -> list[str]:
    grown = found["growth_percent"]
    return [
        f"Resident memory idle {found['idle'] / MIB:.1f} MiB, highest {found['highest'] / MIB:.1f} MiB, "
        f"after the load {found['after'] / MIB:.1f} MiB.",
        "Growth after the first minute: "
        + ("not judged, the soak was shorter than two minutes." if grown is None else
           f"{grown:+.1f}% (less than 5%: {'met' if grown < 5 else f'MISSED by {grown - 5:.1f} points'})."),
        f"{found['requests']:,} plain replies and {found['streams']:,} streams; {found['failed']} failed; "
        f"{found['abandoned_upstream']} replies were broken off towards the model because their client had left.",
        *([f"The receipt of the very first reply, looked up at the end: {found['receipt_after']}."]
          if found["receipt_after"] else []),
    ]


def markdown(found: dict) -> str:
    about = found["machine"]
    text = [
        f"# Soak of {found['target']} on {found['date'].replace('T', ' at ')}", "",
        f"{found['seconds']:.0f} seconds on {about['cores']} cores of {about['processor']}, {about['memory_gib']} GiB; "
        f"{about['system']}; commit {about['commit']}. "
        "Load: " + "; ".join(load.title for load in LOADS) + f". Every {SEGMENT} seconds all clients leave, those in a "
        "stream without waiting for its end, and new ones come. The mock streams 50 chunks, 5 ms apart.", "",
        *[f"- {line}" for line in summary(found)], "",
        "| second | resident | processor time so far | data on disk |", "|---:|---:|---:|---:|",
    ]
    step = max(1, len(found["samples"]) // 24)
    for sample in found["samples"][::step]:
        text.append(
            f"| {sample['second']:.0f} | {sample['resident'] / MIB:.1f} MiB | {sample['processor_seconds']:.0f} s "
            f"| {sample['data'] / MIB:.1f} MiB |")
    return "\n".join(text) + "\n"


def main() -> None:
    options = arguments()
    about = machine.describe()
    home = targets.ROOT / ".trellis"
    home.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="soak-", dir=home))
    try:
        with ended_by_signals():
            found = soak(options, folder)
    except KeyboardInterrupt as stop:
        raise SystemExit(f"soak: stopped ({stop}); nothing was written") from None
    except RuntimeError as problem:
        raise SystemExit(f"soak: {problem}") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    now = datetime.now()
    found = {"date": now.isoformat(timespec="minutes"), "machine": about, **found}
    options.results.mkdir(parents=True, exist_ok=True)
    path = options.results / f"{now:%Y-%m-%d-%H%M}-{machine.slug(about)}-soak.md"
    path.with_suffix(".json").write_text(json.dumps(found, indent=1) + "\n")
    path.write_text(markdown(found))
    print("\n".join(summary(found)))
    print(f"Written to {path} and its .json.")


if __name__ == "__main__":
    main()
