#!/usr/bin/python3
"""What has no transcript: check_coverage.py HRCTL

Every option that --help names stands in a command line of a transcript (tests/cli, tests/errors, the pages), and every
code that the program can print has a file tests/errors/CODE.test that shows it.
"""
import re
import shlex
import subprocess
import sys

from check_messages import ROW, joined
from tally import ROOT, Tally, relative, sources

# Message tables that hold codes, and the families of keys in them that are no codes.
CODE_TABLES = ("defs", "expr", "facts", "ingest", "engine", "explain")
NO_CODES = ("calibration-advice", "calibration-file", "explain", "progress", "type")
# Errors that nothing a shell can do brings about; unit tests and tests/crash have them where they can be made at all.
OUT_OF_REACH = {
    "encoding-tables": "a C library without its gconv modules",
    "digest-failed": "OpenSSL without SHA-256",
    "output-closed": "a reader that went away is no error to speak of",
    "store-needs-recovery": "another user than root, and a crash before",
    "store-no-backup": "a store of an older version",
    "store-no-run": "asked only for runs that were looked up",
    "store-older": "a store of an older version",
    "store-read-only": "another user than root",
    "store-time-order": "times are asked of the store, which moves on",
    "store-unreadable": "another user than root",
    "stored-definitions-unreadable": "a store of another version",
    "run-not-reproduced": "a run that another version of hrctl made",
    "review-no-fact": "a finding that nothing puts into the review queue yet; unit_engine has it",
    "review-refused": "the same, corrected to what is no number; unit_engine has it",
    "store-failed": "a fault of SQLite that has no name of its own",
    "store-io": "a disk that fails",
    "store-no-memory": "no memory left inside SQLite",
    "store-too-big": "a piece beyond 2 GiB",
}


# ---- options ---------------------------------------------------------------------------------------------------------

class Command:
    """A command as its --help shows it."""

    def __init__(self, hrctl, path=()):
        self.path = path
        text = subprocess.run([hrctl, *path, "--help"], env={"LC_ALL": "C.UTF-8"}, capture_output=True, check=True).stdout.decode()
        parts = dict(re.findall(r"^(Options|Subcommands):\n((?:  .*\n)+)", text, re.M))
        self.options = {}  # spelling → (its long name, takes a value)
        for names, value in re.findall(r"^  (-\S+)(?: (\S+))?(?:  |$)", parts.get("Options", ""), re.M):
            long_name = names.split(",")[-1]
            for name in names.split(","):
                self.options[name] = (long_name, bool(value))
        self.below = {name: Command(hrctl, path + (name,))
                      for name in re.findall(r"^  (\S+)", parts.get("Subcommands", ""), re.M)}

    def all(self):
        yield self
        for command in self.below.values():
            yield from command.all()


def command_lines(path):
    """The commands of a transcript or of a page's console blocks, with the lines that they go on in."""
    text = path.read_text(encoding="utf-8")
    blocks = [text] if path.suffix == ".test" else re.findall(r"^```console\n(.*?)^```", text, re.M | re.S)
    for block in blocks:
        yield from re.findall(r"^\$ ((?:.*\\\n)*.*)$", block, re.M)


def calls_of(line):
    """The argument lists with which a line of shell calls hrctl."""
    lexer = shlex.shlex(line.replace("\\\n", " "), posix=True, punctuation_chars="();<>|&`")
    lexer.whitespace_split = True
    lexer.commenters = ""
    call = None
    try:
        for word in lexer:
            if word and all(c in "();<>|&`" for c in word):
                if call is not None:
                    yield call
                call = None
            elif call is not None:
                call.append(word)
            elif word == "hrctl":
                call = []
    except ValueError:  # quotes that only a shell can tell apart: what was read so far counts
        pass
    if call is not None:
        yield call


def note_options(root, words, used):
    """Adds (path, long option) for each option of one call; of options above the command the path is theirs."""
    chain = [root]
    words = iter(words)
    for word in words:
        if word == "--":
            break
        if word.startswith("-") and len(word) > 1:
            name = word.split("=")[0] if word.startswith("--") else word[:2]
            owner = next((c for c in reversed(chain) if name in c.options), None)
            if owner is None:
                continue
            long_name, takes_value = owner.options[name]
            used.add((owner.path, long_name))
            if takes_value and word == name:
                next(words, None)
        elif word in chain[-1].below:
            chain.append(chain[-1].below[word])


def check_options(tally, hrctl, transcripts):
    root = Command(hrctl)
    used = set()
    hidden = False
    for path in transcripts:
        for line in command_lines(path):
            for words in calls_of(line):
                hidden = hidden or words[:1] == ["__complete"]
                note_options(root, words, used)
    for command in root.all():
        name = " ".join(("hrctl",) + command.path)
        for option in sorted({long_name for long_name, _ in command.options.values()}):
            shown = (command.path, option) in used or (option == "--help" and any(o == option for _, o in used))
            tally.check(shown, f"no transcript has a line `$ {name} … {option}`")
    tally.check(hidden, "no transcript has a line `$ hrctl __complete …`")


# ---- codes -----------------------------------------------------------------------------------------------------------

def keys_of(table):
    text = (ROOT / "lib/i18n/messages" / f"{table}.def").read_text(encoding="utf-8")
    return {joined(row[0]) for row in ROW.findall(text)}


def code_of(key):
    return key.split("/")[0]


def thrown():
    """Codes of errors that end a command: keys within Error(ErrorKind::…), and all of the store's."""
    known = set().union(*(keys_of(t) for t in CODE_TABLES), keys_of("cmd"), keys_of("store"))
    codes = {code_of(key) for key in keys_of("store")} | {"import-refused"}  # which of these is worked out first
    for path in sources("lib", "cmd"):
        text = path.read_text(encoding="utf-8")
        for call in re.findall(r"\bErrorKind::\w+\s*,((?:[^;\"]|\"(?:[^\"\\]|\\.)*\")*)", text):
            codes |= {code_of(literal) for literal in re.findall(r'"([^"\\]+)"', call) if literal in known and not literal.startswith("option/")}
    return codes


def check_codes(tally):
    errors = thrown()
    found = {code_of(key) for table in CODE_TABLES for key in keys_of(table)} - set(NO_CODES)
    folder = ROOT / "tests/errors"
    for code in sorted(found | errors):
        path = folder / f"{code}.test"
        if code in OUT_OF_REACH:
            tally.check(not path.exists(), f"{relative(path)} is there: take {code} off OUT_OF_REACH")
        elif tally.check(path.exists(), f"there is no tests/errors/{code}.test"):
            shows = f"[{code}]" in path.read_text(encoding="utf-8")  # what ends a command is told without its code
            tally.check(shows or code in errors, f"{relative(path)} does not show [{code}]")
    for path in sorted(folder.glob("*.test")):
        tally.check(path.stem in found | errors, f"{relative(path)}: nothing prints the code {path.stem}")
    for code in sorted(OUT_OF_REACH):
        tally.check(code in found | errors, f"OUT_OF_REACH names {code}, which nothing prints")


def main():
    tally = Tally("coverage")
    transcripts = [p for folder in ("tests/cli", "tests/errors") for p in sorted((ROOT / folder).rglob("*.test"))]
    transcripts += sorted((ROOT / "docs").rglob("*.md")) + [ROOT / "README.md", ROOT / "README.zh-CN.md"]
    check_options(tally, sys.argv[1], transcripts)
    check_codes(tally)
    tally.finish()


if __name__ == "__main__":
    main()
