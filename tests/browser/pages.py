"""The pages that are looked at: every report of both examples, each as HTML and as JSON, made by the program itself."""
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import subprocess
from decimal import Decimal

NOW = "2026-07-15T08:00:00Z"

QUICKSTART = ["report dashboard", "report scores", "report ranking", "report scorecard E003", "report advice E004", "report dossier E003",
              "report dossier E012", "report okr", "report units", "report changes", "report calibration --by region",
              "report trend E004 --measure revenue", "report stability E004", "report compare --by unit --min-shown 2",
              "report correlation --min-shown 3", "report distribution", "explain E003", "facts check", "run show",
              "report scores --where employee_id==\"E003\"", "report ranking --where false"]
COMPANY = ["report dashboard", "report scores", "report ranking", "report scorecard E0080", "report advice E0080", "report dossier E0080",
           "report okr", "report units", "report changes", "report calibration --by region", "report compare --by unit",
           "report distribution", "report trend", "report trend E0080", "report stability", "report correlation", "facts check"]


@dataclasses.dataclass
class Page:
    """A page, and the document that programs get instead of it."""
    name: str      # "company zh: report scores"
    language: str  # en | zh
    path: pathlib.Path
    document: dict
    thorough: bool  # looked at in every way, else only in those that differ by language


def run(hrctl, folder, words, language, *more):
    environment = dict(os.environ, HRCTL_TEST_CLOCK=NOW, HRCTL_USER="tester", LC_ALL="C.UTF-8", HRCTL_LANG=language,
                       PATH=f"{hrctl.parent}:{os.environ['PATH']}")
    words = words.split() if isinstance(words, str) else words
    done = subprocess.run([hrctl, *words, *more], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"hrctl {' '.join(words)} in {folder.name}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


def workspace(hrctl, folder, example):
    """An example, scored; the company's two cycles are closed."""
    run(hrctl, folder.parent, ["init", str(folder), "--example", example], "en")
    environment = dict(os.environ, PATH=f"{hrctl.parent}:{os.environ['PATH']}", HRCTL_TEST_CLOCK=NOW, LC_ALL="C.UTF-8")
    subprocess.run(["sh", "run.sh"], cwd=folder, env=environment, check=True, capture_output=True)
    if example == "company":  # trends are of closed cycles
        for cycle in ("2025H1", "2025H2"):
            run(hrctl, folder, ["cycle", "close", cycle], "en")
    return folder


def page(hrctl, folder, words, language, thorough=True, document=True):
    """`document`: with what programs get, to compare with."""
    name = f"{folder.name} {language}: {words}"
    path = folder / "pages" / language / f"{''.join(c if c.isalnum() else '-' for c in words)}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(run(hrctl, folder, words, language, "--format", "html"), encoding="utf-8")
    got = run(hrctl, folder, words, language, "--format", "json") if document else "{}"
    return Page(name, language, path, json.loads(got, parse_float=Decimal, parse_int=Decimal), thorough)


def pages(hrctl, folder):
    """All pages, those in English looked at in every way."""
    examples = {workspace(hrctl, folder / name, name): commands
                for name, commands in (("quickstart", QUICKSTART), ("company", COMPANY))}
    wanted = [(hrctl, work, words, language, language == "en") for work, commands in examples.items()
              for words in commands for language in ("en", "zh")]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda want: page(*want), wanted))
