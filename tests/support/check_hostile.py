#!/usr/bin/python3
"""Bad input and bad surroundings, as a user meets them: check_hostile.py HRCTL

For every case: how it exits, what it says, that nothing hangs or dies, and that what was refused changed nothing.
Always the same bytes: what is random has a fixed seed.
"""
import collections
import gzip
import json
import os
import pathlib
import random
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from tally import Tally

HRCTL = pathlib.Path(sys.argv[1]).resolve()
SANITIZED = any(name in HRCTL.read_bytes() for name in (b"__asan_init", b"__tsan_init"))  # sanitizers need a large stack
HEADER = b"employee_id,name,org_unit,hire_date,base_salary\n"
PEOPLE = HEADER + b"E1,Li Na,U1,2020-01-01,100\n007,Bond,U1,2020-01-01,200\n"
DEFINITIONS = """version: 1
kpis: [{id: rev, nature: additive, curve: {linear: ratio}}]
scorecards: [{id: s, kpis: [{kpi: rev, weight: 1, target: 1}]}]
scales: [{id: z, bands: [{id: A, from: 0, coefficient: 1}]}]
plans: [{id: p, components: {kpi: 100}, scale: z}]
cycles: [{id: c, from: 2026-01-01, to: 2026-06-30, plan: p, period: month}]
"""
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def run(work, *words, env=None, **more):
    surroundings = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", **(env or {})}
    try:
        return subprocess.run([HRCTL, *words], cwd=work, capture_output=True, check=False, timeout=30, env=surroundings, **more)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(words, 124, b"", b"hangs")


def said(done):
    return (done.stdout + done.stderr).decode("utf-8", "backslashreplace")


def rows_of(text):
    """The rows of a JSON output; none when it is none."""
    try:
        return json.loads(text)["rows"]
    except (ValueError, KeyError):
        return []


def workspace(root, name):
    """Two people, one KPI, one fact, one run."""
    work = root / name
    work.mkdir()
    (work / "hrctl.yaml").write_text("version: 1\n")
    (work / "d.yaml").write_text(DEFINITIONS)
    (work / "people.csv").write_bytes(PEOPLE)
    (work / "facts.csv").write_text("subject,kpi,period,value\nE1,rev,2026-01,1\n")
    for words in (["apply"], ["import", "employees", "people.csv"], ["import", "facts", "facts.csv"], ["score", "--cycle", "c"]):
        done = run(work, *words)
        assert done.returncode == 0, said(done)
    return work


def content(work):
    """What the store holds; when it cannot be read, something that equals nothing."""
    shown = [run(work, *words) for words in (["export", "employees"], ["export", "facts"], ["run", "list", "--format", "csv"])]
    return [done.stdout for done in shown] if all(done.returncode == 0 and done.stdout for done in shown) else object()


