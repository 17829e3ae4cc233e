"""What only real processes show: terminals, pipes, signals, and the program `patch`."""

from __future__ import annotations

import os
import pty
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

PROGRAM = (sys.executable, "-m", "normalize")
SECONDS = 60  # more than any run takes on a slow machine; a hang, not a measure
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
RUN = ("run", "-p", "characters", "--rules", "places.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the rules that `RUN` names."""
    (tmp_path / "places.yaml").write_text(PLACES, encoding="utf-8")
    return tmp_path


def start(folder: Path, *args: str | bytes, **how: Any) -> subprocess.Popen[bytes]:
    env = os.environ | how.pop("env", {"NO_COLOR": "1"})
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*PROGRAM, *args], cwd=folder, env=env, **(pipes | how))


def done(folder: Path, *args: str | bytes, **how: Any) -> tuple[int, bytes, bytes]:
    """Exit code, standard output and standard error of a run."""
    given = how.pop("input", b"")
    how.setdefault("stdin", subprocess.PIPE)
    with start(folder, *args, **how) as process:
        try:
            out, err = process.communicate(given or None, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return process.returncode, out or b"", err or b""


@pytest.fixture
def terminal() -> Iterator[int]:
    """The program's end of a terminal that nobody types on."""
    ours, theirs = pty.openpty()
    yield theirs
    os.close(theirs)
    os.close(ours)


# Terminals


@pytest.mark.parametrize(
    ("args", "usage"),
    [
        (["run"], b"Usage: normalize run [OPTIONS] [PATHS|-]"),
        (["run", "-p", "names-en"], b"Usage: normalize run [OPTIONS] [PATHS|-]"),
        (["explain"], b"Usage: normalize explain [OPTIONS] TEXT|-"),
    ],
)
def test_a_terminal_without_arguments_gets_help(
    tmp_path: Path, terminal: int, args: list[str], usage: bytes
):
    """Who types the bare command learns what it takes; it does not wait for input."""
    code, out, _ = done(tmp_path, *args, stdin=terminal)
    assert usage in out
    assert b"--profile" in out
    assert code == 2


def test_no_command_gets_help(tmp_path: Path, terminal: int):
    """The bare program name shows the commands, at once."""
    code, out, err = done(tmp_path, stdin=terminal)
    assert b"Usage: normalize [OPTIONS] COMMAND [ARGS]" in out + err
    assert code == 2


@pytest.mark.parametrize(
    ("env", "args", "colored"),
    [
        ({}, [], True),
        ({"NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": ""}, [], True),  # no-color.org: only when not empty
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
        ({}, ["--color", "never"], False),
    ],
)
def test_colour_on_a_terminal(
    folder: Path, env: dict[str, str], args: list[str], colored: bool
):
    """A diff has colour on a terminal unless NO_COLOR or --color says otherwise."""
    (folder / "a.txt").write_text("Kiev\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    code, _, err = done(folder, *RUN, "--diff", "a.txt", *args, stdout=theirs, env=env)
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert (b"\x1b[" in shown) == colored
    assert b"Kyiv" in shown
    assert b"\x1b[" not in err
    assert code == 1


def test_no_colour_into_a_pipe(folder: Path):
    """A pipe gets no colour, whatever the terminal variables are."""
    (folder / "a.txt").write_text("Kiev\n", encoding="utf-8")
    env = {"TERM": "xterm-256color"}
    _, out, _ = done(folder, *RUN, "--diff", "a.txt", env=env)
    assert b"\x1b[" not in out


# Pipes and devices


def cut_off(folder: Path, *args: str) -> tuple[int, bytes]:
    """Exit code and standard error when the reader takes a little and goes."""
    text = "a night train from Kiev to the Dnepr\n" * 20_000
    (folder / "big.txt").write_text(text, encoding="utf-8")
    with start(folder, *RUN, *args, "big.txt") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(20)
        process.stdout.close()
        err = process.stderr.read()
        return process.wait(SECONDS), err


MODES = pytest.mark.parametrize(
    "args", [[], ["-q"], ["--check"], ["--output-format", "jsonl"]], ids=" ".join
)


@MODES
def test_a_closed_pipe_is_quiet(folder: Path, args: list[str]):
    """`normalize run big | head -1` ends without a word about the pipe."""
    _, err = cut_off(folder, *args)
    assert err == b""


@pytest.mark.parametrize(
    "args", [["-w"], ["-q", "-w", "-j", "2"], ["-o", "out/"], ["--report", "r.html"]]
)
def test_a_closed_pipe_stops_no_writing(folder: Path, args: list[str]):
    """Whoever lists what is written and leaves does not leave files undone."""
    (folder / "last.txt").write_text("Kiev\n", encoding="utf-8")
    (folder / "lost.txt").write_bytes(b"\xff\n")
    after = ["--output-format", "jsonl", *args, "big.txt", "lost.txt", "last.txt"]
    code, err = cut_off(folder, *after)
    assert b"error: lost.txt:1: byte 0xFF" in err
    assert b"ipe" not in err
    assert code == 3
    if args[0] == "--report":
        assert "last.txt" in (folder / "r.html").read_text(encoding="utf-8")
    else:
        place = folder / ("out" if args[0] == "-o" else "")
        assert (place / "last.txt").read_text(encoding="utf-8") == "Kyiv\n"
        assert "Kiev" not in (place / "big.txt").read_text(encoding="utf-8")


def test_a_closed_pipe_is_no_finding(folder: Path):
    """Exit code 1 means that --check or --diff found changes; here nobody asked."""
    code, _ = cut_off(folder, "-q")
    assert code != 1


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"PYTHONUNBUFFERED": "1"},
    ],
)
def test_a_paused_program_goes_on(folder: Path, env: dict[str, str]):
    """Ctrl-Z and `fg` while a pager is full lose nothing of the text."""
    text = "a night train to the sea\n" * 20_000
    (folder / "big.txt").write_text(text, encoding="utf-8")
    with start(folder, *RUN, "big.txt", env=env) as process:
        asleep(process)
        process.send_signal(signal.SIGSTOP)
        process.send_signal(signal.SIGCONT)
        time.sleep(0.1)
        out, _ = process.communicate(timeout=SECONDS)
    assert len(out) == len(text)
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told(folder: Path):
    """Output that can't be written is an error in a line, exit code 3."""
    (folder / "a.txt").write_text("Kiev\n" * 10_000, encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        code, _, err = done(folder, *RUN, "a.txt", stdout=full)
    assert b"Traceback" not in err
    assert b"No space left on device" in err
    assert code == 3


@pytest.mark.parametrize("closed", ["<&-", ">&-"])
def test_a_closed_stream_is_told(folder: Path, closed: str):
    """A job that was started without standard input or output gets no traceback."""
    command = " ".join([*PROGRAM, *RUN, closed])
    ran = subprocess.run(
        ["sh", "-c", command], cwd=folder, input=b"Kiev", capture_output=True,
        timeout=SECONDS, check=False,
    )  # fmt: skip
    assert b"Traceback" not in ran.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_as_output_file_stays_one(folder: Path):
    """-o onto a pipe or device writes into it or refuses; it never destroys it."""
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    done(folder, *RUN, "-o", "pipe", "-", input=b"Kiev")
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        (["-q"], b"Kyiv\n"),
        (["--check", "--exit-zero"], b"\xff.txt:1:1: 'Kiev' -> 'Kyiv'"),
        (["--output-format", "json"], b"Kyiv"),
        (["--output-format", "jsonl"], b"Kyiv"),
    ],
    ids=["text", "check", "json", "jsonl"],
)  # fmt: skip
def test_a_file_name_that_is_not_utf_8(folder: Path, args: list[str], shown: bytes):
    """A file is worked on whatever its name, lists name it, and JSON is UTF-8."""
    name = b"\xff.txt"
    try:
        (folder / os.fsdecode(name)).write_bytes(b"Kiev\n")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    code, out, err = done(folder, *RUN, *args, name)
    assert b"Traceback" not in err
    assert shown in out
    if "--output-format" in args:
        out.decode("utf-8")
    assert code == 0


