#!/usr/bin/python3
"""The transcript runner itself: that it passes what agrees, fails what does not, and rewrites only when told.

  check_transcript.py TRANSCRIPT-PROGRAM

Uses a stand-in for hrctl, so it holds before the first command exists.
"""
import os
import subprocess
import sys
import tempfile

STAND_IN = """#!/bin/sh
case $1 in
  hello) echo "hello $2" ;;
  both) echo out; echo err >&2 ;;
  odd) printf '# head\\n$ dollar\\n\\n> quote\\n\\\\back\\n\\n' ;;
  nonl) printf 'no end' ;;
  fail) echo bad >&2; exit 3 ;;
  clock) echo "$HRCTL_TEST_CLOCK $TZ $LC_ALL $COLUMNS" ;;
  many) seq 1 9 ;;
esac
"""

# (name, file name, text, passed, failed)
CASES = [
    ("agrees", "a.test", "# words\n$ hrctl hello you\nhello you\n\n$ hrctl fail\n>2\nbad\n>= 3\n", 2, 0),
    ("wrong output", "a.test", "$ hrctl hello you\nhello me\n", 0, 1),
    ("no output expected", "a.test", "$ hrctl hello you\n", 0, 1),
    ("stderr not expected", "a.test", "$ hrctl both\nout\n", 0, 1),
    ("stderr expected but absent", "a.test", "$ hrctl hello x\nhello x\n>2\nerr\n", 0, 1),
    ("wrong exit code", "a.test", "$ hrctl fail\n>2\nbad\n>= 1\n", 0, 1),
    ("lines that need a backslash", "a.test", "$ hrctl odd\n\\# head\n\\$ dollar\n\n\\> quote\n\\\\back\n\\\n", 1, 0),
    ("blank last line missing", "a.test", "$ hrctl odd\n\\# head\n\\$ dollar\n\n\\> quote\n\\\\back\n", 0, 1),
    ("no newline at the end", "a.test", "$ hrctl nonl\nno end\n\\c\n", 1, 0),
    ("newline where none comes", "a.test", "$ hrctl nonl\nno end\n", 0, 1),
    ("no newline after nothing", "a.test", "$ true\n\\c\n", 1, 0),
    ("no newline after nothing, where lines come", "a.test", "$ hrctl hello you\n\\c\n", 0, 1),
    ("fixed surroundings", "a.test", "$ hrctl clock\n2026-07-15T08:00:00Z UTC C.UTF-8 80\n", 1, 0),
    ("files and runs", "a.test", "@file d/x.txt\nline\n@end\n@run cp d/x.txt y\n$ cat y\nline\n", 1, 0),
    ("a run that fails", "a.test", "@run hrctl fail\n$ hrctl hello a\nhello a\n", 1, 1),
    ("fresh folder", "a.test", "@file x\n1\n@end\n@fresh\n$ ls\n", 1, 0),
    ("environment", "a.test", "@env WHO=me\n@fresh\n$ echo $WHO\nme\n", 1, 0),
    ("long command", "a.test", "$ hrctl \\\n  hello z\nhello z\n", 1, 0),
    ("unknown directive", "a.test", "@nonsense\n", 0, 1),
    ("stray line", "a.test", "what\n", 0, 1),
    ("empty", "a.test", "# nothing\n", 0, 0),
    ("page", "a.md", "# Page\n```console\n$ hrctl both\nout\nerr\n```\n```sh\nnot run\n```\n", 1, 0),
    ("page with dots", "a.md", "```console\n$ hrctl many\n1\n...\n9\n$ hrctl hello b\nhello b\n```\n", 2, 0),
    ("page with wrong dots", "a.md", "```console\n$ hrctl many\n1\n...\n8\n```\n", 0, 1),
    ("page exit code", "a.md", "<!-- transcript: exit 3 -->\n```console\n$ hrctl fail\nbad\n```\n", 1, 0),
    ("page skip", "a.md", "<!-- transcript: skip needs a network -->\n```console\n$ hrctl x\ny\n```\n", 0, 0),
    ("page file", "a.md", "<!-- transcript: file f.csv -->\n```csv\na,b\n```\n```console\n$ cat f.csv\na,b\n```\n", 1, 0),
]


def run(program, folder, path, accept=False):
    env = dict(os.environ, HRCTL_ACCEPT="1" if accept else "0")
    done = subprocess.run([program, "--hrctl", f"{folder}/bin/hrctl", "--source", folder, path],
                          env=env, capture_output=True, text=True, check=False)
    return done.stdout, done.returncode


def check(program, folder, case):
    name, file, text, passed, failed = case
    path = f"{folder}/{file}"
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    stdout, code = run(program, folder, path)
    want = f"{passed} passed, {failed} failed"
    problems = []
    if stdout.strip().split("\n")[-1] != want:
        problems.append(f"expected {want!r}, got {stdout!r}")
    if (code == 0) != (failed == 0 and passed > 0):
        problems.append(f"exit code {code}")
    if failed and "unknown" not in name and "stray" not in name and "run that fails" not in name:
        run(program, folder, path, accept=True)
        stdout, code = run(program, folder, path)
        if code != 0:
            problems.append(f"not mended by HRCTL_ACCEPT: {stdout!r}")
    elif passed and not failed:
        run(program, folder, path, accept=True)
        with open(path, encoding="utf-8") as back:
            if back.read() != text:
                problems.append("HRCTL_ACCEPT changed a file that agreed")
    for problem in problems:
        print(f"FAILED check_transcript: {name}: {problem}")
    return not problems


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/bin")
        with open(f"{folder}/bin/hrctl", "w", encoding="utf-8") as out:
            out.write(STAND_IN)
        os.chmod(f"{folder}/bin/hrctl", 0o755)
        results = [check(program, folder, case) for case in CASES]
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
