"""Gets a browser for the browser tests if it can; says plainly when it cannot. Never fails the build."""

from __future__ import annotations

import os
import shutil
import subprocess

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


def find_browser() -> str | None:
    """The path of a Chromium-like browser, DISTRICT_BROWSER first."""
    given = os.environ.get("DISTRICT_BROWSER")
    return given or next(filter(None, map(shutil.which, BROWSERS)), None)


def main() -> None:
    if find_browser():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(
            "安装浏览器供测试使用 · installing Chromium and Chinese fonts for the browser tests", flush=True
        )
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        packages = ["chromium", "fonts-noto-cjk"]
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        ):
            if subprocess.run(command, env=environment, capture_output=True).returncode:
                break
    if not find_browser():
        print(
            "⚠ 没有浏览器：浏览器测试将跳过。安装：sudo apt-get install chromium fonts-noto-cjk，或设 DISTRICT_BROWSER\n"
            "  no browser here: the browser tests will be skipped; install one or set DISTRICT_BROWSER",
            flush=True,
        )


if __name__ == "__main__":
    main()
