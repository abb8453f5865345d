"""Tables and files from what was measured."""

import json
import statistics
from pathlib import Path

MIB = 1024 * 1024


def added(found: dict, name: str, id: str, key: str) -> float | None:
    """What the target adds to the mock's own percentile, in ms: the median of the rounds' differences."""
    pairs = zip(found["runs"].get(name, {}).get(id, []), found["runs"].get("direct", {}).get(id, []))
    differences = [(through[key] - straight[key]) / 1000 for through, straight in pairs]
    return statistics.median(differences) if differences else None


def disturbance(found: dict) -> tuple[bool, str]:
    """Whether the machine was quiet enough for the numbers to be quoted, and a sentence on it."""
    shares = [run["others_percent"] for loads in found["runs"].values() for runs in loads.values() for run in runs]
    spreads = [of["per_second_spread"] for loads in found["medians"].values() for of in loads.values()]
    share, spread = statistics.median(shares), max(spreads)
    quiet = share < 5 and max(shares) < 20 and spread < 25
    sentence = (
        f"Other programs had {share:.0f}% of the processor at the median and {max(shares):.0f}% at most; the widest "
        f"spread of a rate was {spread:.0f}%.")
    return quiet, sentence if quiet else sentence + " The machine was NOT quiet: these numbers are not to be quoted."


def verdicts(found: dict) -> list[dict]:
    """Every target that the project set itself, what was measured, and by how much it was missed."""
    medians, facts = found["medians"], {name: of["facts"] for name, of in found["targets"].items()}
    if "trellis" not in medians:
        return []
    trellis, nginx, direct = medians["trellis"], medians.get("nginx", {}), medians.get("direct", {})
    result = []

    def judge(what: str, value: float, limit: float, unit: str, at_least: bool = False) -> None:
        met = value >= limit if at_least else value <= limit
        missed = 0.0 if met else abs(value - limit) / limit * 100
        result.append({
            "what": what, "value": value, "limit": limit, "unit": unit, "at_least": at_least, "met": met,
            "missed_by_percent": missed})

    for id, name in (("throughput", "requests/s of nginx's, 1 KB"), ("throughput-4k", "requests/s of nginx's, 4 KB")):
        if trellis.get(id) and nginx.get(id):
            share = trellis[id]["per_second"] / nginx[id]["per_second"] * 100
            judge(f"{name}, 64 connections", share, 60, "%", at_least=True)
    for id, name in (("latency", "as fast as they go"), ("latency-paced", "paced")):
        if trellis.get(id) and direct.get(id):
            for key, limit in (("p50", 0.3), ("p99", 1.0)):
                judge(f"added at {key}, 16 connections, {name}", added(found, "trellis", id, key), limit, "ms")
    if trellis.get("stream") and nginx.get("stream"):
        share = trellis["stream"]["chunks_per_second"] / nginx["stream"]["chunks_per_second"] * 100
        judge("chunks/s of nginx's, 64 connections", share, 80, "%", at_least=True)
    judge("resident memory, idle", facts["trellis"]["memory_idle"] / MIB, 64, "MiB")
    busy = [of["memory"] for id, of in trellis.items() if found["loads"][id]["connections"] == 64]
    if busy:
        judge("resident memory, 64 connections", max(busy) / MIB, 128, "MiB")
    return result


def rows(found: dict) -> tuple[list[str], list[list[str]]]:
    """One row a load and number, one column a target."""
    names = list(found["targets"])
    compared = "trellis" in names and "nginx" in names
    header = ["", *names, *(["trellis / nginx"] if compared else [])]
    table = []

    def row(title: str, values: dict, show, compare: bool = True) -> None:
        line = [title, *(show(values[name]) if values.get(name) is not None else "" for name in names)]
        if compared:
            both = compare and values.get("trellis") is not None and values.get("nginx")
            line.append(f"{values['trellis'] / values['nginx'] * 100:.0f}%" if both else "")
        table.append(line)

    def of(id: str, key: str) -> dict:
        return {name: medians[id][key] for name, medians in found["medians"].items() if key in medians.get(id, {})}

    for id, about in found["loads"].items():
        if about["body"] == "stream":
            row(f"{id}: chunks/s", of(id, "chunks_per_second"), lambda value: f"{value:,.0f}")
        else:
            row(f"{id}: requests/s", of(id, "per_second"), lambda value: f"{value:,.0f}")
        row("    spread of the rounds", of(id, "per_second_spread"), lambda value: f"{value:.0f}%", compare=False)
        if about["body"] != "stream":
            for key in ("p50", "p99"):
                row(f"    {key}", of(id, key), lambda value: f"{value / 1000:.3f} ms", compare=False)
        if id.startswith("latency") and "direct" in names:
            for key in ("p50", "p99"):
                row(f"    added at {key}", {name: added(found, name, id, key) for name in names if name != "direct"},
                    lambda value: f"{value:+.3f} ms", compare=False)
        row("    processor time for 10,000", of(id, "cpu_per_10k"), lambda value: f"{value:.2f} s")
        row("    resident memory", of(id, "memory"), lambda value: f"{value / MIB:.0f} MiB")
        failed = of(id, "failed")
        if any(failed.values()):
            row("    FAILED requests", failed, str, compare=False)
    idle = {name: about["facts"]["memory_idle"] for name, about in found["targets"].items()}
    row("idle: resident memory", idle, lambda value: f"{value / MIB:.0f} MiB")
    return header, table


