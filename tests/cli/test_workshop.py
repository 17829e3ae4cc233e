"""Own rules at the command line: project files, packs, `rules add`, `rules new`.

In one process, since a process is not the point.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import normalize
from normalize.checking.editing import add_to_field, written
from normalize.checking.lint import lint_own
from normalize.cli.main import _run
from normalize.errors import NormalizeError
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.source.nodes import Mapping, Scalar, Source, parse

MINE = """\
# Our words.
kind: rewrite
id: desk.words
title: Our words
rules:
  # five of a hundred
  - id: percent
    variants: [per cent]  # as in the style guide
    output: percent
    examples:
      - five per cent -> five percent
  - {id: ok, variants: ok, output: okay, examples: ok -> okay}
  - id: block
    output: b
    variants:
      - aa

    examples: aa -> b
"""
PROJECT = """\
kind: profile
id: desk
title: What our desk writes
extends: plain
rules: rules
remove: [rewrite.ascii/dash]
examples: five per cent – “x” -> five percent – "x"
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A project folder with a text below it; NO process state is kept."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "texts").mkdir()
    (tmp_path / "rules" / "words.yaml").write_text(MINE, encoding="utf-8")
    (tmp_path / "normalize.yaml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "texts" / "a.txt").write_text("5 per cent – “x”\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("desk")
def test_a_project_file_is_found_upward(capfdbinary):
    """The nearest normalize.yaml above the input says what runs."""
    assert 0 == _run(["run", "texts/a.txt"])
    assert '5 percent – "x"\n'.encode() == capfdbinary.readouterr().out


@pytest.mark.usefixtures("desk")
def test_a_profile_that_is_named_wins(capfdbinary):
    """With -p the project file counts for nothing."""
    assert 0 == _run(["run", "-p", "plain", "texts/a.txt"])
    assert b'5 per cent - "x"\n' == capfdbinary.readouterr().out


def test_pyproject_names_profile_rules_and_options(desk, capfdbinary):
    """The table of a pyproject.toml does the same for a project that has one."""
    (desk / "normalize.yaml").unlink()
    (desk / "pyproject.toml").write_text(
        '[tool.normalize]\nprofile = "plain"\nrules = ["rules"]\n'
        'options = {apostrophe = "ascii"}\n', encoding="utf-8",
    )  # fmt: skip

    assert 0 == _run(["run", "texts/a.txt"])
    assert b'5 percent - "x"\n' == capfdbinary.readouterr().out


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ('profil = "plain"', "unknown key 'profil' in [tool.normalize]"),
        ("profile = 1", "a value that is no text"),
        ('rules = ["../x"]', "lie outside of the folder"),
        ('rules = ["gone"]', "there are no rules 'gone'"),
        ("profile = ", "pyproject.toml:2:11: not TOML: Invalid value"),
    ],
)
def test_mistakes_of_a_project_are_told(desk, capsys, said, answer):
    """A wrong project file is wrong use, said in one message with its path."""
    (desk / "normalize.yaml").unlink()
    (desk / "pyproject.toml").write_text(f"[tool.normalize]\n{said}\n")

    assert 2 == _run(["run", "texts/a.txt"])
    error = capsys.readouterr().err
    assert answer in error and "pyproject.toml" in error


def test_rules_of_a_profile_stay_in_its_folder(desk, capsys):
    """A profile from a stranger reads nothing beside its own folder."""
    wanted = PROJECT.replace("rules: rules", "rules: [../../other]")
    (desk / "normalize.yaml").write_text(wanted, encoding="utf-8")

    assert 2 == _run(["run", "texts/a.txt"])
    assert "lie outside of the folder" in capsys.readouterr().err


def test_a_pack_is_found_by_its_entry_point_and_not_run(desk, monkeypatch, capfdbinary):
    """A distribution offers a folder of rules; none of its code runs."""
    site = desk / "site"
    (site / "deskpack" / "rules").mkdir(parents=True)
    (site / "deskpack" / "__init__.py").write_text("raise SystemExit('ran')")
    (site / "deskpack" / "rules" / "words.yaml").write_text(MINE, encoding="utf-8")
    info = site / "deskpack-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: deskpack\nVersion: 1\n"
    )
    (info / "entry_points.txt").write_text("[normalize.rules]\ndesk = deskpack.rules\n")
    monkeypatch.setattr(sys, "path", [str(site), *sys.path])

    assert 0 == _run(["run", "-p", "plain", "--rules", "pack:desk", "texts/a.txt"])
    assert b'5 percent - "x"\n' == capfdbinary.readouterr().out
    assert 2 == _run(["run", "-p", "plain", "--rules", "pack:desks", "texts/a.txt"])
    assert b"did you mean 'desk'?" in capfdbinary.readouterr().err


