"""What a researcher gets of a run: one page, tables, Inspect's logs, and a comparison that fails a build."""

import csv
import html.parser
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree

import pytest
import yaml

import programs

JUDGE = {"kind": "local", "name": "made", "version": "1", "prompt": "", "settings": {}}
OTHER = {"kind": "model", "name": "qwen", "version": "rubric-1", "prompt": "ab" * 32, "settings": {"runs": "2"}}
HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">\u2028\u202e"
QUOTE = "What would you try first?"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
INSPECT = programs.HOME / "inspect/bin/python"


def suite():
    """A suite that comes with Trellis, as it describes itself."""
    rows = json.loads(programs.trellis("evaluate", "suites", "--json").stdout)
    entry = next(one for one in rows if one["name"] == "scaffolding")
    text = yaml.safe_load(programs.trellis("evaluate", "suites", "scaffolding").stdout)
    goods = list(text["goods"])
    scenarios = [(one["id"], one.get("goods", goods), one.get("wise", []), one.get("unwise", [])) for one in text["scenarios"]]  # fmt: skip
    return entry, scenarios


def write_run(folder, gain=0.3, scenarios=30, seeds=(1, 2), repeat=1, words=60):
    """A run under no charter and under one, whose estimates differ by `gain`. With `repeat`, more seeds."""
    entry, known = suite()
    known = known[:scenarios]
    seeds = [seed + 1000 * more for more in range(repeat) for seed in seeds]
    plan = {
        "form": 1,
        "suites": [
            {"id": "trellis/scaffolding", "version": entry["version"], "fingerprint": entry["fingerprint"], "scenarios": [one[0] for one in known]}  # fmt: skip
        ],
        "governances": [
            {"label": "none"},
            {"label": "commons/tutor", "charter": "commons/tutor 2.0.0", "fingerprint": "cd" * 32},
        ],
        "models": [{"label": "small", "name": "small", "address": "http://127.0.0.1:9/v1"}],
        "seeds": seeds,
        "persons": "scripted",
        "mostTurns": 1,
        "sampling": {"temperature": 0.7, "maximumTokens": 300, "seed": 0},
        "judges": [JUDGE, OTHER],
    }
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(plan), encoding="utf-8")
    with (folder / "samples.jsonl").open("w", encoding="utf-8") as file:
        for number, (scenario, goods, wise, _) in enumerate(known):
            for seed in seeds:
                for label in ("none", "commons/tutor"):
                    key = {"suite": "trellis/scaffolding", "scenario": scenario, "model": "small", "governance": label, "seed": seed}  # fmt: skip
                    value = -0.2 + 0.02 * (number % 7) + (gain + 0.01 * (number % 5) if label != "none" else 0)
                    file.write(json.dumps(sample(key, goods, value, wise[0] if label != "none" else None, words)) + "\n")
    return folder


