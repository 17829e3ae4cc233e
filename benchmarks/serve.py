"""Load on `normalize serve` by wrk: rate, latency, errors, memory.

    python benchmarks/serve.py [PROFILE]

Starts the service on a free port of loopback, asks it over 1, 8 and 64 connections,
then 100,000 times, and prints one table. Needs `wrk` (Debian: wrk).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

TEXT = (
    "President Zelenskiy met ministers in Kiev, 5\N{NO-BREAK SPACE}km from the river."
)
SECONDS = 10
REQUESTS = 100_000
SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [==[%s]==]
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %%d %%d %%f %%f %%d\\n", summary.requests,
    summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


def load(address: str, connections: int, seconds: int) -> tuple[float, ...]:
    """Requests, requests a second, median and p99 in milliseconds, errors."""
    body = json.dumps({"text": TEXT}, ensure_ascii=False)
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as script:
        script.write(SCRIPT % body)
        script.flush()
        limits = ["-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
        run = subprocess.run(
            ["wrk", *limits, "-s", script.name, f"{address}/v1/normalize"],
            capture_output=True,
            check=True,
            text=True,
        )
    line = re.search(r"^RESULT (.*)$", run.stdout, re.MULTILINE)
    assert line is not None, run.stdout
    requests, micros, median, late, errors = map(float, line[1].split())
    return requests, requests / micros * 1e6, median / 1000, late / 1000, errors


def memory(pid: int) -> float:
    """Resident megabytes of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1000


def main() -> None:
    """Start, ask, print."""
    profile = sys.argv[1] if len(sys.argv) > 1 else "news-en"
    process = subprocess.Popen(
        [sys.executable, "-m", "normalize", "serve", "-p", profile, "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address = process.stderr.readline().split()[-1]
        with urllib.request.urlopen(f"{address}/healthz") as answer:
            assert answer.status == 200
        load(address, 8, 2)
        print(f"{profile}: {len(TEXT)} characters a request")
        print("connections  requests/s  median ms  p99 ms  errors")
        for connections in (1, 8, 64):
            _, rate, median, late, errors = load(address, connections, SECONDS)
            cells = f"{connections:11}  {rate:10.0f}  {median:9.2f}  {late:6.2f}"
            print(f"{cells}  {errors:6.0f}")
        before = memory(process.pid)
        done = 0.0
        while done < REQUESTS:
            done += load(address, 8, SECONDS)[0]
        after = memory(process.pid)
        print(
            f"memory: {before:.1f} MB, {after:.1f} MB after {done:,.0f} more requests"
        )
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    main()