# Files are old or new, never half


def test_in_place_keeps_mode_and_links(folder: Path):
    """-w keeps the mode of a file, and a symbolic link stays one."""
    real = folder / "real.txt"
    real.write_text("Kiev\n", encoding="utf-8")
    real.chmod(0o640)
    (folder / "link.txt").symlink_to("real.txt")
    code, _, _ = done(folder, *RUN, "-w", "link.txt")
    assert code == 0
    assert (folder / "link.txt").is_symlink()
    assert real.read_text(encoding="utf-8") == "Kyiv\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_in_place_leaves_clean_files_alone(folder: Path):
    """-w does not write a file that has no edits, so build tools see no change."""
    clean = folder / "clean.txt"
    clean.write_text("Kyiv\n", encoding="utf-8")
    before = clean.stat()
    done(folder, *RUN, "-w", "clean.txt")
    after = clean.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C reaches the programs we start, although we may run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_a_signal_in_the_middle_of_writing(
    folder: Path, number: signal.Signals, code: int
):
    """Ctrl-C and kill -9 leave each file old or new, and some of each were there."""
    old = "a night train from Kiev to the Dnepr\n" * 200
    new = old.replace("Kiev", "Kyiv").replace("Dnepr", "Dnipro")
    names = [f"{i:04}.txt" for i in range(600)]
    for name in names:
        (folder / name).write_text(old, encoding="utf-8")
    with start(folder, *RUN, "-w", *names) as process:
        tenth = folder / names[9]
        until(lambda: tenth.read_text(encoding="utf-8") == new)
        process.send_signal(number)
        _, err = process.communicate(timeout=SECONDS)
    texts = [(folder / name).read_text(encoding="utf-8") for name in names]
    assert set(texts) == {old, new}, "some whole and old, some whole and new"
    assert process.returncode == code
    assert b"Traceback" not in err
    strays = {path.name for path in folder.iterdir()} - {*names, "places.yaml"}
    assert len(strays) <= 1, "at most the one file that was just being written"


