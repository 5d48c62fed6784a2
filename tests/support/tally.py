"""What every check script shares: files of the repository, and the one line at the end."""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

DEBIAN_PYTHON = "/usr/bin/python3"


def need_debian_python():
    """Scripts that import packages of Debian start again with its python3 where another one comes first on PATH."""
    if os.path.exists(DEBIAN_PYTHON) and os.path.realpath(sys.executable) != os.path.realpath(DEBIAN_PYTHON):
        os.execv(DEBIAN_PYTHON, [DEBIAN_PYTHON, *sys.argv])


class Tally:
    """Counts what held and what did not; prints the latter at once."""

    def __init__(self, name):
        self.name = name
        self.passed = 0
        self.failed = 0

    def check(self, holds, what):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {self.name}: {what}")
        return holds

    def finish(self):
        """Prints the line that run_suites.py reads, and leaves. Nothing checked is a failure too."""
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed or not self.passed else 0)


def sources(*folders, endings=(".h", ".cpp")):
    """Files of our own code below the folders, sorted."""
    return sorted(p for folder in folders for p in (ROOT / folder).rglob("*")
                  if p.suffix in endings and p.is_file())


def relative(path):
    return str(path.relative_to(ROOT))


def git_files():
    """Files that are part of the repository (or would be, were they added)."""
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard", "-z"],
                            capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
