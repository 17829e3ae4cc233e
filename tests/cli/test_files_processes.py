"""Files and real processes: killed, out of disk, out of rights, changed, asked."""

from __future__ import annotations

import os
import pty
import random
import resource
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

PROGRAM = (sys.executable, "-m", "normalize")
SECONDS = 30
PLACES = """\
kind: names
id: mine.places
title: Places of the tests
rules:
  - id: kyiv
    canonical: Kyiv
    also: [Kiev, Kiew]
    examples: in Kiev -> in Kyiv
  - id: dnipro
    canonical: Dnipro
    also: [Dnepr]
    examples: on the Dnepr -> on the Dnipro
"""
LIGHT = """\
kind: profile
id: mine.light
title: The places and nothing else
stages:
  - id: words
    rules: [mine.places]
examples: {keep: a}
"""
RUN = ("run", "-p", "light.yaml", "--rules", "places.yaml")
OLD = "a night train from Kiev to the Dnepr\n\n"
NEW = "a night train from Kyiv to the Dnipro\n\n"
SAME = "a night train to the sea, and nobody in it\n\n" * 50


# Runs the program and prints the most memory that it had, in kB.
PEAK = """
import re, sys
from normalize.cli.main import main
try:
    main()
except SystemExit as end:
    assert not end.code
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the rules that `RUN` names."""
    return prepared(tmp_path)


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """Ctrl-C reaches the programs we start, although we may run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def prepared(path: Path) -> Path:
    (path / "places.yaml").write_text(PLACES, encoding="utf-8")
    (path / "light.yaml").write_text(LIGHT, encoding="utf-8")
    return path


def start(folder: Path, *args: str, **how: Any) -> subprocess.Popen[bytes]:
    env = os.environ | {"NO_COLOR": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*PROGRAM, *args], cwd=folder, env=env, **(pipes | how))


def done(folder: Path, *args: str, **how: Any) -> tuple[int, bytes, bytes]:
    """Exit code, standard output and standard error of a run."""
    how.setdefault("stdin", subprocess.DEVNULL)
    with start(folder, *args, **how) as process:
        out, err = process.communicate(timeout=SECONDS)
    return process.returncode, out or b"", err or b""


def strays(folder: Path) -> list[str]:
    """New files that were begun and not moved into place."""
    return [path.name for path in folder.rglob("*.new")]


# Killed


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(c) for c in listed.read_text().split()] if listed.exists() else []


def gone(pids: list[int]) -> bool:
    """Whether these processes end soon."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_at_random_moments(folder: Path, jobs: str):
    """Kill -9 at any moment of a big file leaves the old text or the new, whole."""
    big = folder / "big.txt"
    # So long that the new file is begun before all of the old one is read.
    old, new = (OLD + SAME) * 3_000, (NEW + SAME) * 3_000
    chance = random.Random(jobs)
    states = set()
    for turn in range(6):
        big.write_text(old, encoding="utf-8")
        with start(folder, *RUN, "-q", "-w", "-j", jobs, "big.txt") as process:
            if turn % 2:
                until_begun(folder)
            time.sleep(chance.uniform(0.0, 0.3 if turn % 2 else 1.2))
            started = children(process.pid)
            process.kill()
            process.wait(SECONDS)
        text = big.read_text(encoding="utf-8")
        states.add({old: "old", new: "new"}.get(text, "torn"))
        assert gone(started), "no process goes on without the first"
        for name in strays(folder):
            (folder / name).unlink()
    assert "torn" not in states


def test_ctrl_c_with_several_processes(folder: Path):
    """Ctrl-C ends all processes with 130, a word, and no file half written."""
    (folder / "big.txt").write_text((OLD + SAME) * 20_000, encoding="utf-8")
    args = (*RUN, "-q", "-w", "-j", "2", "big.txt")
    with start(folder, *args, start_new_session=True) as process:
        until_begun(folder)
        started = children(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, err) == (130, b"interrupted\n")
    assert gone(started)
    assert strays(folder) == []
    assert (folder / "big.txt").read_text(encoding="utf-8") == (OLD + SAME) * 20_000


