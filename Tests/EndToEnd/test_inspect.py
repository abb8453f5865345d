"""Inspect (UK AISI) with Trellis as its model provider: an existing suite measures a governed model."""

import json
import subprocess

import programs
import pytest

INSPECT = programs.HOME / "inspect/bin/python"

# A suite as Inspect's users write it; nothing in it knows of Trellis.
TASK = """
import json, sys
from inspect_ai import Task, eval
from inspect_ai.dataset import Sample
from inspect_ai.model import GenerateConfig
from inspect_ai.scorer import includes
from inspect_ai.solver import generate, system_message

task = Task(
    dataset=[Sample(input=f"Question {n}: is Lyon in France?", target="%s") for n in range(3)],
    solver=[system_message("Be brief."), generate()], scorer=includes())
[log] = eval(task, model="openai-api/trellis/mock-model", log_dir=sys.argv[1], display="none", max_retries=0,
             max_connections=2)
print(json.dumps({
    "status": log.status, "error": str(log.error), "model": log.eval.model,
    "answers": [s.output.completion for s in log.samples],
    "tokens": [s.output.usage.total_tokens if s.output.usage else None for s in log.samples],
    "scores": [s.scores["includes"].value for s in log.samples],
    "roles": [[m.role for m in s.messages] for s in log.samples]}))
"""


@pytest.mark.skipif(not INSPECT.exists(), reason="needs inspect_ai: `make test` sets it up")
def test_inspect_measures_a_model_behind_trellis_under_its_charter(gateway, mock, key, tmp_path):
    said = gateway.chat(key).json()["choices"][0]["message"]["content"].split()[0]
    script = tmp_path / "task.py"
    script.write_text(TASK % said)
    environment = programs.clean_environment(TRELLIS_BASE_URL=f"{gateway.url}/v1", TRELLIS_API_KEY=str(key))
    done = subprocess.run(
        [INSPECT, script, tmp_path / "logs"], env=environment, capture_output=True, text=True, timeout=180, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["status"] == "success", result["error"]
    assert result["scores"] == ["C", "C", "C"] and all(said in answer for answer in result["answers"])
    assert result["roles"] == [["system", "user", "assistant"]] * 3
    # The model was told the charter of the key's application, beside Inspect's own system message.
    told = mock.last().json()["messages"]
    systems = [turn["content"] for turn in told if turn["role"] == "system"]
    assert "Be brief." in " ".join(systems) and len(" ".join(systems)) > 200
