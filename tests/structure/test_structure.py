"""The walls of the house: import direction, surface, sizes, docstrings."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import normalize

PACKAGE = Path(normalize.__file__).parent
MODULES = sorted(p for p in PACKAGE.rglob("*.py"))

# Each floor may use the floors below it and its own; the first prefix that fits
# says on which one a module stands.
FLOORS = (
    ("normalize.errors", 0),
    ("normalize.spans", 0),
    ("normalize.extras", 0),
    ("normalize.source", 1),
    ("normalize.engine", 1),
    ("normalize.kinds", 2),
    ("normalize.plan", 3),
    ("normalize.library", 3),
    ("normalize.extending", 3),
    ("normalize.reading", 3),
    ("normalize.references", 3),
    ("normalize.compiling", 3),
    ("normalize.profile", 3),
    ("normalize.options", 3),
    ("normalize.beside", 3),
    ("normalize.joined", 3),
    ("normalize.fingerprint", 3),
    ("normalize.packing", 0),
    ("normalize.cache", 3),
    ("normalize.packs", 1),
    ("normalize.project", 3),
    ("normalize.result", 4),
    ("normalize.stream", 4),
    ("normalize.together", 4),
    ("normalize.parallel", 4),
    ("normalize.normalizer", 4),
    ("normalize.loading", 4),
    ("normalize.making", 4),
    ("normalize.romanizers", 4),
    ("normalize.transliteration", 4),
    ("normalize.spellings", 4),
    ("normalize.selection", 4),
    ("normalize.checking", 5),
    ("normalize.service", 5),
    ("normalize.files", 5),
    ("normalize.cli", 6),
    ("normalize.adapters", 6),
)
ENTRANCES = ("normalize.__main__", "normalize")  # they only hand on


def name_of(path: Path) -> str:
    """The dotted name of a module file."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def floor_of(module: str) -> int:
    """The floor on which a module stands."""
    for prefix, floor in FLOORS:
        if module == prefix or module.startswith(prefix + "."):
            return floor
    raise AssertionError(f"{module} stands on no floor: add it to FLOORS")


def imports_of(path: Path) -> list[str]:
    """The modules of the package that a file imports, anywhere in it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            known = {name_of(p) for p in MODULES}
            found += [n if n in known else node.module for n in names]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return [m for m in found if m.split(".")[0] == "normalize" and m != "normalize"]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_down(path):
    """No module imports from a floor above its own."""
    module = name_of(path)
    if module in ENTRANCES:
        return
    above = [m for m in imports_of(path) if floor_of(m) > floor_of(module)]

    assert [] == above


def test_engine_and_source_do_not_know_each_other():
    """The two halves of the first floor are independent."""
    for path in MODULES:
        for half, other in (("engine", "source"), ("source", "engine")):
            if name_of(path).startswith(f"normalize.{half}"):
                stray = [
                    m for m in imports_of(path) if m.startswith(f"normalize.{other}")
                ]
                assert [] == stray, path


def test_no_import_circles():
    """Modules can be put in an order in which each uses earlier ones only."""
    graph = {name_of(p): set(imports_of(p)) for p in MODULES}
    graph = {m: {i for i in used if i in graph and i != m} for m, used in graph.items()}
    while graph:
        free = {module for module, used in graph.items() if not used & graph.keys()}
        assert free, f"in a circle: {sorted(graph)}"
        graph = {m: used for m, used in graph.items() if m not in free}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_are_small(path):
    """A module has one job and says it in at most 400 lines; 300 is the aim."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_public_names_have_docstrings(path):
    """Modules, public classes and public functions tell what they are for."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            own = {n.name for n in tree.body if isinstance(n, type(node))}
            public = node.name in own and not node.name.startswith("_")
            if public and ast.get_docstring(node) is None:
                bare.append(node.name)

    assert ast.get_docstring(tree) or path.name == "__init__.py"
    assert [] == [name for name in bare if name not in ALLOWED_BARE]


# Small records whose name and base say all.
ALLOWED_BARE = {"Seq", "Alt"}


def test_public_surface():
    """What the package offers is this list; a change of it is meant and noted."""
    assert [
        "Alignment", "Candidate", "DecodeError", "Diagnostic", "Edit",
        "Identified", "InputError", "NormalizeError", "Normalizer", "OptionError",
        "Projected", "Result", "Romanizer", "RuleError", "RuleErrors", "RuleRef",
        "Span", "Step", "System",
        "UnknownNameError", "Variant", "identify", "load", "reverse_candidates",
        "systems", "transliterate", "variants",
    ] == normalize.__all__  # fmt: skip
    assert all(getattr(normalize, name) is not None for name in normalize.__all__)


def test_unknown_attributes_are_refused():
    """A name that the package does not have is an ordinary AttributeError."""
    with pytest.raises(AttributeError, match="no attribute 'lood'"):
        normalize.lood  # noqa: B018


def test_no_path_of_a_machine_in_the_project():
    """Nothing that is shipped names a folder of the machine that it was made on."""
    root = PACKAGE.parent
    folders = ("normalize", "rules", "benchmarks", "seeds", ".ci")
    paths = [p for name in folders for p in (root / name).rglob("*") if p.is_file()]
    paths += [*root.glob("*.md"), root / "Makefile", root / "pyproject.toml"]
    for path in paths:
        if path.suffix in {".pyc", ".json"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert str(root) not in text, path
        assert str(Path.home()) + "/" not in text, path