def test_a_lost_process_is_told_and_the_other_goes_on(folder: Path):
    """One that is killed takes its parts along, and nobody waits for its results."""
    names = [f"{number:02}.txt" for number in range(40)]
    for name in names:
        (folder / name).write_text((OLD + SAME) * 150, encoding="utf-8")
    chance = random.Random(1)
    told = 0
    for _ in range(8):
        run = start(folder, *RUN, "-q", "-j", "2", "-w", *names)
        with run as process:
            until(lambda: len(children(process.pid)) == 2, process)
            time.sleep(chance.uniform(0.0, 0.4))
            with suppress(ProcessLookupError, IndexError):
                os.kill(children(process.pid)[-1], signal.SIGKILL)
            _, err = process.communicate(timeout=SECONDS)
        failed = err.count(b"a process of the run was ended from outside")
        assert process.returncode == (3 if failed else 0), err
        assert b"Traceback" not in err
        texts = [(folder / name).read_text(encoding="utf-8") for name in names]
        assert texts.count((OLD + SAME) * 150) == failed
        assert texts.count((NEW + SAME) * 150) == len(names) - failed
        told += failed
        for name in names:
            (folder / name).write_text((OLD + SAME) * 150, encoding="utf-8")
    assert told, "a process was killed before its parts were done"


