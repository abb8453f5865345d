"""Processes that a measurement starts, what they cost, and how they end."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def die_with_parent() -> None:
    """Runs in the child: the kernel ends it should the measurement be killed outright."""
    with contextlib.suppress(OSError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def free_port() -> int:
    """A loopback port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """One server process, with the processes it started itself."""

    name: str
    command: list[str]
    process: subprocess.Popen
    log: Path
    seen: set[int] = field(default_factory=set)

    @classmethod
    def start(cls, name: str, command: list[str], log: Path, env: dict[str, str] | None = None) -> "Server":
        with log.open("wb") as sink:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})}, start_new_session=True, preexec_fn=die_with_parent)
        return cls(name, command, process, log)

    def waits_for(self, ready, seconds: float = 60):
        """What `ready()` gives once it gives something; raises with the server's own words if it never does."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if (found := ready()) is not None:
                return found
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        words = self.log.read_text(errors="replace")[-2000:]
        raise RuntimeError(f"{self.name} did not become ready; it said:\n{words}")

    def pids(self) -> list[int]:
        """The process and its descendants, children before it."""
        found, queue = [], [self.process.pid]
        while queue:
            pid = queue.pop()
            found.append(pid)
            with contextlib.suppress(OSError):
                for task in Path(f"/proc/{pid}/task").iterdir():
                    queue += [int(child) for child in (task / "children").read_text().split()]
        self.seen.update(found)
        return found[::-1]

    def cpu_seconds(self) -> float:
        """Processor time, user and system, of all its processes that still run."""
        total = 0
        for pid in self.pids():
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def memory(self, key: str = "VmRSS") -> int:
        """Resident bytes of all its processes together; pages that they share count once for each."""
        total = 0
        for pid in self.pids():
            with contextlib.suppress(OSError):
                for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                    if line.startswith(key + ":"):
                        total += int(line.split()[1]) * 1024
        return total

    def settles(self, seconds: float = 60) -> bool:
        """Waits until it has used less than a twentieth of a core for half a second."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            before = self.cpu_seconds()
            time.sleep(0.5)
            if self.cpu_seconds() - before < 0.025:
                return True
        return False

    def stop(self) -> None:
        """Asks it to end, then makes it; afterwards none of its processes runs."""
        pids = self.pids()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for pid in pids:
            if pid != self.process.pid and Path(f"/proc/{pid}").exists() and self.session(pid) == self.process.pid:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)

    @staticmethod
    def session(pid: int) -> int:
        with contextlib.suppress(OSError):
            return os.getsid(pid)
        return -1


@contextlib.contextmanager
def ended_by_signals():
    """Turns the signals that end a program into an exception, so that everything started is stopped."""

    def stop(number, _frame):
        raise KeyboardInterrupt(signal.Signals(number).name)

    kept = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
