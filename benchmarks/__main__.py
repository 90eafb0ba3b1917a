"""Run every benchmark in a process of its own, one after the other, and gather their results.

A benchmark is a module of this folder that prints what it measures. Each of its lines with the word
"goal" is a result, and stands again in the table at the end. Names given are run alone:
``python -m benchmarks start``. ``--records N`` measures the store with so many, not a million. Only
ratios within one run mean anything: machines drift.
"""

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def modules() -> list[str]:
    """The benchmarks there are, by name."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))


def run(name: str, records: str) -> tuple[list[str], int]:
    """Run one benchmark, its lines shown as they come; its results and its exit status."""
    print(f"== {name}", flush=True)
    settings = {"PYTHONUNBUFFERED": "1", "QT_QPA_PLATFORM": "offscreen", "RECORDS": records}
    environment = {**os.environ, **settings}
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    results = []
    with subprocess.Popen(
        command, cwd=FOLDER.parent, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if "goal" in line:
                results.append(line.rstrip())
    return results, process.returncode


def main() -> int:
    """Run those named, or all; 1 if one of them broke off."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--records", default="")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(modules())
    if unknown:
        print(f"no such benchmark: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    table: list[str] = []
    failed: list[str] = []
    for name in asked.names or modules():
        results, status = run(name, asked.records)
        table += [f"{name:14} {line.strip()}" for line in results]
        failed += [name] if status else []
    print(f"\n== results: {platform.platform()}, Python {platform.python_version()}")
    print("\n".join(table))
    if failed:
        print(f"broken off: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
