"""A workspace in a scratch folder, driven as a user would, and the arithmetic that what it prints is compared with."""
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
from fractions import Fraction

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from tally import ROOT  # noqa: E402

DATA = pathlib.Path(os.environ.get("HRCTL_REAL_DATA", ROOT.parent / "shared" / "data"))


class Workspace:
    """Definitions are given as the text of one YAML file. Every command must succeed; the tally says which did not."""

    def __init__(self, hrctl, folder, tally, name, definitions):
        self.hrctl, self.folder, self.tally, self.name = hrctl, folder, tally, name
        folder.mkdir()
        self.write("hrctl.yaml", "version: 1\n")
        self.write("definitions.yaml", definitions)
        self.run("check")
        self.run("apply")

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run(self, *words):
        done = subprocess.run([self.hrctl, *words], cwd=self.folder, capture_output=True, text=True, check=False)
        self.tally.check(done.returncode == 0, f"{self.name}: hrctl {' '.join(words)}: {done.returncode} {done.stderr[:500]}")
        return done.stdout

    def rows(self, *words):
        return list(csv.DictReader(io.StringIO(self.run(*words, "--format", "csv"))))

    def take(self, table, file, *options, added):
        """Imports a file, which must go in whole; `added`: how many records that makes. Once more changes nothing."""
        for expected in ({"added": added, "unchanged": 0}, {"added": 0, "unchanged": added}):
            expected |= {"changed": 0, "quarantined": 0}
            said = json.loads(self.run("import", table, str(file), *options, "--format", "json"))["rows"][0]
            self.same({k: said[k] for k in expected}, expected, f"import {table} {pathlib.Path(file).name}")

    def same(self, said, expected, what):
        return self.tally.check(said == expected, f"{self.name}: {what}: {said}, expected {expected}")

    def close(self, said, expected, what):
        """A figure with nine decimals beside an exact one."""
        return self.tally.check(near(said, expected), f"{self.name}: {what}: {said}, expected {expected}")

    def same_all(self, triples, what):
        """One check of many (whose, said, expected). A figure is equal to nine decimals; None is an empty cell."""
        triples = list(triples)
        wrong = [(whose, said, expected) for whose, said, expected in triples
                 if not (near(said, expected) if expected is None or isinstance(expected, Fraction) else said == expected)]
        first = " ".join(str(float(x) if isinstance(x, Fraction) else x) for x in (wrong or [""])[0])
        return self.tally.check(triples and not wrong, f"{self.name}: {what}: {len(wrong)} of {len(triples)} differ; {first}")


def rows_of(path, **options):
    with open(path, encoding="utf-8-sig", newline="", **options) as file:
        return list(csv.DictReader(file))


def near(said, expected):
    """Whether a printed figure is the exact one, to nine decimals; None is an empty cell."""
    if said == "" or expected is None:
        return said == "" and expected is None
    return abs(Fraction(said) - expected) <= Fraction(1, 10**9)


def snap(value, places=9):
    """Rounded half away from zero, exactly."""
    scaled = abs(value) * 10**places + Fraction(1, 2)
    rounded = Fraction(int(scaled), 10**places)
    return rounded if value >= 0 else -rounded


def mean(values):
    values = list(values)
    return Fraction(sum(values)) / len(values) if values else None


def median(values):
    values = sorted(values)
    if not values:
        return None
    middle = len(values) // 2
    return Fraction(values[middle]) if len(values) % 2 else Fraction(values[middle - 1] + values[middle]) / 2


def weighted(parts):
    """Mean of (weight, figure) pairs over those that have a figure, snapped; None where none has."""
    parts = [(w, f) for w, f in parts if f is not None]
    return snap(sum(w * f for w, f in parts) / sum(Fraction(w) for w, _ in parts)) if parts else None


def ranks(scores):
    """Competition ranks and percentiles of {id: score}."""
    n = len(scores)
    at = {score: 1 + sum(other > score for other in scores.values()) for score in set(scores.values())}
    return {i: (at[s], Fraction(100) if n == 1 else Fraction(100 * (n - at[s]), n - 1)) for i, s in scores.items()}