def until(holds: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until something holds or the process has ended."""
    end = time.monotonic() + SECONDS
    while not holds() and process.poll() is None:
        assert time.monotonic() < end
        time.sleep(0.005)


def until_begun(folder: Path) -> None:
    end = time.monotonic() + SECONDS
    while not strays(folder):
        assert time.monotonic() < end, "nothing was written"
        time.sleep(0.01)


# No room, no rights


def test_no_room_for_a_file(folder: Path):
    """What can't be written whole is told; the old text stays and others are done."""
    (folder / "big.txt").write_text(OLD * 10_000, encoding="utf-8")
    (folder / "small.txt").write_text(OLD, encoding="utf-8")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    code, _, err = done(
        folder, *RUN, "-q", "-w", "big.txt", "small.txt", preexec_fn=limit
    )
    assert err == b"error: big.txt: can't write: File too large\n"
    assert code == 3
    assert (folder / "big.txt").read_text(encoding="utf-8") == OLD * 10_000
    assert (folder / "small.txt").read_text(encoding="utf-8") == NEW
    assert strays(folder) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 kB, where this machine lets us have one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("no small file system can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


def test_a_full_file_system(small_disk: Path):
    """On a full disk the old text stays whole, and what was begun is taken away."""
    prepared(small_disk)
    text = OLD * 4_000  # two of them do not fit
    (small_disk / "a.txt").write_text(text, encoding="utf-8")
    code, _, err = done(small_disk, *RUN, "-q", "-w", "a.txt")
    assert err == b"error: a.txt: can't write: No space left on device\n"
    assert code == 3
    assert (small_disk / "a.txt").read_text(encoding="utf-8") == text
    assert strays(small_disk) == []


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder that takes no new files, from root neither."""
    place = tmp_path / "locked"
    place.mkdir()
    (place / "a.txt").write_text(OLD, encoding="utf-8")
    if os.geteuid() != 0:
        place.chmod(0o555)
        yield place
        place.chmod(0o755)
        return
    lock = ["chattr", "+i", str(place)]
    if shutil.which("chattr") is None or subprocess.run(lock, check=False).returncode:
        pytest.skip("no folder can be locked here")
    yield place
    subprocess.run(["chattr", "-i", str(place)], check=True)


def test_a_folder_that_takes_no_files(folder: Path, locked: Path):
    """A file in a read-only folder is left and told; the others are done."""
    (folder / "b.txt").write_text(OLD, encoding="utf-8")
    code, _, err = done(folder, *RUN, "-q", "-w", "locked/a.txt", "b.txt")
    assert err.startswith(b"error: locked/a.txt: can't write: ")
    assert b"ermi" in err  # permission denied, or operation not permitted
    assert code == 3
    assert (locked / "a.txt").read_text(encoding="utf-8") == OLD
    assert (folder / "b.txt").read_text(encoding="utf-8") == NEW


@pytest.mark.skipif(os.name != "posix", reason="there are no mode bits")
def test_a_file_that_may_not_be_read(folder: Path):
    """A named file without the right to read it is told; the others are done."""
    (folder / "a.txt").write_text(OLD, encoding="utf-8")
    (folder / "a.txt").chmod(0)
    (folder / "b.txt").write_text(OLD, encoding="utf-8")
    program: tuple[str, ...] = (*PROGRAM, *RUN, "-q", "-w", "a.txt", "b.txt")
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root reads every file")
        program = (
            "setpriv",
            "--bounding-set",
            "-dac_override,-dac_read_search",
            *program,
        )
    ended = subprocess.run(program, cwd=folder, capture_output=True, check=False)
    assert ended.stderr == b"error: a.txt: Permission denied\n"
    assert ended.returncode == 3
    assert (folder / "b.txt").read_text(encoding="utf-8") == NEW


def test_a_pipe_is_not_changed_in_place(folder: Path):
    """-w does not wait for a named pipe: it is told; the others are done."""
    os.mkfifo(folder / "pipe")
    (folder / "b.txt").write_text(OLD, encoding="utf-8")
    code, _, err = done(folder, *RUN, "-q", "-w", "pipe", "b.txt")
    assert err == b"error: pipe: is a pipe, so it can't be changed in place\n"
    assert code == 3
    assert (folder / "b.txt").read_text(encoding="utf-8") == NEW


# Questions


class Terminal:
    """A terminal at which somebody answers."""

    def __init__(self, folder: Path, *args: str) -> None:
        self.ours, theirs = pty.openpty()
        self.process = start(folder, *args, stdin=theirs, stderr=theirs)
        os.close(theirs)
        self.seen = ""

    def until(self, text: str) -> None:
        """Read until something new with this text was said."""
        end = time.monotonic() + SECONDS
        while text not in self.seen:
            assert time.monotonic() < end, self.seen
            ready = select.select([self.ours], [], [], 1)[0]
            with suppress(OSError):
                if not ready:
                    continue
                self.seen += os.read(self.ours, 10_000).decode()
        self.seen = self.seen.partition(text)[2]

    def say(self, text: str) -> None:
        """Type a line."""
        os.write(self.ours, f"{text}\n".encode())

    def end(self) -> int:
        """The exit code, when all was said."""
        end = time.monotonic() + SECONDS
        with suppress(OSError):
            while time.monotonic() < end:
                if select.select([self.ours], [], [], 1)[0]:
                    self.seen += os.read(self.ours, 10_000).decode()
                elif self.process.poll() is not None:
                    break
        code = self.process.wait(SECONDS)
        os.close(self.ours)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        return code


def test_review(folder: Path):
    """Keys: y takes, n leaves; a takes all of a rule, d leaves them."""
    lines = ["Kiev 1", "Kiev 2", "Dnepr 3", "Kiev 4", "Dnepr 5", "Kiev 6"]
    (folder / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    terminal = Terminal(folder, *RUN, "-i", "a.txt")
    for place, answer in [("1", "y"), ("2", "n"), ("3", "d"), ("4", "a")]:
        terminal.until(f"a.txt:{place}: mine.places/")
        terminal.until("y/n/a/d/q")
        terminal.say(answer)
    assert terminal.end() == 0
    assert "3 edits written in 1 of 1 text" in terminal.seen
    wanted = ["Kyiv 1", "Kiev 2", "Dnepr 3", "Kyiv 4", "Dnepr 5", "Kyiv 6"]
    assert (folder / "a.txt").read_text(encoding="utf-8").split("\n") == wanted


def test_review_is_left(folder: Path):
    """Key q leaves the rest as it is and keeps what was taken; others are explained."""
    (folder / "a.txt").write_text("Kiev\nKiev\nKiev\n", encoding="utf-8")
    (folder / "b.txt").write_text("Kiev\n", encoding="utf-8")
    terminal = Terminal(folder, *RUN, "-i", "a.txt", "b.txt")
    for answer in ("y", "what", "q"):
        terminal.until("y/n/a/d/q")
        terminal.say(answer)
    assert terminal.end() == 0
    assert (folder / "a.txt").read_text(encoding="utf-8") == "Kyiv\nKiev\nKiev\n"
    assert (folder / "b.txt").read_text(encoding="utf-8") == "Kiev\n"


def test_review_is_interrupted(folder: Path):
    """Ctrl-C at a question writes nothing and exits with 130."""
    (folder / "a.txt").write_text("Kiev\nKiev\n", encoding="utf-8")
    terminal = Terminal(folder, *RUN, "-i", "a.txt")
    terminal.until("y/n/a/d/q")
    terminal.say("y")
    terminal.until("y/n/a/d/q")
    terminal.process.send_signal(signal.SIGINT)
    terminal.process.wait(timeout=SECONDS)
    assert terminal.end() == 130
    assert (folder / "a.txt").read_text(encoding="utf-8") == "Kiev\nKiev\n"


def test_changed_while_asked(folder: Path):
    """A file that somebody changes meanwhile is not overwritten; the next is done."""
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("Kiev\n", encoding="utf-8")
    terminal = Terminal(folder, *RUN, "-i", "a.txt", "b.txt")
    terminal.until("y/n/a/d/q")
    (folder / "a.txt").write_text("Somebody was here\n", encoding="utf-8")
    terminal.say("a")
    assert terminal.end() == 3
    said = "a.txt: changed while it was being processed; nothing was written"
    assert said in terminal.seen
    assert (folder / "a.txt").read_text(encoding="utf-8") == "Somebody was here\n"
    assert (folder / "b.txt").read_text(encoding="utf-8") == "Kyiv\n"


# Size


@pytest.mark.parametrize("args", [(), ("-q",)])
def test_progress(folder: Path, args: tuple[str, ...]):
    """A long run tells bytes, rate and file on a terminal, unless it shall be quiet."""
    os.mkfifo(folder / "slow")
    ours, theirs = pty.openpty()
    how = {"stderr": theirs, "stdout": subprocess.DEVNULL}
    with start(folder, *RUN, *args, "-o", "out.txt", "slow", **how) as process:
        os.close(theirs)
        with (folder / "slow").open("wb") as pipe:
            for _ in range(3):
                pipe.write((OLD + SAME).encode() * 700)
                pipe.flush()
                time.sleep(0.6)
        shown = b""
        with suppress(OSError):
            while data := os.read(ours, 10_000):
                shown += data
        process.wait(SECONDS)
    os.close(ours)
    assert (b"MB/s  slow" in shown) == (args == ())
    assert (folder / "out.txt").read_text(encoding="utf-8") == (NEW + SAME) * 2100


def test_memory_and_processes(folder: Path):
    """A big file takes little memory, and two processes give what one gives."""
    (folder / "big.txt").write_text((OLD + SAME) * 8_000, encoding="utf-8")  # 18 MB
    # A child begins with the size of this process, so it is asked for itself.
    told = subprocess.run(
        [sys.executable, "-c", PEAK, *RUN, "-q", "-o", "1.txt", "big.txt"],
        cwd=folder, capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert int(told.stdout) < 150_000  # kB
    assert done(folder, *RUN, "-q", "-j", "2", "-o", "2.txt", "big.txt")[0] == 0
    one = (folder / "1.txt").read_bytes()
    assert one == (NEW + SAME).encode() * 8_000
    assert one == (folder / "2.txt").read_bytes()


# Patches, by the real programs


CSV = "id,text\r\n" + "".join(f'{i},"Kiev, {i}"\r\n' for i in range(40))


@pytest.mark.parametrize("program", ["patch", "git"])
def test_patches_of_many_kinds(folder: Path, program: str):
    """The patch of a whole tree, applied by either program, gives what -w writes."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    tree = folder / "tree"
    (tree / "sub folder").mkdir(parents=True)
    quiet = "nothing here\n\n" * 20
    long = "".join(
        OLD if i % 997 == 0 else f"line {i}\n\n" for i in range(120_000)
    )  # several parts, hunks far apart and at their borders
    texts = {
        "long.txt": long,
        "sub folder/dense.txt": OLD * 2_000,
        "page.html": f"<p>Kiev&#39;s</p>\n{quiet}<p>at <b>Kiev</b></p>\n",
        "crlf.txt": "one\r\nKiev\r\nthree",
        "bom.txt": "\ufeffKiev\n",
        "clean.txt": quiet,
    }
    for name, text in texts.items():
        (tree / name).write_text(text, encoding="utf-8", newline="")
    shutil.copytree(tree, folder / "wanted")
    code, _, err = done(folder, *RUN, "-q", "-w", "wanted")
    assert (code, err) == (0, b"")
    code, diff, err = done(folder, *RUN, "-q", "--diff", "tree")
    assert (code, err) == (1, b"")
    (folder / "changes.patch").write_bytes(diff)
    apply_ = {
        "patch": ["patch", "-p0", "--batch", "--fuzz=0", "-i", "changes.patch"],
        "git": ["git", "apply", "-p0", "--whitespace=nowarn", "changes.patch"],
    }[program]
    ran = subprocess.run(
        apply_, cwd=folder, capture_output=True, timeout=SECONDS, check=False
    )
    assert ran.returncode == 0, ran
    for name in texts:
        wanted = (folder / "wanted" / name).read_bytes()
        assert wanted == (tree / name).read_bytes(), name


@pytest.mark.parametrize("program", ["patch", "git"])
def test_patch_of_a_table_in_another_encoding(folder: Path, program: str):
    """A patch of bytes that are not UTF-8 fits the file as it is."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    source = CSV.replace("text", "текст").encode("cp1251")
    (folder / "a.csv").write_bytes(source)
    args = (*RUN, "-q", "--encoding", "cp1251", "--csv-column", "текст")
    code, diff, err = done(folder, *args, "--diff", "a.csv")
    assert (code, err) == (1, b"")
    (folder / "changes.patch").write_bytes(diff)
    apply_ = ["patch", "-p0", "--batch", "--fuzz=0", "--binary", "-i", "changes.patch"]
    if program == "git":
        apply_ = ["git", "apply", "-p0", "--whitespace=nowarn", "changes.patch"]
    subprocess.run(apply_, cwd=folder, capture_output=True, timeout=SECONDS, check=True)
    assert source.replace(b"Kiev", b"Kyiv") == (folder / "a.csv").read_bytes()