def sample(key, goods, value, move, words):
    reply = QUOTE + " " + HOSTILE + " And then another step. " * (words // 6)
    said = [
        {"role": "user", "words": "Can you do it for me?", "floor": []},
        {"role": "assistant", "words": reply, "floor": [], **({"move": move} if move else {})},
    ]
    estimate = {"value": value, "lower": max(-1, value - 0.25), "upper": min(1, value + 0.25), "coverage": 1}
    judgements = [
        {
            "appraisal": {"estimates": {good: estimate for good in goods}, "judge": judge["name"], "method": "made", "at": 0},
            "findings": [{"good": goods[0], "turn": 1, "quote": QUOTE, "bearing": "helps", "why": HOSTILE, "by": "run 1"}],
            "dropped": [{"good": goods[0], "words": "I did it for you", "reason": "invented", "by": "run 2"}],
            "disagreements": [],
            "judge": judge,
            "cost": {"calls": 1, "cached": 0, "inputTokens": 5, "outputTokens": 2},
            "problems": [],
        }
        for judge in (JUDGE, OTHER)
    ]
    tokens = {"input": 40, "output": 20}
    return {"key": key, "turns": said, "judgements": judgements, "modelTokens": tokens, "personTokens": {"input": 0, "output": 0}, "startedAt": 1_764_300_000_000, "took": 900}  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return write_run(tmp_path_factory.mktemp("evaluated") / "run")


@pytest.fixture(scope="module")
def page(run, tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "report.html"
    done = programs.trellis("evaluate", "report", str(run), "--out", str(file))
    assert done.stdout == f"Wrote {file}.\n"
    return file


class Elements(html.parser.HTMLParser):
    """Counts elements, and reads what the page refers to."""

    def __init__(self):
        super().__init__()
        self.scripts, self.addresses, self.labelled = [], [], []

    def handle_starttag(self, tag, attrs):
        fields = dict(attrs)
        if tag == "script":
            self.scripts.append(fields)
        self.addresses += [value for name, value in attrs if name in ("src", "href") and not value.startswith("#")]
        if tag == "svg":
            self.labelled.append(fields.get("aria-hidden") == "true" or bool(fields.get("aria-label")))


def test_a_report_is_one_page_in_which_hostile_words_stay_words(page, run):
    text = page.read_text(encoding="utf-8")
    found = Elements()
    found.feed(text)
    assert [one for one in found.scripts if "type" not in one] == [{}]
    assert found.addresses == [] and "\u2028" not in text and "<img" not in text
    assert found.labelled and all(found.labelled)
    assert "Better: " in text and "made" in text and "qwen" in text
    assert programs.trellis("evaluate", "report", str(run)).stdout == text
    done = programs.trellis("evaluate", "report", str(run / "nothing"), check=False)
    assert done.returncode == 1 and "holds no run" in done.stderr
    done = programs.trellis("evaluate", "report", str(run), "--out", str(run / "no" / "x.html"), check=False)
    assert done.returncode == 1 and "can't be written" in done.stderr


def test_curves_that_were_measured_apart_come_in_from_a_file(run, tmp_path):
    point = {"place": 0, "value": -0.5, "lower": -0.75, "upper": 0}
    shown = {"title": "own-voice, after <b>", "way": "turn", "about": "", "curves": [{"name": "tutor", "points": [point, {**point, "place": 1}]}]}  # fmt: skip
    file = tmp_path / "curves.json"
    file.write_text(json.dumps([shown]))
    text = programs.trellis("evaluate", "report", str(run), "--curves", str(file)).stdout
    assert 'id="recovery"' in text and "own-voice, after &lt;b&gt;" in text and 'class="band"' in text
    file.write_text('[{"title": 3}]')
    done = programs.trellis("evaluate", "report", str(run), "--curves", str(file), check=False)
    assert done.returncode == 1 and "holds no list of curves" in done.stderr


def browse(page, fragment="", *more):
    done = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=8000", *more, "--dump-dom", f"{page.as_uri()}{fragment}"],  # fmt: skip
        capture_output=True,
        timeout=programs.PATIENCE * 2,
    )
    return done.stdout.decode()


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (Debian's package chromium)")
def test_a_browser_lists_conversations_and_opens_one_with_its_quotes_marked(page):
    shown = browse(page)
    assert "<title>What a run found</title>" in shown
    assert "Conversations 1 to 50 of 120." in shown and "<dialog id=\"sheet\" aria-labelledby=\"sheet-title\"></dialog>" in shown
    opened = browse(page, "#conversation-1")
    assert "<title>What a run found</title>" in opened
    assert f'<mark class="helps">{QUOTE}</mark><sup>1, 2</sup>' in opened
    assert "the quote stands nowhere in what the assistant said" in opened and "I did it for you" in opened
    assert "Judged by made" in opened and "Judged by qwen" in opened and "What was said" in opened
    # What would turn words around is shown in its place.
    assert "\u202e" not in re.sub(r"<script.*?</script>", "", opened, flags=re.S)


def test_json_csv_and_junit_hold_the_same_numbers(run, tmp_path):
    found = json.loads(programs.trellis("evaluate", "report", str(run), "--json").stdout)
    assert found["finished"] == 120 and [cell["governance"] for cell in found["cells"]] == ["none", "commons/tutor"]
    good = found["cells"][1]["judges"][0]["goods"][0]
    assert good["estimate"]["lower"] <= good["estimate"]["value"] <= good["estimate"]["upper"]
    assert found["cells"][1]["moves"]["wise"] == 60 and found["cells"][0]["moves"]["unknown"] == 60
    assert {one["judge"]["name"] for one in found["comparisons"]} == {"made", "qwen"}
    file = tmp_path / "estimates.csv"
    programs.trellis("evaluate", "report", str(run), "--csv", "--out", str(file))
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    values = [float(row["value"]) for row in rows if (row["judge"], row["governance"], row["good"]) == ("made", "commons/tutor", good["good"])]  # fmt: skip
    assert abs(sum(values) / len(values) - good["estimate"]["value"]) < 1e-9
    root = xml.etree.ElementTree.fromstring(programs.trellis("evaluate", "report", str(run), "--junit").stdout)
    assert len(root.findall("testsuite")) == 2 and len(root.findall("testsuite/testcase")) == 120


def compare(*arguments, check=False):
    return programs.trellis("evaluate", "compare", *map(str, arguments), check=check)


BETTER = ("--from", "none", "--to", "commons/tutor")
WORSE = ("--from", "commons/tutor", "--to", "none")


def test_a_comparison_fails_a_build_when_a_good_surely_got_worse(run, tmp_path):
    better = compare(run, *BETTER, check=True)
    assert "Better: " in better.stdout and "60 of 60 finished" in better.stdout and "below 0.001" in better.stdout
    assert "0.000" not in better.stdout and "with a margin of 0.10" in better.stdout
    worse = compare(run, *WORSE)
    assert worse.returncode == 1 and "the whole interval lies beyond the margin of 0.10" in worse.stderr
    wide = compare(run, *WORSE, "--margin", "0.9", check=True)
    assert "Worse: " in wide.stdout
    # A drop of about 0.32 isn't shown to be worse than 0.32, nor to be no worse.
    assert compare(run, *WORSE, "--margin", "0.32").returncode == 0
    strict = compare(run, *WORSE, "--margin", "0.32", "--strict")
    assert strict.returncode == 1 and "it wasn't shown" in strict.stderr
    assert compare(run, *WORSE, "--margin", "0.5", "--strict").returncode == 0
    today = write_run(tmp_path / "today", gain=-0.1)
    done = compare(run, today, "--margin", "0.2", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 1 and found["gotWorse"] and not found["passes"] and len(found["comparisons"]) == 4
    done = compare(run, today, "--margin", "0.2", "--junit")
    assert xml.etree.ElementTree.fromstring(done.stdout).findall("testsuite/testcase/failure")
    assert compare(run).returncode == 64 and compare(run, *BETTER, "--allow-missing", "2").returncode == 64
    done = compare(run, "--from", "none", "--to", "nobody")
    assert done.returncode == 1 and "has no charter nobody. Here are: none, commons/tutor." in done.stderr


def changed(run, folder, change):
    """A copy of a run whose samples are changed, or left out where nothing comes back."""
    shutil.copytree(run, folder)
    lines = [json.loads(line) for line in (run / "samples.jsonl").read_text(encoding="utf-8").splitlines()]
    kept = [json.dumps(one) for one in map(change, lines) if one]
    (folder / "samples.jsonl").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder


def test_a_comparison_does_not_pass_on_those_who_got_through_or_on_goods_that_vanished(run, tmp_path):
    numbers = {one[0]: number for number, one in enumerate(suite()[1])}

    def fails(one):
        if one["key"]["governance"] != "none" and numbers[one["key"]["scenario"]] >= 8:
            one.update(judgements=[], failure="away")
        return one

    few = compare(changed(run, tmp_path / "few", fails), *BETTER)
    assert few.returncode == 1 and "Better: " not in few.stdout and "16 of 60 finished, 44 failed" in few.stdout
    assert "too many pairs are missing: 20% may be" in few.stderr
    allowed = compare(tmp_path / "few", *BETTER, "--allow-missing", "0.95")
    # Of one good nothing is left among those who got through, and that can't be allowed.
    assert allowed.returncode == 1 and "own-ability" in allowed.stderr and "heart" not in allowed.stderr

    def vanishes(one):
        if one["key"]["governance"] != "none":
            for judgement in one["judgements"]:
                judgement["appraisal"]["estimates"].pop("own-ability", None)
        return one

    gone = compare(changed(run, tmp_path / "gone", vanishes), *BETTER)
    assert gone.returncode == 1 and "left open for own-ability" in gone.stdout and "Better: " not in gone.stdout
    assert "has an estimate on both sides" in gone.stderr
    page = programs.trellis("evaluate", "report", tmp_path / "gone").stdout
    assert "left open for own-ability" in page and "Not here, for want of an estimate: B." in page


def test_what_is_in_one_of_two_runs_only_is_named_and_fails_unless_allowed(run, tmp_path):
    today = changed(run, tmp_path / "today", lambda one: one if one["key"]["seed"] == 1 else None)
    manifest = json.loads((today / "manifest.json").read_text())
    manifest.update(seeds=[1], judges=[JUDGE, {**OTHER, "version": "rubric-2"}])
    (today / "manifest.json").write_text(json.dumps(manifest))
    done = compare(run, today)
    assert done.returncode == 1 and "The seed 2 is in the first run only." in done.stderr
    assert "The judge qwen (rubric-1" in done.stderr and "The judge qwen (rubric-2" in done.stderr
    assert xml.etree.ElementTree.fromstring(compare(run, today, "--junit").stdout).findall("testsuite/testcase/failure")
    allowed = compare(run, today, "--common-only")
    assert allowed.returncode == 0 and "The seed 2 is in the first run only." in allowed.stderr
    manifest["suites"][0]["fingerprint"] = "0" * 64
    (today / "manifest.json").write_text(json.dumps(manifest))
    nothing = compare(run, today, "--common-only")
    assert nothing.returncode == 1 and "nothing could be compared" in nothing.stderr
    assert "trellis/scaffolding says something else in the second run" in nothing.stderr


READ = """
import json, sys
from inspect_ai.log import list_eval_logs, read_eval_log, read_eval_log_sample
out = []
for info in sorted(list_eval_logs(sys.argv[1]), key=lambda one: one.name):
    log = read_eval_log(info)
    head = read_eval_log(info, header_only=True)
    first = log.samples[0]
    one = read_eval_log_sample(info, id=first.id, epoch=first.epoch)
    name, score = sorted(first.scores.items())[0]
    out.append({
        "status": head.status, "model": head.eval.model, "task": head.eval.task, "governance": head.eval.metadata["governance"],
        "samples": len(log.samples), "epochs": head.eval.config.epochs, "names": [s.name for s in head.results.scores],
        "metrics": sorted(head.results.scores[0].metrics), "metadata": sorted(head.results.scores[0].metadata), "roles": [m.role for m in one.messages],
        "words": one.messages[1].text, "answer": one.output.completion, "score": name, "value": score.value,
        "quote": score.metadata["findings"][0]["quote"], "explanation": score.explanation,
        "range": [min(s.value for x in log.samples for s in x.scores.values()), max(s.value for x in log.samples for s in x.scores.values())],
        "tokens": log.stats.model_usage["small"].total_tokens, "scored": log.reductions is None,
    })
print(json.dumps(out))
"""


@pytest.mark.skipif(not INSPECT.exists(), reason="needs inspect_ai: `make test` sets it up")
def test_inspect_reads_the_logs_with_messages_and_a_score_for_each_good_and_judge(run, tmp_path):
    done = programs.trellis("evaluate", "report", str(run), "--inspect", str(tmp_path / "logs"))
    assert done.stdout.startswith("Wrote 2 logs into ")
    read = subprocess.run([INSPECT, "-c", READ, str(tmp_path / "logs")], capture_output=True, text=True, timeout=programs.PATIENCE * 2, env=programs.clean_environment())  # fmt: skip
    assert read.returncode == 0, read.stderr[-3000:]
    logs = json.loads(read.stdout)
    assert {log["governance"] for log in logs} == {"none", "commons/tutor"}
    for log in logs:
        assert log["status"] == "success" and log["task"] == "trellis/scaffolding" and log["model"] == "small"
        assert log["samples"] == 60 and log["epochs"] == 2 and log["roles"] == ["user", "assistant"]
        assert log["words"] == log["answer"] and log["words"].startswith(QUOTE + " " + HOSTILE)
        assert log["score"].endswith(" by made") and log["quote"] == QUOTE and QUOTE in log["explanation"]
        assert any(name.endswith(" by qwen") for name in log["names"])
        assert log["metrics"] == ["mean"] and log["metadata"] == ["coverage", "lower", "upper"] and log["tokens"] == 60 * 60
        assert -1 <= log["range"][0] < log["range"][1] <= 1