def test_add_puts_in_and_runs_and_keeps_the_rest(desk, capsys):
    """A spelling, an example and a text to keep; comments and order stay."""
    args = ["--rules", "rules", "--variant", "pct", "--example", "5 pct -> 5 percent"]

    assert 0 == _run(["rules", "add", "percent", *args, "--keep", "the pctx: file"])
    assert (
        MINE.replace("[per cent]", "[per cent, pct]").replace(
            "five percent\n",
            "five percent\n      - 5 pct -> 5 percent\n"
            "      - keep: 'the pctx: file'\n",
        )
        == (desk / "rules" / "words.yaml").read_text()
    )
    said = capsys.readouterr().out
    assert "+    variants: [per cent, pct]  # as in the style guide" in said
    assert "3 examples: 3 pass" in said


def test_add_leaves_a_file_that_would_not_load(desk, capsys):
    """What can't be read afterwards is not kept."""
    args = ["rules", "add", "percent", "--rules", "rules", "--variant", "percent"]

    assert 2 == _run(args)
    assert MINE == (desk / "rules" / "words.yaml").read_text()
    assert "is the output itself" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rule", "field", "text", "line"),
    [
        ("ok", "variants", "o.k.", "variants: [ok, o.k.], output"),
        ("ok", "unless", "ok, sir", "{id: ok, unless: ['ok, sir'], variants"),
        ("block", "variants", "a: b", "      - aa\n      - 'a: b'\n"),
        ("percent", "unless", "x", "  - id: percent\n    unless: [x]\n"),
    ],
)
def test_adding_to_fields_of_all_layouts(rule, field, text, line):
    """A scalar becomes a list, a list gets one more, a new field goes behind the id."""
    new = add_to_field(Source("a.yaml", MINE), rule, field, text)
    root, errors = parse(Source("a.yaml", new))

    assert line in new
    assert [] == errors and isinstance(root, Mapping)


@pytest.mark.parametrize(
    "text",
    ["Kiev", "a, b", "it's", "x: y", "#5", "- a", "yes]", "\u200bz", "a\nb", "*", "~",
     "a -> b", "«так»", "a {b}", "x #y", 'q"', "%a", "@b", "`c`", " lead", "trail "],
)  # fmt: skip
@pytest.mark.parametrize("flow", [True, False])
def test_written_texts_are_read_back(text, flow):
    """Whatever is put in comes out as the same text."""
    said = written(text, flow=flow)
    yaml = f"a: [{said}]\n" if flow else f"a:\n  - {said}\n"
    root, errors = parse(Source("a.yaml", yaml))

    assert [] == errors
    node = root.items["a"][1].items[0]
    assert isinstance(node, Scalar) and text == node.value


def test_what_is_there_is_not_added_again():
    """Adding a spelling twice is said, not done."""
    with pytest.raises(NormalizeError, match="'per cent' is there already"):
        add_to_field(Source("a.yaml", MINE), "percent", "variants", "per cent")


@pytest.mark.parametrize("kind", KINDS)
def test_new_files_load_and_have_their_id(kind, tmp_path, monkeypatch, capsys):
    """Each kind has a template that is whole: its examples pass."""
    monkeypatch.chdir(tmp_path)

    assert 0 == _run(["rules", "new", kind, "-o", "mine.yaml"])
    first = Path("mine.yaml").read_text(encoding="utf-8").splitlines()[0]
    schema = Path(first.removeprefix("# yaml-language-server: $schema="))
    assert schema.is_file() and schema.name == f"{kind}.schema.json"
    assert 2 == _run(["rules", "new", kind, "-o", "mine.yaml"])
    assert "is there already" in capsys.readouterr().err
    assert 0 == _run(["rules", "show", "--rules", "mine.yaml", "mine"])
    assert 0 == _run(["rules", "test", "--alone", "mine.yaml"])
    assert [] == [f for f in lint_own(Library(["mine.yaml"])) if not f.note]