# One file a case: name, bytes, how it exits, what must be in the message.
FILES = (
    ("nothing.csv", b"", 3, "empty"),
    ("only-a-mark.csv", b"\xef\xbb\xbf", 3, "empty"),
    ("header-only.csv", HEADER, 0, "0 rows"),
    ("no-key.csv", b"name,org_unit\nLi,U1\n", 3, ":1: error[column-missing]: there is no column `employee_id`; the file has: name, org_unit"),
    ("twice.csv", b"employee_id,name,name\nE3,a,b\n", 3, "`name` stands in columns 2 and 3"),
    ("twice-by-synonym.csv", "工号,员工编号\nE3,E4\n".encode(), 3, "`工号` and `员工编号`"),
    ("mixed-ends.csv", b"\xef\xbb\xbfemployee_id,name\r\nE3,a\nE4,b\r\nE5,c", 0, "3 new"),
    ("utf-16.csv", "\ufeffemployee_id,name\nE3,a\n".encode("utf-16-le"), 0, "read as UTF-16LE"),
    ("gbk.csv", "工号,姓名,部门\nE3,赵敏,销售一部\n".encode("gbk"), 0, "read as GB18030"),
    ("latin-1.csv", b"employee_id,name\nE3,Jos\xe9\nE4,ok\n", 0, ":2:7: error[bad-encoding]"),
    ("overlong.csv", b"employee_id,name\nE3,a\xc0\xafb\nE4,ok\n", 0, ":2:5: error[bad-encoding]"),
    ("surrogate.csv", b"employee_id,name\nE3,a\xed\xa0\x80b\nE4,ok\n", 0, ":2:5: error[bad-encoding]"),
    ("nul.csv", b"employee_id,name\nE3,a\x00b\n", 3, ":2:5: error[nul-byte]"),
    ("escape.csv", b"employee_id,name\nE\x1b[31m3,a\nE4,ok\n", 0, "U+001B"),
    ("c1.csv", b"employee_id,name\nE\xc2\x9b3,a\nE4,ok\n", 0, "U+009B"),
    ("too-few.csv", b"employee_id,name,org_unit\nE3,a\nE4,b,U\n", 0, ":2:5: error[field-count]: 2 fields where the header has 3"),
    ("too-many.csv", b"employee_id,name\nE3,a,b\nE4,b\n", 0, "3 fields where the header has 2"),
    ("open-quote.csv", b'employee_id,name\nE3,"a\nE4,b\n', 3, ":2:4: error[unclosed-quote]"),
    ("quote-inside.csv", b'employee_id,name\nE3,a"b\n', 3, ":2:5: error[bad-quote]"),
    ("after-quote.csv", b'employee_id,name\nE3,"a"b\n', 3, ":2:7: error[bad-quote]"),
    ("semicolons.csv", b"employee_id;name\nE3;a\n", 0, "separated by `;`"),
    ("tabs.csv", b"employee_id\tname\nE3\ta\n", 0, "separated by `tab`"),
    ("same-twice.csv", HEADER + b"E5,a,U,2020-01-01,1\nE5,a,U,2020-01-01,1\n", 0, "line 3 says the same as line 2"),
    ("key-twice.csv", HEADER + b"E5,a,U,2020-01-01,1\nE5,b,U,2020-01-01,1\n", 3, "lines 2 and 3"),
    ("left-first.csv", b"employee_id,hire_date,termination_date\nE5,2020-01-01,2019-12-31\nE6,,\n", 0, "left-before-joining"),
    ("own-manager.csv", b"employee_id,manager_id\nE5,E5\nE6,\n", 0, "manager-cycle"),
    ("circle.csv", b"employee_id,manager_id\nE5,E6\nE6,E7\nE7,E5\n", 0, "E5 → E6 → E7 → E5"),
    ("unknown-manager.csv", b"employee_id,manager_id\nE5,NOBODY\n", 0, "NOBODY"),
    ("long-cell.csv", b"employee_id,name\nE5," + b"a" * 65537 + b"\nE6,ok\n", 0, "at most 65536"),
    ("long-line.csv", b"employee_id,name\nE5," + b"a" * (1 << 20) + b"\nE6,ok\n", 3, "longer than 1 MiB"),
    ("wide.csv", b"employee_id," + b",".join(b"c%d" % i for i in range(100000)) + b"\n", 3, "at most 1000"),
    ("pack.csv", gzip.compress(PEOPLE, mtime=0), 0, "2 rows read"),
    ("cut-pack.csv", gzip.compress(PEOPLE, mtime=0)[:-9], 3, "error[bad-gzip]"),
    ("two-ways.csv", "employee_id,name\nE3,女\n".encode("gbk"), 3, "--encoding utf-8"),
    ("pack.zip", b"PK\x03\x04" + bytes(60), 3, "error[bad-workbook]"),
    ("program", b"\x7fELF" + bytes(60), 3, "ELF"),
    ("page.html", b"<!DOCTYPE html><html></html>\n", 3, "HTML"),
    ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), 3, "Excel"),
    ("database.csv", b"SQLite format 3\x00" + bytes(500), 3, "SQLite"),
    ("only-bad.jsonl", b'{"employee_id":"E5","name":["a"]}\n', 3, ":1:28: error[bad-json]"),
    ("not-json.jsonl", b"employee_id,name\nE5,a\n", 3, ":1:1: error[bad-json]"),
    ("cut.jsonl", b'{"employee_id":"E5"}\n{"employee_id":"E6"', 0, ":2:20: error[bad-json]"),
    ("list.jsonl", b'{"employee_id":"E5","name":["a"]}\n{"employee_id":"E6"}\n', 0, ":1:28: error[bad-json]"),
    ("key-twice.jsonl", b'{"employee_id":"E5","employee_id":"E6"}\n{"employee_id":"E6"}\n', 0, "twice"),
    ("deep.jsonl", b'{"employee_id":"E5","x":' + b"[" * 100000 + b"\n" + b'{"employee_id":"E6"}\n', 0, "error[bad-json]"),
    ("leading-zero.jsonl", b'{"employee_id":"E5","base_salary":012}\n{"employee_id":"E6"}\n', 0, "error[bad-json]"),
    ("half-a-pair.jsonl", b'{"employee_id":"E5","name":"\\ud800"}\n{"employee_id":"E6"}\n', 0, "error[bad-json]"),
)

