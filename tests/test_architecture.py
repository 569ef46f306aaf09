"""The rules of docs/architecture.md that a machine can check. Import layers stand in pyproject.toml."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from district.kernel import home, registry

ROOT = home.CHECKOUT
SYSTEMS = ROOT / "district" / "systems"
NAMES = [system.name for system in registry.systems()]
PUBLISHING = ("actions", "handlers")
OUTERMOST = ("pages", "urls", "admin", "commands", "api", "seed")
"""Role files that nothing else imports: a package's pages may use the components of ui, which knows people."""


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("district")


def loaded_by(code: str) -> set[str]:
    """The top-level packages a fresh interpreter has loaded after running `code`."""
    program = f"{code}\nimport sys; print(' '.join({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(done.stdout.split())


def test_manifests_load_without_django():
    assert "django" not in loaded_by("from district.kernel import registry; registry.systems()")


def test_contracts_load_without_django():
    imports = "\n".join(
        f"import district.systems.{name}.contract" for name in NAMES if (SYSTEMS / name / "contract.py").exists()
    )
    assert "django" not in loaded_by(imports)


def test_the_gateway_loads_no_django():
    assert "django" not in loaded_by("import district.edges.gateway.__main__")


def test_decoding_loads_no_django():
    assert "django" not in loaded_by("import district.edges.commands.decode, district.protocols.decoders")


@pytest.mark.parametrize("name", NAMES)
def test_a_system_meets_another_only_at_its_contract(graph: grimp.ImportGraph, name: str):
    own = f"district.systems.{name}"
    met = set()
    for module in {own, *graph.find_descendants(own)}:
        for imported in graph.find_modules_directly_imported_by(module):
            if imported.startswith("district.systems.") and not f"{imported}.".startswith(f"{own}."):
                other = imported.split(".")[2]
                assert imported == f"district.systems.{other}.contract", f"{module} imports {imported}"
                met.add(other)
    assert met == set(registry.system(name).uses), f"{name}: the manifest's uses must equal its imports"


def test_contracts_are_leaves(graph: grimp.ImportGraph):
    for name in NAMES:
        contract = f"district.systems.{name}.contract"
        if contract in graph.modules:
            imported = {each for each in graph.find_modules_directly_imported_by(contract) if each != "datetime"}
            assert imported <= {"district.kernel.vocabulary"}, f"{contract} imports {imported}"


def test_kernel_packages_have_no_cycle(graph: grimp.ImportGraph):
    arrows = {
        (package_of(importer), package_of(imported))
        for importer in graph.find_descendants("district.kernel")
        if not set(importer.split(".")[3:]) & {*OUTERMOST, "tests"}
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported.startswith("district.kernel.") and package_of(importer) != package_of(imported)
    }
    left = {package for arrow in arrows for package in arrow}
    while left:
        leaves = {package for package in left if not any(a == package and b in left for a, b in arrows)}
        inner = sorted((a, b) for a, b in arrows if a in left and b in left)
        assert leaves, f"kernel packages in a cycle: {inner}"
        left -= leaves


def package_of(module: str) -> str:
    return module.split(".")[2]


def sources(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.py") if "tests" not in path.parts and "migrations" not in path.parts]


def test_only_actions_and_handlers_publish():
    for path in sources(SYSTEMS):
        calls = [
            node for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "publish"
        ]
        # transit/actions.py, transit/actions/trips.py, or that of a sub-feature: governance/grid/actions/patrols.py
        roles = {part.removesuffix(".py") for part in path.relative_to(SYSTEMS).parts[1:3]}
        assert not calls or roles & set(PUBLISHING), f"{path.relative_to(ROOT)} publishes"


def test_no_foreign_key_crosses_systems():
    from django.apps import apps

    owners = set(NAMES)
    for model in apps.get_models():
        if model._meta.app_label not in owners:
            continue
        for field in model._meta.get_fields():
            other = getattr(field, "related_model", None)
            if other and not isinstance(other, str) and other._meta.app_label in owners:
                assert other._meta.app_label == model._meta.app_label, f"{model.__name__}.{field.name}"


def test_no_template_includes_one_of_another_system():
    for path in SYSTEMS.glob("*/jinja2/**/*.html"):
        own = path.relative_to(SYSTEMS).parts[0]
        for used in re.findall(r"{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+)", path.read_text("utf-8")):
            other = used.split("/")[0]
            assert other == own or other not in NAMES, f"{path.name} uses {used}"


def test_migrations_are_named():
    for path in (ROOT / "district").rglob("migrations/0*.py"):
        assert not re.match(r"\d+_(auto|alter|remove|rename)_?\d*", path.stem) or "auto" not in path.stem, path


@pytest.mark.parametrize("name", NAMES)
def test_a_system_has_its_one_page_and_a_short_manifest(name: str):
    assert (SYSTEMS / name / "README.md").exists()
    assert len((SYSTEMS / name / "manifest.py").read_text("utf-8").splitlines()) <= 90


def test_the_kernel_names_no_system():
    for path in sources(ROOT / "district" / "kernel"):
        for name in NAMES:
            assert f"systems.{name}" not in path.read_text("utf-8"), f"{path.relative_to(ROOT)} names {name}"


def test_files_are_named_after_the_thing_not_the_pattern():
    forbidden = {"utils", "helpers", "common", "manager", "managers", "service", "services", "misc"}
    for path in (ROOT / "district").rglob("*.py"):
        assert path.stem not in forbidden, path.relative_to(ROOT)


def test_no_file_names_a_registry_host_or_a_path_of_a_machine():
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT).stdout.split("\n")
    forbidden = re.compile(r"(pypi|pythonhosted|npmjs|debian)\.(org|com)|/ho[m]e/[a-z]+/|/ro[o]t/")
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".lock", ".json", ".html", ".js", ".sh", ".txt", ".csv", ""}:
            found = forbidden.search(path.read_text("utf-8", errors="ignore")) if path.is_file() else None
            assert not found or name == "tests/test_architecture.py", f"{name}: {found}"
