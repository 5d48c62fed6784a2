#!/usr/bin/python3
"""Every header compiles alone: one that leans on what was included before it is a trap for the next file.

What a header includes is nearly all of the work, and much the same for all of them. So some headers are precompiled, and
another is compiled after the biggest of them that includes nothing which it does not include itself, directly or not: it
sees what it would see alone. Likewise headers follow each other in one compilation where each includes all before it.

  check_headers.py [--compiler g++] [--jobs 2]
"""
import argparse
import concurrent.futures
import functools
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from tally import ROOT, Tally, relative, sources

FLAGS = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", ROOT / "lib", "-I", ROOT / "cmd", "-I", ROOT]
PRECOMPILED_COSTS = 2  # times what compiling it costs


def name_of(header):
    """As it is included."""
    return header.relative_to(ROOT / ("cmd" if header.is_relative_to(ROOT / "cmd") else "lib")).as_posix()


def line_of(name):
    """`facts/people.h` is ours; of others `<string` and `"x.h` are known by how they are included."""
    return f"#include {name}>\n" if name[0] == "<" else '#include "' + name.removeprefix('"') + '"\n'


def compile_with(compiler, *args, text=None):
    return subprocess.run([compiler, *FLAGS, *args], input=text, text=True, capture_output=True, check=False)


class Includes:
    """What each header includes, directly or not."""

    def __init__(self, compiler, headers, pool):
        self.files = {name_of(header): header for header in headers}
        self.direct = {name: re.findall(r'^#\s*include ([<"][^>"]+)[>"]', header.read_text(encoding="utf-8"), re.M)
                       for name, header in self.files.items()}
        foreign = sorted({name for names in self.direct.values() for name in names if name[1:] not in self.files})
        self.foreign = dict(zip(foreign, pool.map(functools.partial(self.read_by_compiler, compiler), foreign)))
        self.of = {}
        for name in self.files:
            self.of[name] = frozenset(self.walk(name, set()))

    @staticmethod
    def read_by_compiler(compiler, name):
        """All files that a header of others consists of."""
        made = compile_with(compiler, "-M", "-x", "c++", "-", text=line_of(name)).stdout
        return frozenset(map(sys.intern, made.replace("\\\n", " ").split()[1:]))

    def walk(self, name, seen):
        file = str(self.files[name])
        if file in seen:
            return seen
        seen.add(file)
        for inner in self.direct[name]:
            if inner[1:] in self.files:
                self.walk(inner[1:], seen)
            else:
                seen |= self.foreign[inner]
        return seen

    def worth_precompiling(self):
        """Names, ours and others', and for each header the one of them to begin with."""
        files_of_all = frozenset().union(*self.of.values())
        size = {file: os.path.getsize(file) for file in files_of_all if os.path.isfile(file)}
        candidates = self.of | self.foreign
        cost = {name: sum(size.get(file, 0) for file in files) for name, files in candidates.items()}
        users = {name: [user for user in self.of if files < self.of[user]] for name, files in candidates.items()}
        chosen, begin, saved = [], {}, dict.fromkeys(self.of, 0)

        def gain(name):
            return sum(max(0, cost[name] - saved[user]) for user in users[name]) - PRECOMPILED_COSTS * cost[name]

        while gain(best := max(candidates, key=gain)) > 0:
            chosen.append(best)
            for user in users[best]:
                if cost[best] > saved[user]:
                    begin[user], saved[user] = best, cost[best]
        return chosen, begin

    def rows(self, names, begin):
        """The names in rows where each includes what the one before it does; a row begins with one precompiled header."""
        rows = []
        for name in sorted(names, key=lambda name: len(self.of[name])):
            fit = [row for row in rows if begin.get(row[-1]) == begin.get(name) and self.of[row[-1]] < self.of[name]]
            if fit:
                max(fit, key=lambda row: len(self.of[row[-1]])).append(name)
            else:
                rows.append([name])
        return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    tally = Tally("headers")
    headers = list(sources("lib", "cmd", endings=(".h",)))
    for header in headers:
        tally.check("\n#pragma once\n" in header.read_text(encoding="utf-8"), f"{relative(header)} has no #pragma once")
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        includes = Includes(args.compiler, headers, pool)
        chosen, begin = includes.worth_precompiling()
        precompiled = {name: pathlib.Path(folder) / f"{number}.h" for number, name in enumerate(chosen)}

        def precompile(name):
            precompiled[name].write_text(line_of(name), encoding="utf-8")
            return name, compile_with(args.compiler, "-x", "c++-header", precompiled[name], "-o", f"{precompiled[name]}.gch")

        def compile_row(names):
            first = ["-include", precompiled[begin[names[0]]]] if names[0] in begin else []
            done = compile_with(args.compiler, *first, "-fsyntax-only", "-Winvalid-pch", "-x", "c++", "-",
                                text="".join(map(line_of, names)))
            return names, done

        left = [name for name in includes.of if name not in precompiled]
        done = [([name], one) for name, one in pool.map(precompile, chosen)]
        done += pool.map(compile_row, includes.rows(left, begin))
        for names, one in done:
            which = ", ".join(names)
            for _ in names:
                tally.check(one.returncode == 0, f"one of these does not compile alone: {which}\n{one.stderr}")
    tally.finish()


if __name__ == "__main__":
    main()