# What stands in a field of a column: column, text, what the message says of it (none: it is taken).
FIELDS = (
    ("base_salary", '"12,5"', "decimal comma"), ("base_salary", "85%", "percentage"), ("base_salary", "¥5", "currency sign"),
    ("base_salary", "5万", "unit"), ("base_salary", "1e5", "exponent"), ("base_salary", "NaN", "not a finite number"),
    ("base_salary", "-inf", "not a finite number"), ("base_salary", "1e999", "exponent"), ("base_salary", "0x1F", "hexadecimal"),
    ("base_salary", "１２３", "U+FF11"), ("base_salary", "٣", "U+0663"), ("base_salary", "−5", "U+2212"), ("base_salary", "-5", "negative"),
    ("base_salary", "#N/A", "Excel error"), ("base_salary", "#DIV/0!", "Excel error"), ("base_salary", "1_000", "between its digits"),
    ("base_salary", "12345678901234567890", "18"), ("base_salary", "100.005", "decimals"), ("base_salary", " 5 ", None),
    ("hire_date", "2025-02-30", "there is no day"), ("hire_date", "31/12/2025", '"%d/%m/%Y"'), ("hire_date", "1/2/2025", "nobody can tell"),
    ("hire_date", "45678", "Excel day number"), ("hire_date", "20250131", '"%Y%m%d"'), ("hire_date", "2024-02-29", None),
    ("employee_id", "E5 ", "blank at an end"), ("employee_id", "E5\u00a0", "U+00A0"), ("employee_id", "E\u200b5", "U+200B"),
    ("employee_id", "E5\u202e", "U+202E"), ("employee_id", "E5:1", "colon"), ("employee_id", "a" * 65, "at most 64"),
    ("employee_id", "", "is empty"), ("employee_id", "甲" * 64, None), ("employee_id", "../../x", None),
)

HOSTILE_NAMES = ("=1+1", "+1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "a\x1b[2J\x1b]0;x\x07b", "\u202egnp.exe", "\u2066iso\u2069", "a\u009bb",
                 "<script>alert(1)</script>", "%s%n{}", "{0}$(id)`id`", "'; DROP TABLE x;--", "a|b", "a\\|b", "**b**", "a\nb", '"q"', "\x7f")


def check_files(tally, work):
    before = content(work)
    for name, data, code, words in FILES:
        (work / name).write_bytes(data)
        done = run(work, "import", "employees", name, "--dry-run")
        tally.check(done.returncode == code and words in said(done) and not CONTROLS.search(said(done)), f"{name}: exit {done.returncode}: {said(done)[:300]}")
        if code == 3:
            done = run(work, "import", "employees", name)
            tally.check(done.returncode == 3 and b"nothing was changed" in done.stderr, f"{name}: exit {done.returncode}: {said(done)[-300:]}")
    tally.check(content(work) == before, "a refused file changed the store")


def check_fields(tally, work):
    """The field at fault is named with line and column, and only its row is set aside."""
    for column, text, words in FIELDS:
        cells = {"employee_id": "E9", "hire_date": "2020-01-01", "base_salary": "1"}
        cells[column] = text
        (work / "field.csv").write_text(",".join(cells) + "\n" + ",".join(cells.values()) + "\nE8,2020-01-01,1\n", encoding="utf-8")
        command = ("import", "employees", "field.csv", "--dry-run")
        done = run(work, *command)
        place = 1 + sum(len(cells[name]) + 1 for name in list(cells)[:list(cells).index(column)])
        right = "0 set aside" in said(done) if words is None else f"field.csv:2:{place}: error[" in said(done) and words in said(done) and "1 set aside" in said(done)
        tally.check(done.returncode == 0 and right, f"{column} {text!r:.40}: exit {done.returncode}: {said(done)[:300]}")
        strict = run(work, *command, "--strict").returncode
        tally.check(strict == (0 if words is None else 3), f"{column} {text!r:.40}: exit {strict} with --strict")


