"""The page of --report, in the browser Chromium without a window."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from normalize.cli.main import main

SECONDS = 60
TEXT = "a\u200b night \u200b</script><b>train</b>\n\n"
# Types, presses keys, clicks a bar and scrolls, as a reader would.
READER = """<script>
const seen = {};
const rows = () => document.querySelectorAll("#rows li").length;
const press = key => dispatchEvent(new KeyboardEvent("keydown", {key}));
seen.count = byId("count").textContent;
seen.rows = rows();
press("End");
seen.last = document.querySelector("#rows li.here .where span").textContent;
press("Home"); press("j");
seen.second = document.querySelector("#rows li.here .where span").textContent;
press("/");
seen.searching = document.activeElement.id;
byId("search").value = "1.txt";
filter();
seen.found = byId("count").textContent;
press("Escape");
document.querySelector("#files .bar").click();
seen.filtered = byId("count").textContent;
press("Escape");
const began = performance.now();
for (let i = 0; i < 50; i++) { byId("list").scrollTop = i * 9000; draw(); }
seen.draw = (performance.now() - began) / 50;
seen.wide = document.documentElement.scrollWidth > innerWidth;
seen.outside = [...document.querySelectorAll("[src],link")].length;
byId("theme").click();
seen.theme = document.documentElement.dataset.theme;
document.body.append(Object.assign(document.createElement("pre"),
  {id: "seen", textContent: JSON.stringify(seen)}));
</script></body>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of 10,000 edits in ten files."""
    folder = tmp_path_factory.mktemp("page")
    for number in range(10):
        (folder / f"{number}.txt").write_text(TEXT * 500, encoding="utf-8")
    report = folder / "r.html"
    args = ["run", "-q", "-p", "characters", "--report", str(report), str(folder)]
    with pytest.raises(SystemExit) as stop:
        main(args)
    assert stop.value.code == 0
    return report.read_text(encoding="utf-8")


def test_the_page_holds_all(page: str):
    """The page is one file: its data hold every change, and no address is in it."""
    found = re.search(r'type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    assert data["edits"] == len(data["rows"]) == 10_000
    assert data["texts"] == len(data["files"]) == 10
    assert "</script><b>" in data["rows"][1][6]
    assert not re.search(r"https?://", page)


def test_a_page_is_written_over(page: str, tmp_path: Path):
    """A page of an earlier run gives way to the new one."""
    report, text = tmp_path / "r.html", tmp_path / "a.txt"
    report.write_text(page, encoding="utf-8")
    text.write_text(TEXT, encoding="utf-8")
    args = ["run", "-q", "-p", "characters", "--report", str(report), str(text)]
    with pytest.raises(SystemExit) as stop:
        main(args)
    assert stop.value.code == 0
    assert report.read_text(encoding="utf-8") != page


def test_the_page_in_a_browser(page: str, tmp_path: Path):
    """Keys, search, filters and both themes work, and 10,000 edits do not lag."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium here")
    (tmp_path / "r.html").write_text(page.replace("</body>", READER), encoding="utf-8")
    ran = subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-sync",
            "--disable-component-update", f"--user-data-dir={tmp_path / 'user'}",
            "--window-size=1000,900", "--dump-dom", f"file://{tmp_path / 'r.html'}",
        ],
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    found = re.search(r'<pre id="seen">(.*?)</pre>', ran.stdout, re.DOTALL)
    assert found is not None, ran.stderr[-2000:]
    seen = json.loads(found[1])
    assert seen.pop("draw") < 50  # milliseconds for a screen of rows
    assert 5 < seen.pop("rows") < 60  # of 10,000: only what can be seen is drawn
    assert seen.pop("last").endswith("/9.txt:999")
    assert seen.pop("second").endswith("/0.txt:1")
    assert seen == {
        "count": "10,000 of 10,000 changes",
        "searching": "search",
        "found": "1,000 of 10,000 changes",
        "filtered": "1,000 of 10,000 changes",
        "wide": False,
        "outside": 0,
        "theme": "dark",
    }
