"""What an evaluation adds to each conversation, and the memory that it needs. Prints a table.

The model is the mock upstream over loopback, which answers at once; it runs on the same machine and takes its share of it.
A conversation is one message and one reply, kept on disk. Trellis's times hold the start of the program, Inspect's don't.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

TRELLIS, MOCK = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
SMALL, LARGE = int(os.environ.get("SAMPLES", "2000")), int(os.environ.get("LARGE", "50000"))
INSPECT = pathlib.Path(".trellis/inspect/bin/python").absolute()  # not resolved: its folder is the environment

PEER = """
import sys, time, resource
from inspect_ai import Task, eval
from inspect_ai.dataset import Sample
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import includes
from inspect_ai.solver import generate
count, model = int(sys.argv[1]), sys.argv[2]
task = Task(dataset=[Sample(input=f"Message {n}: should I move?", target="a") for n in range(count)],
            solver=[generate()], scorer=includes())
if model.startswith("mockllm"):
    # Without usage it would count tokens with a file from the network.
    reply = ModelOutput.from_content("model", "That is for you to decide.")
    reply.usage = ModelUsage(input_tokens=5, output_tokens=6, total_tokens=11)
    model = get_model(model, custom_outputs=[reply] * count)
began = time.monotonic()
[log] = eval(task, model=model, log_dir=sys.argv[3], display="none", max_connections=64, max_samples=64, max_retries=0)
took = time.monotonic() - began
assert log.status == "success", log.error.message[-300:]
print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def suite(folder, scenarios, judged):
    path = folder / f"suite-{scenarios}-{judged}.yaml"
    with path.open("w") as file:
        file.write("suite: bench/moves\ngoods:\n  own-choice:\n    says: The person decides.\n"
                   "    signs: [leaves it]\n    failures: [decides]\n"
                   + ("    conduct: { leaves-decision: helps, directive-density: harms }\n" if judged else "")
                   + "scenarios:\n")
        for n in range(scenarios):
            file.write(f"  - id: s-{n}\n    says: [\"Message {n}: should I move?\"]\n")
    return path


def run(command, **more):
    """Seconds, and the most memory in KiB."""
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)
    errors = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, errors.decode()
    return time.monotonic() - began, usage.ru_maxrss


def trellis(folder, url, scenarios, seeds, charter, judged=True):
    out = folder / f"run-{scenarios}-{seeds}-{charter.replace('/', '-')}-{judged}"
    took, memory = run([TRELLIS, "evaluate", "run", "--suite", suite(folder, scenarios, judged), "--charter", charter, "--model",
                        "mock-model", "--url", url, "--seeds", str(seeds), "--at-once", "64", "--turns", "1", "--out", out])
    kept = sum(1 for _ in (out / "samples.jsonl").open())
    assert kept == scenarios * seeds
    return took, memory


def row(what, count, took, memory):
    print(f"| {what} | {count:,} | {took:.1f} | {took / count * 1000:.3f} | {memory / 1024:.0f} |", flush=True)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        mock = subprocess.Popen([MOCK, "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            url = f"http://127.0.0.1:{json.loads(mock.stdout.readline())['port']}/v1"
            print("| what | conversations | seconds | ms each | MiB |\n|---|---:|---:|---:|---:|")
            took, memory = trellis(folder, url, SMALL, 1, "none", judged=False)
            row("Trellis, no charter, nothing to judge", SMALL, took, memory)
            ours = took / SMALL
            took, memory = trellis(folder, url, SMALL, 1, "none")
            row("Trellis, no charter, judged by two signals", SMALL, took, memory)
            took, memory = trellis(folder, url, SMALL, 1, "commons/advisor")
            row("Trellis, under commons/advisor, judged by two signals", SMALL, took, memory)
            if os.environ.get("PEERS"):
                script = folder / "peer.py"
                script.write_text(PEER)
                base = {**os.environ, "MOCK_BASE_URL": url, "MOCK_API_KEY": "none"}
                for label, model in [("inspect_ai, its mock model", "mockllm/model"),
                                     ("inspect_ai, the same server", "openai-api/mock/mock-model")]:
                    done = subprocess.run([INSPECT, script, str(SMALL), model, folder / label.split(",")[1].strip().replace(" ", "-")],
                                          env=base, capture_output=True, text=True, cwd=folder)
                    assert done.returncode == 0, (done.stdout + done.stderr)[-2000:]
                    took, memory = map(float, done.stdout.split()[-2:])
                    row(f"{label} (without its start)", SMALL, took, memory)
                    print(f"|   … times Trellis without a charter and a judge | | | {took / SMALL / ours:.0f}× | |")
            if LARGE:
                took, memory = trellis(folder, url, 2_500, LARGE // 2_500, "none")
                row("Trellis, no charter, judged by two signals", LARGE, took, memory)
        finally:
            mock.terminate()
            mock.wait()


if __name__ == "__main__":
    main()