def test_new_files_name_the_schemas_beside_them(tmp_path, monkeypatch):
    """Where a folder above has the schemas, the path goes there."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)

    assert 0 == _run(["rules", "schema", "-o", "_schema"])
    assert 0 == _run(["rules", "new", "names", "-o", "a/b/names.yaml"])
    first = Path("a/b/names.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first.endswith("$schema=../../_schema/names.schema.json")


def test_show_tells_which_made_spellings_change(tmp_path, capsys):
    """A short spelling and an unusual one are made and do nothing alone."""
    path = tmp_path / "mine.yaml"
    path.write_text(
        "kind: names\nid: mine\ntitle: Mine\nrules:\n"
        "  - {id: berestyn, name: Берестин / Берестин}\n",
        encoding="utf-8",
    )

    assert 0 == _run(["rules", "show", "mine/berestyn", "--rules", str(path)])
    found, idle = (
        line.partition(": ")[2].split(", ")
        for line in capsys.readouterr().out.splitlines()
        if line.startswith("made")
    )
    assert {"Berestyn", "Berestin", "Beriestyn"} <= set(found)
    assert "Beristin" in idle
    run = normalize.load("plain", rules=[path])
    assert {"Berestyn"} == {run(text) for text in found}
    assert idle == [run(text) for text in idle]


def test_new_files_of_all_kinds_have_no_findings(tmp_path, monkeypatch, capsys):
    """Together, and among the shipped rules, the templates are in nobody's way."""
    monkeypatch.chdir(tmp_path)
    for kind in KINDS:
        assert 0 == _run(["rules", "new", kind, "-o", f"{kind}.yaml"])
    # What uses the class is written by its editor.
    (tmp_path / "classes.yaml").unlink()

    assert 0 == _run(["rules", "lint", "."]), capsys.readouterr().out


def _veto(desk):
    """Give the rule of the desk a veto."""
    (desk / "rules" / "words.yaml").write_text(
        MINE.replace(
            "    output: percent\n",
            "    output: percent\n    unless: [per cent sign]\n",
        )
    )


def test_explain_says_why_not(desk, capsys):
    """A veto, a protected place, a longer word, a rule elsewhere, and the nearest."""
    _veto(desk)
    text = "a per cent sign, 5 per cent, https://a.example/per cent"

    assert 0 == _run(["explain", text, "--why", "per cent"])
    said = capsys.readouterr().out
    assert "desk.words/percent (" in said
    assert "knows it, but 'unless' vetoes it in 'per cent sign'" in said
    assert "changed: 'per cent' -> 'percent' by desk.words/percent" in said
    assert 0 == _run(["explain", "https://a.example/ok", "--why", "ok"])
    assert "protected: protect.web/url" in capsys.readouterr().out
    assert 0 == _run(["explain", "-p", "plain", "in Lvov", "--why", "Lvov"])
    assert "does not use that file" in capsys.readouterr().out
    assert 0 == _run(["explain", "oks", "--why", "ok"])
    assert "part of a longer word" in capsys.readouterr().out
    assert 0 == _run(["explain", "nothing", "--why", "ok"])
    assert "does not stand in the text" in capsys.readouterr().out


def test_explain_gives_the_reasons_as_json(desk, capsys):
    """Vetoes, protected places and candidates, each with its offsets."""
    _veto(desk)
    text = "a per cent sign, https://a.example/x per cent"

    assert 0 == _run(
        ["explain", text, "--why", "per cent", "-v", "--output-format", "json"]
    )
    said = json.loads(capsys.readouterr().out)
    vetoed, changed = said["why"]
    assert (2, 10, 1, 3) == tuple(vetoed[k] for k in ("start", "end", "line", "column"))
    assert "'unless' vetoes it in 'per cent sign'" in vetoed["reasons"][0]
    assert changed["reasons"][0].startswith("changed: 'per cent' -> 'percent' by desk")
    assert [(17, 36)] == [
        (span["start"], span["end"])
        for span in said["protected"]
        if span["rule"] == "protect.web/url"
    ]
    assert {"stage": "words", "start": 2, "text": "per"} in said["candidates"]


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        ("Kiev cake", "Kiev", "'Kiev cake' stays as it is (names.frozen/phrases at "),
        ("the word Kiev", "Kiev", "it is spoken of: 'the word' stands right before it"),
        ("Tom Zelensky", "Zelensky", "'Tom' right before it makes it somebody else's"),
        (
            "Odessa, Texas",
            "Odessa",
            "'unless' vetoes it in 'Odessa, Texas'",
        ),
        ("on 30 February 2024", "30", "left: invalid_date: there is no such day"),
    ],
)
def test_explain_names_what_decided(text, word, reason, capsys):
    """The phrase and the rule that keep a name, where one stands in the text."""
    assert 0 == _run(["explain", "-p", "news-en", text, "--why", word])
    said = capsys.readouterr().out

    assert reason in said
    assert "no rule knows it" not in said
    assert "decides otherwise" not in said


def test_explain_tells_what_each_stage_left(desk, capsys):
    """With -v the words that a rule of the stage knows, with what vetoed it."""
    _veto(desk)
    text = "a per cent sign, 5 per cent and https://a.example/per cent"
    left = "    left: per cent: desk.words/percent ("

    assert 0 == _run(["explain", "-v", text])
    said = capsys.readouterr().out
    assert said.count(left) == 1
    assert "'unless' vetoes it in 'per cent sign'" in said.partition(left)[2]
    assert 0 == _run(["explain", "-v", text, "--output-format", "json"])
    (one,) = json.loads(capsys.readouterr().out)["left"]
    assert ("words", "per cent") == (one["stage"], one["text"])


