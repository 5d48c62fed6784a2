#!/usr/bin/python3
"""The message table: every key that the code names is there, none is left over, both languages have the same places.

A key that is put together at run time cannot be seen: such families are named in COMPUTED, with where they are made.
"""
import re

from tally import ROOT, Tally, relative, sources

ROW = re.compile(r'MESSAGE\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)')
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
# Calls whose first string literal is a message key.
USE = re.compile(r'(?:\b(?:make_error|make_warning|make_note|ErrorKind::\w+\s*,|i18n::text\(\s*\w+\s*,)|(?:\.|->)(?:error|warning|fault)\b)\s*\(?\s*"([^"\\]+)"')
# Tables of which every diagnostic must say what to do about it.
HELPFUL = ("defs", "expr")
ASIDE = re.compile(r"/(?:help|related)$")
KEY_LIKE = re.compile(r"^[a-z0-9]+(?:[-_./][a-z0-9]+)*$")
# prefix: the rest stands in the code as a literal of its own (perhaps behind dashes), or comes from elsewhere
COMPUTED = {
    "explain/": False,         # a rule of a derivation: lib/report/explain.cpp puts the prefix before what scoring names
    "fact/": False,            # what stands above a table: lib/render puts it before the fact's name
    "kind/": False,            # a list of definition files: cmd/commands/apply.cpp
    "command/": False,         # a command's path: cmd/command_line.cpp
    "column/": False,          # a column of a table to import: cmd/template_book.cpp
    "choice/": False,          # a choice of such a column: the same
    "sheet/": False,           # a table to import: the same
    "option/": True,           # an option's name: cmd/command_line.cpp
    "severity/": True,         # lib/render/diagnostics_text.cpp
    "bad-expression/": True,   # lib/expr/problems.cpp
    "type/": True,             # {type/1} in a message: lib/expr/checker.cpp names the types
    "reason/": False,          # {reason/1} in a message: words of the system, of SQLite and libxlsxwriter
}
# Diagnostics that need no help: one that always has a suggestion, one that lists what can be written.
NEEDS_NO_HELP = ("bad-expression/foreign-name", "bad-value/choice")


def family_says(key, literals):
    for prefix, must_stand in COMPUTED.items():
        if key.startswith(prefix):
            rest = ASIDE.sub("", key)[len(prefix):]
            if prefix == "option/":  # of every command or of one; "--name", "-n,--name VALUE" or, a word, "NAME"
                name = rest.split("/")[-1]
                spelt = re.compile(rf"(?:-\w,)?--{name}(?: .*)?|{name.upper()}")
                return any(spelt.fullmatch(literal) for literal in literals)
            return not must_stand or rest in literals
    return False


def joined(literals):
    return "".join(STRING.findall(literals))


def places(text):
    return sorted(set(re.findall(r"\{(?:[a-z]+/)?(\d+)(?!\?)[^}]*\}", text.replace("{{", ""))))


def read_table(tally):
    table = {}
    for path in sorted((ROOT / "lib/i18n/messages").glob("*.def")):
        text = path.read_text(encoding="utf-8")
        rows = ROW.findall(text)
        tally.check(len(rows) == len(re.findall(r"^\s*MESSAGE\(", text, re.M)), f"{relative(path)}: a row that cannot be read")
        for key, en, zh in (tuple(map(joined, row)) for row in rows):
            tally.check(key not in table, f"{relative(path)}: {key} stands twice (also in {table.get(key)})")
            tally.check(en and zh and places(en) == places(zh), f"{relative(path)}: {key}: empty, or different places {{n}}")
            table[key] = relative(path)
    return table


def main():
    tally = Tally("messages")
    table = read_table(tally)
    literals = {}
    for path in sources("lib", "cmd"):
        text = re.sub(r"'(?:\\.|[^'\\])'", "' '", path.read_text(encoding="utf-8"))  # '"' is no beginning of a text
        for key in USE.findall(text):
            tally.check(key in table or key in COMPUTED, f"{relative(path)}: message {key} is not in lib/i18n/messages")
        for literal in STRING.findall(text):
            if KEY_LIKE.match(literal) or literal.startswith("-") or literal.isupper():
                literals.setdefault(literal, relative(path))
    for key, place in table.items():
        base = ASIDE.sub("", key)
        family = family_says(key, literals)
        # A help text or a label also stands for every variant of its code.
        used = base in literals or family or any(k.startswith(base + "/") and k in literals for k in table if base != key)
        tally.check(used, f"{place}: nothing says {key}")
        if place.endswith(tuple(f"/{name}.def" for name in HELPFUL)) and not ASIDE.search(key) and not key.startswith("type/"):
            helped = f"{key}/help" in table or f"{key.split('/')[0]}/help" in table or key in NEEDS_NO_HELP
            tally.check(helped, f"{place}: {key} has no help")
    tally.finish()


if __name__ == "__main__":
    main()
