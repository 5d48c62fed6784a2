#!/usr/bin/python3
"""Every header compiles alone: one that leans on what was included before it is a trap for the next file.

  check_headers.py [--compiler g++] [--jobs 2]
"""
import argparse
import concurrent.futures
import subprocess

from tally import ROOT, Tally, relative, sources


def compile_alone(compiler, header):
    name = header.relative_to(ROOT / ("cmd" if header.is_relative_to(ROOT / "cmd") else "lib"))
    command = [compiler, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-x", "c++",
               "-I", ROOT / "lib", "-I", ROOT / "cmd", "-I", ROOT, "-"]
    # Twice, so that a missing #pragma once shows as well.
    done = subprocess.run(command, input=f'#include "{name}"\n#include "{name}"\n', text=True, capture_output=True, check=False)
    return header, done.returncode, done.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    tally = Tally("headers")
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for header, code, stderr in pool.map(lambda h: compile_alone(args.compiler, h), sources("lib", "cmd", endings=(".h",))):
            tally.check(code == 0, f"{relative(header)} does not compile alone:\n{stderr}")
    tally.finish()


if __name__ == "__main__":
    main()
