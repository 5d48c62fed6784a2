#!/usr/bin/python3
"""clang-tidy with the checks of .clang-tidy. All but the static analyzer read the files of a folder as one: what they
include, nearly all of the work, is read once. Where names of two files clash, the folder is halved until none do.
The static analyzer takes each file of the modules that decide about figures alone, for it follows calls.

  check_tidy.py [--tidy clang-tidy-14] [--jobs 2]
"""
import argparse
import concurrent.futures
import itertools
import subprocess
import tempfile

from tally import ROOT, Tally, relative, sources

READ = ("lib/scoring", "lib/engine", "lib/model")
ANALYZED = ("lib/scoring", "lib/model")


def tidy(program, checks, file):
    done = subprocess.run([program, "--quiet", f"--config-file={ROOT}/.clang-tidy", f"--checks={checks}",
                           f"--header-filter=^{ROOT}/.*[.]cpp$", file, "--",
                           "-std=c++20", "-w", "-DFMT_SHARED", "-I", ROOT / "lib"],
                          text=True, capture_output=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def read_together(program, files):
    with tempfile.NamedTemporaryFile("w", suffix=".cpp") as together:
        together.writelines(f'#include "{file}"\n' for file in files)
        together.flush()
        said = tidy(program, "-clang-analyzer-*,-bugprone-suspicious-include", together.name)
    if "clang-diagnostic-error" in said and len(files) > 1:
        half = len(files) // 2
        return read_together(program, files[:half]) + read_together(program, files[half:])
    return said


def analyze(program, files):
    return tidy(program, "-*,clang-analyzer-*", files[0])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tidy", default="clang-tidy-14")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    tally = Tally("tidy")
    by_folder = sorted(sources(*READ, endings=(".cpp",)), key=lambda file: file.parent)
    folders = [list(files) for _, files in itertools.groupby(by_folder, lambda file: file.parent)]
    work = [(read_together, files) for files in sorted(folders, key=len, reverse=True)]
    work += [(analyze, [file]) for file in sources(*ANALYZED, endings=(".cpp",))]
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for (_, files), said in zip(work, pool.map(lambda task: task[0](args.tidy, task[1]), work)):
            tally.check(not said, f"{relative(files[0].parent)}:\n{said}")
    tally.finish()


if __name__ == "__main__":
    main()