def check_random_files(tally, work):
    """Bytes at random, and a sound file with bytes changed, cut or doubled: 0 or 3, at once, and never a byte that acts on a terminal."""
    chance = random.Random(20260715)
    sound = HEADER + "".join(f'E{i},"N, ""{i}""\n老",U1,2020-01-{i % 28 + 1:02},{i}\n' for i in range(20)).encode()
    codes = collections.Counter()
    wrong = []
    for i in range(100):
        data = bytearray(sound)
        if i % 10 == 0:
            data = bytearray(chance.randbytes(2000))
        elif i % 10 < 4:
            del data[chance.randrange(len(data)):]
        for _ in range(chance.randrange(6)):
            data[chance.randrange(len(data) or 1):0] = bytes([chance.choice(b'",\n\r;\t\x00\x80\xff09{=')])
        name = "random.jsonl" if i % 7 == 0 else "random.csv"
        (work / name).write_bytes(data)
        done = run(work, "import", "employees", name, "--dry-run")
        codes[done.returncode] += 1
        if done.returncode not in (0, 3) or CONTROLS.search(said(done)):
            wrong.append((i, done.returncode, said(done)[:200]))
    tally.check(not wrong and codes[0] > 10 and codes[3] > 10, f"random files: {dict(codes)} {wrong[:3]}")


