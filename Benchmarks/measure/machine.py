"""What the numbers were measured on."""

import os
import platform
import re
import subprocess
from pathlib import Path


def words(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    lines = (done.stdout + done.stderr).strip().splitlines()
    return lines[0].strip() if lines else "unknown"


def describe() -> dict:
    information = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*:\s*(.+)", information)
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    system = re.search(r'PRETTY_NAME="([^"]+)"', Path("/etc/os-release").read_text())
    return {
        "processor": model[1].strip() if model else platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(int(memory[1]) / 1024 / 1024, 1) if memory else None,
        "system": system[1] if system else platform.system(),
        "kernel": platform.release(),
        "swift": words(["swift", "--version"]),
        "wrk": words(["wrk", "-v"]).split(" Copyright")[0],
        "python": platform.python_version(),
        "commit": words(["git", "rev-parse", "--short", "HEAD"]),
        "changed": words(["git", "status", "--porcelain", "--untracked-files=no"]) not in ("unknown",),
        "load_average_at_start": os.getloadavg()[0],
    }


def busy_seconds() -> float:
    """Processor seconds, of all cores, that programs used or that another machine took since the start.

    Without the time of interrupts: those of our own load are charged to no program.
    """
    user, nice, system, _, _, _, _, steal, *_ = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:])
    return (user + nice + system + steal) / os.sysconf("SC_CLK_TCK")


def slug(machine: dict) -> str:
    """A short name for files: cores and processor."""
    name = re.sub(r"\((r|tm)\)|\bcpu\b|\bprocessor\b|@.*$", "", machine["processor"].lower())
    return f"{machine['cores']}x-" + "-".join(re.findall(r"[a-z0-9]+", name)[:4])