def table(found: dict) -> str:
    """The table for a terminal, and the targets below it."""
    header, lines = rows(found)
    widths = [max(len(line[index]) for line in [header, *lines]) for index in range(len(header))]
    text = ["", "  ".join(cell.rjust(width) if index else cell.ljust(width)
                          for index, (cell, width) in enumerate(zip(header, widths)))]
    for line in lines:
        text.append("  ".join(cell.rjust(width) if index else cell.ljust(width)
                              for index, (cell, width) in enumerate(zip(line, widths))))
    text += ["", disturbance(found)[1]]
    if found["verdicts"]:
        text += ["", "Targets"] + ["  " + line for line in verdict_lines(found)]
    return "\n".join(text)


def verdict_lines(found: dict) -> list[str]:
    lines = []
    for verdict in found["verdicts"]:
        bound = "at least" if verdict["at_least"] else "at most"
        outcome = "met" if verdict["met"] else f"MISSED by {verdict['missed_by_percent']:.0f}%"
        lines.append(
            f"{verdict['what']}: {verdict['value']:.3g} {verdict['unit']} "
            f"({bound} {verdict['limit']:g} {verdict['unit']}): {outcome}")
    return lines


def write(found: dict, folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(found, indent=1) + "\n")
    path = folder / f"{name}.md"
    path.write_text(markdown(found))
    return path


def markdown(found: dict) -> str:
    header, lines = rows(found)
    about = found["machine"]
    text = [
        f"# Measured on {found['date'].replace('T', ' at ')}", "",
        f"{about['cores']} cores of {about['processor']}, {about['memory_gib']} GiB; {about['system']}, "
        f"kernel {about['kernel']}; {about['swift']}; commit {about['commit']}. "
        f"Load average before the start: {about['load_average_at_start']:.2f}.", "",
        f"Everything ran on this one machine at once, over loopback: {about['wrk']}, the mock upstream with one event "
        f"loop, and the proxy. Each number is the median of {found['rounds']} interleaved rounds of "
        f"{found['seconds']:g} seconds after a second of warm-up; *spread* is the distance between the highest and the "
        "lowest round in percent of the median. `Benchmarks/README.md` says how each number is got and what it does "
        "not show. " + disturbance(found)[1], "",
        "| " + " | ".join(header) + " |", "|---" + "|---:" * (len(header) - 1) + "|",
    ]
    text += ["| " + " | ".join(cell.replace("    ", "&emsp;") for cell in line) + " |" for line in lines]
    if found["verdicts"]:
        text += ["", "## Targets", "", "| what | measured | target | outcome |", "|---|---:|---:|---|"]
        for verdict in found["verdicts"]:
            bound = "≥" if verdict["at_least"] else "≤"
            outcome = "met" if verdict["met"] else f"missed by {verdict['missed_by_percent']:.0f}%"
            text.append(
                f"| {verdict['what']} | {verdict['value']:.3g} {verdict['unit']} | {bound} {verdict['limit']:g} "
                f"{verdict['unit']} | {outcome} |")
    text += ["", "## How", "", "| load | what wrk sends | command |", "|---|---|---|"]
    for id, of in found["loads"].items():
        text.append(f"| {id} | {of['title']}; body of {of['body_bytes']} bytes | `{of['command']}` |")
    for name, of in found["targets"].items():
        text += ["", f"### {name}", "", of["version"].rstrip(".") + ".", "", "```", of["command"], "```"]
        if of["configuration"]:
            text += ["", "```", of["configuration"].strip(), "```"]
        sentences = {
            "brief_bytes": "The brief added {} bytes to the 1 KB request.",
            "receipt_after": "The receipt of the very first reply, looked up after everything else: {}.",
        }
        said = [sentence.format(of["facts"][key]) for key, sentence in sentences.items() if key in of["facts"]]
        text += ["", *said] if said else []
    return "\n".join(text).rstrip() + "\n"