def endless_input(work, block):
    """How many MiB of standard input are taken before it is refused, 256 at most; and how it exits."""
    taken = 0
    with subprocess.Popen([HRCTL, "import", "employees", "-"], cwd=work, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            for taken in range(256):
                process.stdin.write(block if taken == 0 else block[-1 << 20:])
                process.stdin.flush()
        except BrokenPipeError:
            pass
        try:
            process.stdin.close()
        except BrokenPipeError:
            pass
    return taken, process.returncode


def check_paths(tally, work):
    """Things that are no file, and places that may not be written over."""
    (work / "loop.csv").symlink_to("loop.csv")
    os.mkfifo(work / "pipe.csv")
    for path, words in (("nobody.csv", "no such file"), (".", "is a folder"), ("loop.csv", "symbolic links"), ("/dev/zero", "is a device"),
                        ("pipe.csv", "empty"), ("a\x1b[31m.csv", "a\\x1b[31m.csv")):
        done = run(work, "import", "employees", path)
        tally.check(done.returncode == 3 and words in said(done) and not CONTROLS.search(said(done)), f"{path!r}: exit {done.returncode}: {said(done)[:200]!r}")
    for block in (bytes(1 << 20), b"employee_id,name\n" + b"E1," * 400000):
        taken, code = endless_input(work, block)
        tally.check(code == 3 and taken <= 32, f"endless input {block[:5]}: exit {code} after {taken} MiB")

    before = content(work)
    (work / "bad.csv").write_bytes(b"employee_id,name\nE1\nE8,b\n")
    (work / "link.csv").symlink_to("hrctl.db")
    for words in (["export", "facts", "-o", "hrctl.db"], ["export", "facts", "-o", "./hrctl.db"], ["export", "facts", "-o", "link.csv"],
                  ["import", "employees", "bad.csv", "--rejects", "hrctl.db"], ["import", "employees", "bad.csv", "--rejects", "bad.csv"],
                  ["import", "employees", "bad.csv", "--rejects", "nowhere/x.csv"], ["import", "employees", "bad.csv", "--rejects", "."],
                  ["import", "employees", "bad.csv", "--rejects", "/dev/full"], ["export", "facts", "-o", "nowhere/x.csv"], ["export", "facts", "-o", "."]):
        done = run(work, *words)
        tally.check(done.returncode in (2, 3, 4) and content(work) == before, f"{' '.join(words)}: exit {done.returncode}: {said(done)[:200]}")
    tally.check((work / "bad.csv").read_bytes().startswith(b"employee_id,name\nE1\n"), "--rejects wrote over the file that it read")


def check_stores(tally, work):
    """Files that are no store, or not one that can be read: refused, told apart, and left as they are."""
    (work / "text.db").write_text("hello\n")
    store = (work / "hrctl.db").read_bytes()
    (work / "newer.db").write_bytes(store)
    (work / "cut.db").write_bytes(store[:50000])
    for name, setting in (("other.db", "application_id = 7"), ("newer.db", "user_version = 99")):
        database = sqlite3.connect(work / name)
        database.execute(f"PRAGMA {setting}")
        database.execute("CREATE TABLE IF NOT EXISTS x (a)")
        database.commit()
        database.close()
    for name, words in (("text.db", "not a store"), ("other.db", "another program"), ("newer.db", "newer hrctl"), ("cut.db", "damaged"), (".", "folder"),
                        ("/dev/null", "not an ordinary file"), ("people.csv/x.db", "folder")):
        path = work / name
        before = path.read_bytes() if path.is_file() and not path.is_char_device() else b""
        done = run(work, "--store", name, "import", "employees", "people.csv")
        after = path.read_bytes() if path.is_file() and not path.is_char_device() else b""
        tally.check(done.returncode == 4 and words in said(done) and before == after, f"store {name}: exit {done.returncode}: {said(done)[:200]}")
    done = run(work, "--store", "none.db", "report", "scores")
    tally.check(done.returncode == 3 and not (work / "none.db").exists(), f"no store: exit {done.returncode}: {said(done)[:200]}")


def check_surroundings(tally, work):
    """Locale, time zone, terminal, folders, stack: the same bytes."""
    def outputs(env=None, **more):
        return [run(work, *words, env=env, **more).stdout for words in (["report", "scores"], ["report", "scores", "--format", "csv"], ["explain", "E1", "--format", "json"])]
    usual = outputs()
    tally.check(all(len(text) > 50 for text in usual), "reports are empty")
    for setting in ("LC_ALL=xx_YY", "LC_ALL=de_DE.UTF-8", "LC_ALL=\udcff", "TZ=Bogus/Zone", "TZ=Pacific/Kiritimati", "TZ=:/dev/zero", "COLUMNS=bogus", "COLUMNS=-5",
                    "COLUMNS=99999999999", "TERM=dumb", "HOME=/nonexistent", "TMPDIR=/nonexistent", "XDG_CONFIG_HOME=/nonexistent", "HRCTL_THREADS=3"):
        name, _, value = setting.partition("=")
        tally.check(outputs({name: value}) == usual, f"{setting!r} changes the bytes")
    chinese = outputs({"LC_ALL": "zh_CN.UTF-8"})
    tally.check(chinese[1:] == usual[1:], "csv or json changes with the locale")
    if not SANITIZED:
        small = outputs(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_STACK, (256 << 10, 256 << 10)))
        tally.check(small == usual, "256 KiB of stack are not enough")
    for words in (["report", "scores"], ["export", "facts"], ["explain", "E1"], ["run", "list"], ["--help"], ["--version"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([HRCTL, *words], cwd=work, stdout=full, stderr=subprocess.PIPE, check=False)
        tally.check(done.returncode == 4 and b"standard output" in done.stderr, f"{' '.join(words)} >/dev/full: exit {done.returncode}")
    for shell, code in (('"$0" report scores >&-', 4), ('"$0" report scores <&- | cat >/dev/null; exit "${PIPESTATUS[0]}"', 0), ('"$0" import facts facts.csv 2>&-', 0),
                        ('"$0" import facts facts.csv <&- >&- 2>&-', 0)):
        done = subprocess.run(["bash", "-c", shell, HRCTL], cwd=work, capture_output=True, check=False)
        tally.check(done.returncode == code, f"{shell}: exit {done.returncode}: {said(done)[:200]}")
    tally.check(outputs() == usual and run(work, "doctor").returncode == 0, "the store suffered from closed handles")


def check_output(tally, root):
    """Hostile names stand still in every format."""
    work = root / "names"
    work.mkdir()
    (work / "hrctl.yaml").write_text("version: 1\n")
    (work / "d.yaml").write_text(DEFINITIONS)
    rows = [json.dumps({"employee_id": f"E{i}", "name": name, "org_unit": "=U|<b>", "job": "@x"}) for i, name in enumerate(HOSTILE_NAMES)]
    (work / "e.jsonl").write_text("\n".join(rows) + "\n")
    (work / "f.csv").write_text("subject,kpi,period,value\n" + "".join(f"E{i},rev,2026-01,1\n" for i in range(len(HOSTILE_NAMES))))
    for words in (["apply"], ["import", "employees", "e.jsonl"], ["import", "facts", "f.csv"], ["score", "--cycle", "c"]):
        done = run(work, *words)
        tally.check(done.returncode == 0, f"hostile names: {' '.join(words)}: {said(done)[:300]}")
    for words in (["report", "scores"], ["report", "ranking"], ["report", "units"], ["report", "scorecard", "E4"], ["report", "advice", "E4"], ["explain", "E4"], ["export", "employees"]):
        name = " ".join(words)
        table, markdown, js, excel = (run(work, *words, *more).stdout.decode() for more in (["--format", "table"], ["--format", "md"], ["--format", "json"], ["--format", "csv", "--bom"]))
        tally.check(not CONTROLS.search(table), f"{name}: a table acts on the terminal")
        bars = {len(re.findall(r"(?<!\\)\|", line.replace("\\\\", ""))) for line in markdown.splitlines() if line.startswith("|")}
        tally.check(not CONTROLS.search(markdown) and not re.search(r"<(script|b>)", markdown) and len(bars) <= 1, f"{name}: markdown {bars}")
        tally.check(not CONTROLS.search(js) and bool(rows_of(js)), f"{name}: json")
        tally.check(excel.startswith("\ufeff") and not re.search(r'(^|[,\n"])[=+@][1A-Zc]', excel), f"{name}: csv for Excel holds a formula")
    names = [row["name"] for row in rows_of(run(work, "export", "employees", "--format", "json").stdout)]
    tally.check(sorted(names) == sorted(HOSTILE_NAMES), f"names change on the way: {set(names) ^ set(HOSTILE_NAMES)}")


def check_kill(tally, work):
    """kill -9 at any moment of an import: the store is as before or as after; what was reported done stays done."""
    chance = random.Random(7)
    outcomes = collections.Counter()
    for turn in range(6):
        lines = [f"E1,rev,{year}-{month:02},{chance.randrange(10**6)}\n" for year in range(1000, 1300) for month in range(1, 13)]
        (work / "many.csv").write_text("subject,kpi,period,value\n" + "".join(lines))
        before = content(work)
        begun = time.monotonic()
        run(work, "import", "facts", "many.csv", "--dry-run")
        lasts = time.monotonic() - begun
        with subprocess.Popen([HRCTL, "import", "facts", "many.csv"], cwd=work, stderr=subprocess.DEVNULL) as process:
            time.sleep(lasts * chance.uniform(0.3, 1.6))
            process.send_signal(signal.SIGKILL)
        after = content(work)
        kept = {line.rsplit(",", 1)[1] for line in after[1].decode().splitlines() if ",rev,1" in line} if isinstance(after, list) else {}
        done = kept == {line.strip().rsplit(",", 1)[1] for line in lines}
        outcomes["after" if done else "before" if after == before else f"between in turn {turn}"] += 1
        tally.check(done or (after == before and process.returncode != 0), f"kill -9: turn {turn}, exit {process.returncode}: {dict(outcomes)}")
    tally.check(run(work, "doctor").returncode == 0, f"doctor finds something after kill -9: {dict(outcomes)}")


def check_two_at_once(tally, work):
    """Writers at once: all are done, one after the other."""
    for i in range(4):
        (work / f"w{i}.csv").write_text("subject,kpi,period,value\n" + "".join(f"007,rev,{2000 + i}-{m:02},{i}\n" for m in range(1, 13)))
    running = [subprocess.Popen([HRCTL, "import", "facts", f"w{i}.csv"], cwd=work, stderr=subprocess.DEVNULL) for i in range(4)]
    running.append(subprocess.Popen([HRCTL, "score", "--cycle", "c"], cwd=work, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL))
    codes = [process.wait() for process in running]
    rows = run(work, "export", "facts").stdout.decode().count("007,rev,")
    tally.check(codes == [0] * 5 and rows == 48, f"five writers at once: {codes}, {rows} rows of 48")


def main():
    tally = Tally("hostile")
    with tempfile.TemporaryDirectory() as scratch:
        root = pathlib.Path(scratch)
        check_files(tally, workspace(root, "files"))
        check_fields(tally, workspace(root, "fields"))
        check_random_files(tally, workspace(root, "random"))
        check_paths(tally, workspace(root, "paths"))
        check_stores(tally, workspace(root, "stores"))
        check_surroundings(tally, workspace(root, "surroundings"))
        check_output(tally, root)
        check_kill(tally, workspace(root, "kill"))
        check_two_at_once(tally, workspace(root, "two"))
    tally.finish()


main()
