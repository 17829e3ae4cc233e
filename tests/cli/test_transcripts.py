"""The command line as its users see it: every transcript in the *.yaml files here.

A transcript is one run of the program in a new folder, told by these fields. Those in
files/*.yaml run in this process, which takes a tenth of the time.

    name, why           what is shown, and the sentence that must hold
    args                what is typed after `normalize`, quoted as in a shell
    stdin               text or !!binary; nothing when left out
    files               {name: text or !!binary}; a name that ends in / is a folder
    modes               {name: '0400'}, set after the files are written
    stdout, stderr      the whole output; nothing when left out
    stdout_has, ...     instead of the whole output: a list of texts that are in it
    stdout_lacks, ...   and a list of texts that are not
    exit                the exit code; 0 when left out
    files_after         {name: text, !!binary, or null for gone}; all other files
                        must be as they were, and no others may be there
    xfail               why it is known to fail; an error when it passes
    as_nobody           root runs it without root's right to read and write all

and, in files/*.yaml, by

    links               {name: target}, symbolic links made after the files
    encodings           {name: encoding} of files and files_after that are not UTF-8
    again               args of a second run in the same folder, whose output counts
"""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from normalize.cli.main import main

HERE = Path(__file__).parent
# Modes of files mean nothing to root, unless it gives its capabilities away.
WITHOUT = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
SECONDS = 60  # more than any run takes on a slow machine; a hang, not a measure

Content = str | bytes
Files = dict[str, Content | None]


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """One run of the program and what must come of it."""

    name: str
    why: str
    args: str
    stdin: Content = ""
    files: Files = field(default_factory=dict)
    modes: dict[str, str] = field(default_factory=dict)
    stdout: Content = ""
    stderr: Content = ""
    stdout_has: list[str] = field(default_factory=list)
    stderr_has: list[str] = field(default_factory=list)
    stdout_lacks: list[str] = field(default_factory=list)
    stderr_lacks: list[str] = field(default_factory=list)
    exit: int = 0
    files_after: Files = field(default_factory=dict)
    xfail: str = ""
    as_nobody: bool = False

    def __post_init__(self) -> None:
        for stream in ("stdout", "stderr"):
            if getattr(self, stream) and getattr(self, f"{stream}_has"):
                raise ValueError(f"{self.name}: {stream} and {stream}_has")
        if not self.why.strip().endswith("."):
            raise ValueError(f"{self.name}: 'why' is a sentence and ends in a dot")


@dataclass(frozen=True)
class Outcome:
    """What a run gave."""

    stdout: str
    stderr: str
    exit: int
    files: dict[str, str]


