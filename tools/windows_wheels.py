"""Ask whether every locked library has a wheel for the offices' Windows PCs, and for Linux.

The Python versions are those that pyproject.toml names as supported; the next one is tried as well,
and a line tells when it has become possible to support it. Nothing is installed, and the index is
the one that pip is set up with.
"""

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = ["win_amd64"]
# A wheel's tag names the oldest C library that it runs with; Debian 12 has 2.36.
LINUX = [f"manylinux_2_{minor}_x86_64" for minor in range(36, 4, -1)]
LINUX += ["manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"]
PREFIX = "Programming Language :: Python :: 3."


def supported() -> list[int]:
    """The minor versions of Python 3 that pyproject.toml names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return sorted(int(c.removeprefix(PREFIX)) for c in project["classifiers"] if PREFIX in c)


def missing(lock: Path, minor: int, platforms: list[str]) -> str:
    """What pip says is missing of ``lock`` for Python 3.``minor``; empty when all is there."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run"]
        command += ["--disable-pip-version-check", "--ignore-installed", "--no-deps"]
        command += ["--require-hashes", "--only-binary=:all:", "--target", folder]
        command += ["--implementation", "cp", "--python-version", f"3.{minor}", "-r", str(lock)]
        for platform in platforms:
            command += ["--platform", platform]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else ""


def questions() -> Iterator[tuple[str, int, str, list[str], bool]]:
    """What is asked: lock, minor version, platform, its tags, and whether it must be so."""
    versions = supported()
    for minor in versions:
        # sign.txt is run.txt with what signing adds.
        yield "sign.txt", minor, "Windows x64", WINDOWS, True
        yield "sign.txt", minor, "Linux x64", LINUX, True
    # The frozen program for Windows is made with one Python, the oldest supported.
    yield "dist.txt", versions[0], "Windows x64", WINDOWS, True
    yield "sign.txt", versions[-1] + 1, "Windows x64", WINDOWS, False


def main() -> int:
    """Print one line a question; 1 if a wheel is missing that must be there."""
    failed = False
    for lock, minor, name, platforms, needed in questions():
        said = missing(ROOT / "requirements" / lock, minor, platforms)
        verdict = "complete" if not said else "MISSING" if needed else "not yet"
        print(f"{lock:9} Python 3.{minor:<3} {name:12} {verdict}", flush=True)
        if said and needed:
            print(said, file=sys.stderr)
            failed = True
        elif not said and not needed:
            print(f"  Python 3.{minor} can be supported: add it to the classifiers.")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
