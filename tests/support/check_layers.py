#!/usr/bin/python3
"""Who may include whom: holds lib/ and cmd/ to lib/layers.txt, third party too, and to what pure modules may not touch.

One check a source file, one a module of the table.
"""
import re

from tally import ROOT, Tally, relative, sources

# Modules that compute only: no files, clock, threads, locale, chance. (<chrono> would give them a clock.)
PURE = {"scoring", "model", "expr", "table", "report", "render", "i18n"}
AMBIENT = {"chrono", "ctime", "filesystem", "fstream", "future", "iostream", "locale", "mutex", "random", "shared_mutex",
           "stop_token", "thread"}
# Nowhere in lib: std::regex overflows the stack, <ranges> does not compile with clang 14, streams follow the locale.
BANNED_IN_LIB = {"regex", "ranges", "iostream"}
CLOCK = re.compile(r"\b(system_clock|steady_clock|utc_clock)::now\b|\btime\s*\(\s*(NULL|nullptr|0)\s*\)|\bgettimeofday\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def read_layers():
    """parties: name -> include prefixes; modules: name -> (layer, used modules, parties); folders: name -> folders it may include."""
    parties, modules, folders = {}, {}, {}
    for line in (ROOT / "lib/layers.txt").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words[:1] == ["party"]:
            parties[words[1]] = [] if words[3] == "-" else words[3].split(",")
        elif words[:1] == ["module"]:
            rest = [w for w in words[3:] if w != "-"]
            used = set(modules) if "*" in rest else {w for w in rest if w not in parties}
            modules[words[1]] = (int(words[2]), used, {w for w in rest if w in parties})
        elif words[:1] == ["folder"]:
            folders[words[1]] = {words[1], *words[2:]}
    return parties, modules, folders


def check_table(tally, modules, folders):
    above = []  # a module uses only what stands above it in the table, so no two can use each other
    for name, (layer, used, _) in modules.items():
        wrong = [u for u in used if u not in above or modules[u][0] > layer]
        tally.check(not wrong, f"lib/layers.txt: {name} (layer {layer}) may not use {', '.join(wrong)}")
        above.append(name)
    for folder in sorted((ROOT / "lib").iterdir()):
        if folder.is_dir() and any(folder.glob("*.[hc]*")):
            tally.check(folder.name in modules, f"lib/{folder.name} is not in lib/layers.txt")
    told = set()  # as modules: a folder uses only those above it, and its module's own files
    for name, used in folders.items():
        wrong = used - told - {name, name.split("/")[0]}
        tally.check(not wrong, f"lib/layers.txt: {name} may not use {', '.join(sorted(wrong))}")
        told.add(name)
    for folder in sorted((ROOT / "lib").glob("*/*/")):
        if any(folder.glob("*.[hc]*")):
            tally.check(str(folder.relative_to(ROOT / "lib")) in folders, f"{relative(folder)} is not in lib/layers.txt")


def party_of(parties, header):
    for party, prefixes in parties.items():
        if any(header == p or (p.endswith("/") and header.startswith(p)) for p in prefixes):
            return party
    return None


def problems_of(path, parties, modules, folders):
    """Every include of the file that its module, or its folder, may not have."""
    module = "cmd" if path.is_relative_to(ROOT / "cmd") else path.relative_to(ROOT / "lib").parts[0]
    if module not in modules:
        return [f"module {module} is not in lib/layers.txt"]
    _, used, own_parties = modules[module]
    folder = "" if module == "cmd" else str(path.parent.relative_to(ROOT / "lib"))
    text = path.read_text(encoding="utf-8")
    problems = []
    for bracket, header in INCLUDE.findall(text):
        head = header.split("/")[0]
        if bracket == '"':
            if head in modules and head != module and head not in used:
                problems.append(f"{module} may not include {head} ({header})")
            elif folder in folders and head == module and header.rsplit("/", 1)[0] not in folders[folder]:
                problems.append(f"{folder} may not include {header}")
            elif head not in modules and module != "cmd":
                problems.append(f"include of {header}: name it from lib/")
            continue
        party = party_of(parties, header)
        if party and party not in own_parties:
            problems.append(f"{module} may not use {party} (<{header}>)")
        elif not party and ("/" in header or header.endswith(".h")):
            problems.append(f"<{header}> belongs to no party of lib/layers.txt")
        elif header in BANNED_IN_LIB and module != "cmd":
            problems.append(f"<{header}> is not used in lib/")
        elif header in AMBIENT and module in PURE:
            problems.append(f"<{header}> has no place in {module}, which only computes")
    if module != "cmd" and CLOCK.search(text):
        problems.append("reads the clock: only cmd does")
    return problems


def main():
    tally = Tally("layers")
    parties, modules, folders = read_layers()
    check_table(tally, modules, folders)
    for path in sources("lib", "cmd"):
        problems = problems_of(path, parties, modules, folders)
        tally.check(not problems, f"{relative(path)}: {'; '.join(problems)}")
    tally.finish()


if __name__ == "__main__":
    main()