def asleep(process: subprocess.Popen[bytes]) -> None:
    """Wait until the process waits for its pipe."""
    channel = Path(f"/proc/{process.pid}/wchan")
    end = time.monotonic() + 3  # long enough where the system does not tell
    while time.monotonic() < end:
        if channel.exists() and "pipe" in channel.read_text(encoding="utf-8"):
            return
        time.sleep(0.01)


def until(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not reached():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.002)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_while_reading(folder: Path):
    """Ctrl-C while it waits for input ends it with 130 and no traceback."""
    with start(folder, *RUN, stdin=subprocess.PIPE) as process:
        asleep(process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert b"Traceback" not in err


# The diff and the program `patch`

KEPT = "".join(f"line {i}\n" for i in range(1, 21))
TEXTS = {
    "only-line": "Kiev\n",
    "only-line-no-newline": "Kiev",
    "first-line": f"Kiev\n{KEPT}",
    "last-line": f"{KEPT}Kiev\n",
    "last-line-no-newline": f"{KEPT}Kiev",
    "no-newline-behind-the-edit": "Kiev\nlast line",
    "no-newline-far-behind-the-edit": f"Kiev\n{KEPT}last line",
    "adjacent-lines": f"{KEPT}Kiev\nDnepr\nKiew\n{KEPT}",
    "adjacent-last-lines-no-newline": f"{KEPT}Kiev\nDnepr",
    "two-in-a-line": f"{KEPT}from Kiev to the Dnepr\n{KEPT}",
    "far-apart": f"Kiev\n{KEPT}Kiev\n{KEPT}Dnepr\n",
    "hunks-that-touch": "Kiev\n1\n2\n3\n4\n5\n6\nKiev\n",
    "hunks-that-nearly-touch": "Kiev\n1\n2\n3\n4\n5\n6\n7\nKiev\n",
    "hunks-that-share": "Kiev\n1\n2\n3\n4\n5\nKiev\n",
    "crlf": "one\r\nKiev\r\nthree\r\nDnepr\r\n",
    "crlf-no-newline": "one\r\nKiev",
    "mixed-line-ends": "one\r\nKiev\nthree\r\nDnepr\r\n\nKiew\n",
    "lone-cr": "one\rKiev\rthree\n",
    "line-vanishes": "one\n\u200b\nthree\n",
    "last-line-vanishes": "one\n\u200b",
    "everything-vanishes": "\u200b",
    "blank-lines": "\n\n\nKiev\n\n\n",
    "looks-like-a-diff": "--- a\n+++ b\n@@ -1 +1 @@\n-Kiev\n+Kiev\n\\ No newline\n",
    "controls": "\x0c\n\x1b[0m Kiev\n\x85\u2028\n",
    "folder/inside": "Kiev\n",
    "clean": "Kyiv\n",
}


def patched(folder: Path, texts: dict[str, bytes]) -> dict[str, tuple[bytes, bytes]]:
    """What `patch` makes of each text, and what `-w` does."""
    program = shutil.which("patch")
    if program is None:
        pytest.skip("the program patch is not installed")
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text)
    shutil.copytree(folder, folder / "wanted")
    code, _, err = done(folder / "wanted", *RUN, "-q", "-w", *texts)
    assert (code, err) == (0, b"")
    code, diff, err = done(folder, *RUN, "-q", "--diff", *texts)
    assert (code, err) == (1, b"")
    (folder / "changes.patch").write_bytes(diff)
    ran = subprocess.run(
        [program, "-p0", "--batch", "--fuzz=0", "-i", "changes.patch"],
        cwd=folder, capture_output=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout.decode()
    return {name: (read(folder, name), read(folder / "wanted", name)) for name in texts}


def read(folder: Path, name: str) -> bytes:
    """The bytes of a file; patch takes one that it has emptied away."""
    path = folder / name
    return path.read_bytes() if path.exists() else b""


@pytest.fixture(scope="module")
def all_patched(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, tuple[bytes, bytes]]:
    folder = tmp_path_factory.mktemp("patch")
    (folder / "places.yaml").write_text(PLACES, encoding="utf-8")
    return patched(folder, {name: text.encode() for name, text in TEXTS.items()})


@pytest.mark.parametrize("name", TEXTS)
def test_patch_gives_the_normalized_text(
    all_patched: dict[str, tuple[bytes, bytes]], name: str
):
    """The diff, applied by `patch`, gives byte for byte what `-w` writes."""
    got, wanted = all_patched[name]
    assert got == wanted
    assert (wanted == TEXTS[name].encode()) == (name == "clean")


def test_patch_gives_the_normalized_text_of_any_lines(folder: Path):
    """The same for texts put together by chance (with a fixed seed)."""
    chance = random.Random(7)
    lines = ["Kiev", "Dnepr and Kiew", "Kyiv", "", "\u200b", "same", "a \u00ad b"]
    texts = {}
    for i in range(150):
        ends = chance.choice(["\n", "\r\n"])
        size = chance.randrange(1, 40)
        weights = [1, 1, 1, 1, 1, chance.choice([1, 20]), 1]
        text = ends.join(chance.choices(lines, weights, k=size))
        texts[f"{i}.txt"] = (text + chance.choice(["", ends]) + "Kiev").encode()
    for name, (got, wanted) in patched(folder, texts).items():
        assert got == wanted, texts[name]


def test_patch_of_a_text_with_a_byte_order_mark(folder: Path):
    """A byte order mark belongs to the first line, in the diff as in the file."""
    for got, wanted in patched(folder, {"a.txt": b"\xef\xbb\xbfKiev\n"}).values():
        assert got == wanted


def test_patch_of_a_file_name_with_a_space(folder: Path):
    """A name with a space is followed by a tab in a diff, or patch cuts it there."""
    for got, wanted in patched(folder, {"a b.txt": b"Kiev\n"}).values():
        assert got == wanted


def test_the_diff_of_many_lines_takes_linear_time(folder: Path):
    """Four times the lines take about four times the time, not sixteen."""

    def seconds(lines: int) -> float:
        (folder / "a.txt").write_text("Kiev\n" * lines, encoding="utf-8")
        began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done(folder, *RUN, "--diff", "a.txt")
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began

    short, long = seconds(750), seconds(3000)
    assert long < 4 * short  # less, for the start of the program takes its time too


# The program as such


@pytest.mark.parametrize(
    ("args", "parts"),
    [
        (
            [],
            ["run", "explain", "rules", "profiles", "Exit codes:", "3 some input"],
        ),
        (["run"], ["--check", "--diff", "-w, --write", "--output-format", "--rules"]),
        (["explain"], ["TEXT|-", "--profile", "--set"]),
        (["rules"], ["list", "show", "test", "lint", "schema"]),
        (["rules", "test"], ["PATHS", "IDS", "--verbose"]),
        (["profiles"], ["--rules"]),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else None,
)
def test_help(tmp_path: Path, args: list[str], parts: list[str]):
    """--help and -h work everywhere, say the essentials, and fit the screen."""
    code, out, err = done(tmp_path, *args, "--help")
    assert (code, err) == (0, b"")
    text = out.decode()
    for part in parts:
        assert part in text
    assert all(len(line) <= 80 for line in text.splitlines())
    assert done(tmp_path, *args, "-h") == (0, out, b"")


def test_version(tmp_path: Path):
    """--version tells the name and the version of the installed distribution."""
    wanted = f"normalize {version('normalize-slavic')}\n".encode()
    assert done(tmp_path, "--version") == (0, wanted, b"")


HEAVY = ["click", "yaml", "regex", "ahocorasick_rs", "rich", "importlib.metadata"]


@pytest.mark.parametrize("code", ["import normalize", "import normalize.cli"])
def test_import_is_light(tmp_path: Path, code: str):
    """`import normalize` loads no library: programs import it and may not use it."""
    check = f"{code}\nimport sys\nprint([m for m in {HEAVY} if m in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-I", "-c", check], cwd=tmp_path, capture_output=True,
        text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert ran.stderr == ""
    assert ran.stdout == "[]\n"


def test_help_is_light(tmp_path: Path):
    """--help needs no rules: neither the YAML reader nor the engine is loaded."""
    check = (
        "import sys\nfrom normalize.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n"
        f"    print([m for m in {HEAVY[1:]} if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-c", check], cwd=tmp_path, capture_output=True,
        text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert ran.stderr == ""
    assert ran.stdout.endswith("\n[]\n")
