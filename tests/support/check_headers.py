#!/usr/bin/python3
"""Every header compiles alone: one that leans on what was included before it is a trap for the next file.

A header that its own source includes first has been compiled alone by the build; the others are compiled here.

  check_headers.py [--compiler g++] [--jobs 2]
"""
import argparse
import concurrent.futures
import subprocess

from tally import ROOT, Tally, relative, sources


def name_of(header):
    """As it is included."""
    return header.relative_to(ROOT / ("cmd" if header.is_relative_to(ROOT / "cmd") else "lib")).as_posix()


def is_first_of_its_source(header):
    source = header.with_suffix(".cpp")
    if not source.exists():
        return False
    first = next((line for line in source.read_text(encoding="utf-8").splitlines() if line.startswith("#include")), "")
    return first == f'#include "{name_of(header)}"'


def compile_alone(compiler, header):
    name = name_of(header)
    command = [compiler, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-x", "c++",
               "-I", ROOT / "lib", "-I", ROOT / "cmd", "-I", ROOT, "-"]
    done = subprocess.run(command, input=f'#include "{name}"\n', text=True, capture_output=True, check=False)
    return header, done.returncode, done.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    tally = Tally("headers")
    headers = list(sources("lib", "cmd", endings=(".h",)))
    for header in headers:
        tally.check("\n#pragma once\n" in header.read_text(encoding="utf-8"), f"{relative(header)} has no #pragma once")
    left = [header for header in headers if not is_first_of_its_source(header)]
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for header, code, stderr in pool.map(lambda h: compile_alone(args.compiler, h), left):
            tally.check(code == 0, f"{relative(header)} does not compile alone:\n{stderr}")
    tally.finish()


if __name__ == "__main__":
    main()