@pytest.mark.usefixtures("desk")
def test_explain_shows_every_stage(capsys):
    """With -v: what was protected by which rule, candidates and changes by stage."""
    assert 0 == _run(["explain", "-v", "5 per cent of https://a.example/x"])
    said = capsys.readouterr().out
    assert "protected 14-33: https://a.example/x (protect.web/url" in said
    assert "stage words: 1 candidates (per)\n    changed: per cent -> percent" in said


def test_diff_of_rules_on_texts(desk, capsys):
    """What texts gain and lose, by rule, with a count and what stands around."""
    (desk / "texts" / "b.txt").write_text("no change here")
    args = ["rules", "diff", "plain", "rules", "-p", "plain", "--corpus", "texts"]

    assert 1 == _run(args)
    said = capsys.readouterr().out
    assert said.startswith("+ desk.words/percent: 1\n")
    assert "texts/a.txt:1: 'per cent' -> 'percent'   in: 5 [per cent]" in said
    assert said.endswith("1 of 2 texts come out otherwise\n")
    assert 0 == _run([*args[:2], "plain", "plain", *args[4:]])


def test_scan_and_suggest_say_what_to_add(desk, capsys):
    """Names that no rule knows, those near to an entry first, then characters."""
    (desk / "normalize.yaml").unlink()
    places = (
        "kind: names\nid: my.places\ntitle: P\nrules:\n"
        "  - {id: ratne, canonical: Ratne, also: [Ratno], examples: Ratno -> Ratne}\n"
    )
    (desk / "rules" / "words.yaml").write_text(places)
    profile = (
        "kind: profile\nid: p\ntitle: P\nstages: [{id: words, rules: [my.places]}]\n"
        "rules: rules\nexamples: {keep: a}\n"
    )
    (desk / "normalize.yaml").write_text(profile)
    (desk / "texts" / "a.txt").write_text(
        "he saw Ratnoo and Ratnoo, then Ratno, then Springfield ☂☂ in Springfield"
    )

    assert 0 == _run(["scan", "texts"])
    rows = [line.split()[:4] for line in capsys.readouterr().out.splitlines()[1:]]
    assert [
        ["2", "name", "Ratnoo", "Ratno"],
        ["2", "name", "Springfield", "as"],
        ["2", "character", "☂", "U+2602"],
    ] == [[*row[:3], "as" if row[2] == "Springfield" else row[3]] for row in rows]
    assert 0 == _run(["rules", "suggest", "texts"])
    said = capsys.readouterr().out
    assert "normalize rules add my.places/ratne --variant Ratnoo\n" in said


def test_show_tells_who_overrides(desk, capsys):
    """The profiles that use a rule, and the files that replace it or leave it out."""
    child = (
        "kind: rewrite\nid: desk.child\ntitle: C\nextends: desk.words\nremove: [ok]\n"
        "rules:\n"
        "  - {id: percent, variants: [pct], output: '%', examples: pct -> %}\n"
    )
    (desk / "rules" / "child.yaml").write_text(child)

    assert 0 == _run(["rules", "show", "--rules", "rules", "desk.words/percent"])
    said = capsys.readouterr().out
    assert "overridden by: desk.child/percent (rules/child.yaml:7)" in said
    assert 0 == _run(["rules", "show", "--rules", "rules", "desk.words/ok"])
    assert "left out by: desk.child (rules/child.yaml)" in capsys.readouterr().out
    assert 0 == _run(["rules", "show", "rewrite.ascii/dash"])
    assert "used by: plain" in capsys.readouterr().out


def test_lints_are_explained(capsys):
    """Every code can be asked for; an unknown one is told with those near to it."""
    assert 0 == _run(["rules", "explain", "n011"])
    said = capsys.readouterr().out
    assert said.startswith("N011: the time of a pattern grows faster than the text\n")
    assert "why:   " in said and "mend:  " in said
    assert 0 == _run(["rules", "explain"])
    capsys.readouterr()
    assert 2 == _run(["rules", "explain", "N999"])
    assert "hint: 'normalize rules explain' lists all" in capsys.readouterr().err
    assert 2 == _run(["rules", "lint", "--fix"])


def test_rules_of_other_files_are_no_paths(desk, capsys):
    """Only a profile names files under `rules`; a slip elsewhere is told as one."""
    (desk / "a.yaml").write_text("kind: rewrite\nid: a\ntitle: A\nrules: only a text\n")

    assert 2 == _run(["rules", "test", "a.yaml"])
    assert "a.yaml:4:8: expected rule" in capsys.readouterr().err