def load() -> Iterator[tuple[str, Transcript]]:
    """All transcripts with their ids, `file/name`."""
    for path in sorted(HERE.glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for fields in document["transcripts"]:
            transcript = Transcript(**fields)
            yield f"{path.stem}/{transcript.name}", transcript


ALL = list(load())
TRANSCRIPTS = dict(ALL)


def test_names_are_unique():
    """Each transcript has a name of its own, so that a failure names one place."""
    names = [name for name, _ in ALL]
    assert sorted(set(names)) == sorted(names)


def as_bytes(content: Content) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def as_text(data: bytes) -> str:
    """Bytes as a text that shows every one of them and can be read in a diff."""
    return data.decode("utf-8", "backslashreplace")


def set_up(transcript: Transcript, folder: Path) -> None:
    for name, content in transcript.files.items():
        path = folder / name
        if name.endswith("/"):
            path.mkdir(parents=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_bytes(content or ""))
    for name, mode in transcript.modes.items():
        (folder / name).chmod(int(mode, 8))


def files_in(folder: Path) -> dict[str, str]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    for path in paths:
        path.chmod(path.stat().st_mode | 0o400)
    return {str(p.relative_to(folder)): as_text(p.read_bytes()) for p in paths}


def run(transcript: Transcript, folder: Path) -> Outcome:
    set_up(transcript, folder)
    before = WITHOUT if transcript.as_nobody and os.geteuid() == 0 else ()
    done = subprocess.run(
        [*before, sys.executable, "-m", "normalize", *shlex.split(transcript.args)],
        cwd=folder,
        env=os.environ | {"NO_COLOR": "1"},
        input=as_bytes(transcript.stdin),
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    for name in transcript.modes:
        (folder / name).chmod(0o700)
    return Outcome(
        as_text(done.stdout), as_text(done.stderr), done.returncode, files_in(folder)
    )


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[Outcome]]]:
    """The runs of all chosen transcripts; they use every core, the tests wait."""
    chosen = [
        item.callspec.params["id_"]
        for item in request.session.items
        if item.path == request.path
        and hasattr(item, "callspec")
        and "id_" in item.callspec.params
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {
            id_: pool.submit(
                run, TRANSCRIPTS[id_], tmp_path_factory.mktemp("run", numbered=True)
            )
            for id_ in chosen
        }


def marks(transcript: Transcript) -> list[pytest.MarkDecorator]:
    found = []
    if transcript.xfail:
        found.append(pytest.mark.xfail(reason=transcript.xfail, strict=True))
    if transcript.as_nobody and os.geteuid() == 0 and not shutil.which(WITHOUT[0]):
        found.append(pytest.mark.skip(reason=f"no {WITHOUT[0]} here, and root"))
    return found


@pytest.mark.parametrize(
    "id_", [pytest.param(id_, id=id_, marks=marks(t)) for id_, t in TRANSCRIPTS.items()]
)
def test_transcript(id_: str, runs: dict[str, Future[Outcome]]):
    check(TRANSCRIPTS[id_], runs[id_].result())


def check(transcript: Transcript, outcome: Outcome) -> None:
    """What a transcript says of its run holds."""
    assert "Traceback" not in outcome.stderr, transcript.why
    for stream in ("stderr", "stdout"):
        got = getattr(outcome, stream)
        has, lacks = (getattr(transcript, f"{stream}_{n}") for n in ("has", "lacks"))
        for part in has:
            assert part in got, transcript.why
        for part in lacks:
            assert part not in got, transcript.why
        if not has and not lacks:
            wanted = as_text(as_bytes(getattr(transcript, stream)))
            assert got == wanted, transcript.why
    assert outcome.exit == transcript.exit, transcript.why
    assert outcome.files == wanted_files(transcript), transcript.why


def wanted_files(transcript: Transcript) -> dict[str, str]:
    wanted = transcript.files | transcript.files_after
    return {
        name: as_text(as_bytes(content))
        for name, content in wanted.items()
        if content is not None and not name.endswith("/")
    }


# In this process


@dataclass(frozen=True, kw_only=True)
class FileTranscript(Transcript):
    """One run, or two, in this process."""

    links: dict[str, str] = field(default_factory=dict)
    encodings: dict[str, str] = field(default_factory=dict)
    again: str = ""

    def encoded(self) -> FileTranscript:
        """The same with the bytes that the encodings make of its texts."""
        made = {}
        for name in ("files", "files_after"):
            made[name] = {
                path: text.encode(self.encodings[path])
                if isinstance(text, str) and path in self.encodings
                else text
                for path, text in getattr(self, name).items()
            }
        return type(self)(**{**vars(self), **made})


def load_files() -> dict[str, FileTranscript]:
    """All transcripts with their ids, `file/name`; names of one file are unique."""
    found: dict[str, FileTranscript] = {}
    for path in sorted((HERE / "files").glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for fields in document["transcripts"]:
            id_ = f"{path.stem}/{fields['name']}"
            assert id_ not in found, id_
            found[id_] = FileTranscript(**fields).encoded()
    return found


FILE_TRANSCRIPTS = load_files()


def run_here(args: str, stdin: Path, folder: Path) -> tuple[bytes, bytes, int]:
    """Output, errors and exit code of a run in a folder."""
    streams = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = stdin.open(encoding="utf-8")
    sys.stdout = io.TextIOWrapper(out, "utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(err, "utf-8", write_through=True)
    code = 0
    try:
        with contextlib.chdir(folder):
            main(shlex.split(args))
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    finally:
        sys.stdin.close()
        made = out.getvalue(), err.getvalue()
        sys.stdin, sys.stdout, sys.stderr = streams
    return *made, code


@pytest.mark.parametrize(
    "name",
    [pytest.param(id_, id=id_, marks=marks(t)) for id_, t in FILE_TRANSCRIPTS.items()],
)
def test_file_transcript(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a transcript says holds."""
    transcript = FILE_TRANSCRIPTS[name]
    monkeypatch.setenv("NO_COLOR", "1")
    folder = tmp_path / "folder"
    folder.mkdir()
    set_up(transcript, folder)
    for link, target in transcript.links.items():
        (folder / link).symlink_to(target)
    stdin = tmp_path / "stdin"
    stdin.write_bytes(as_bytes(transcript.stdin))
    out, err, code = run_here(transcript.args, stdin, folder)
    if transcript.again:
        out, err, code = run_here(transcript.again, stdin, folder)
    for link in transcript.links:
        assert (folder / link).is_symlink(), "a link stays one"
        (folder / link).unlink()
    outcome = Outcome(as_text(out), as_text(err), code, files_in(folder))
    check(transcript, outcome)
