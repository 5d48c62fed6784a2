#!/usr/bin/python3
"""Pages hang together: relative links lead somewhere, also to headings; pages for users exist in English and Chinese with
the same headings and the same blocks; the pages of formats have every key of their schema and every diagnostic code."""
import json
import re

from tally import ROOT, Tally, git_files, relative

USER_PAGES = ("docs/commands/", "docs/formats/", "docs/spec/", "README")
ZH = ".zh-CN.md"
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
# Where the messages of diagnostics are; the other tables also hold errors without a code and plain words.
ALL_CODES = ("defs", "expr", "facts", "ingest")
SCHEMAS = {"definitions": "definitions", "policy-test": "policy-tests", "settings": "settings"}  # and their pages
# Parts of the schemas whose keys are columns: those of tables.md and of report.md.
ROWS = ("employees", "assignments", "org_units", "facts", "targets", "objectives", "key_results", "checkins", "feedback",
        "leaves", "recognitions", "score")


def split(page):
    """The lines of a page outside of fences, and the opening lines of the fences."""
    prose, fences, closing = [], [], ""
    for line in page.read_text(encoding="utf-8").splitlines():
        if closing:
            closing = "" if line == closing else closing
        elif line.startswith("```"):
            closing = "`" * (len(line) - len(line.lstrip("`")))
            fences.append(line)
        else:
            prose.append(line)
    return prose, fences


def headings(prose):
    return [line for line in prose if re.match(r"#{1,6} ", line)]


def anchor(heading):
    """As GitHub makes it: lower case, marks dropped, blanks to hyphens."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading.lstrip("#").strip()).lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def check_links(tally, page):
    prose, _ = split(page)
    for line in prose:
        for match in LINK.finditer(re.sub(r"`[^`]*`", "", line)):
            target = match.group(1) or match.group(2)
            if re.match(r"[a-z]+:", target):
                continue
            path, _, part = target.partition("#")
            there = (page.parent / path).resolve() if path else page
            what = f"{relative(page)} links to {target}"
            if tally.check(there.exists(), what + ", which is not there") and part:
                tally.check(part in [anchor(h) for h in headings(split(there)[0])], what + ": no such heading")


def check_twins(tally, page):
    name = relative(page)
    if not name.startswith(USER_PAGES):
        return
    is_zh = name.endswith(ZH)
    twin = page.with_name(page.name.replace(ZH, ".md") if is_zh else page.name.replace(".md", ZH))
    if not tally.check(twin.exists(), f"{name} has no twin {twin.name}") or is_zh:
        return
    (prose, fences), (zh_prose, zh_fences) = split(page), split(twin)
    depths = [[h.split()[0] for h in headings(p)] for p in (prose, zh_prose)]
    tally.check(depths[0] == depths[1], f"{name} and its twin have other headings: {len(depths[0])}, {len(depths[1])}")
    tally.check(fences == zh_fences, f"{name} and its twin have other blocks: {len(fences)}, {len(zh_fences)}")


def check_codes(tally):
    keys = {t: re.findall(r'MESSAGE\("([^"]+)"', (ROOT / f"lib/i18n/messages/{t}.def").read_text(encoding="utf-8"))
            for t in ("defs", "expr", "facts", "ingest", "engine", "explain", "cmd", "store", "render")}
    known = {k.split("/")[0] for all_keys in keys.values() for k in all_keys}
    wanted = {k.split("/")[0] for t in ALL_CODES for k in keys[t] if not k.endswith("/help")} - {"did-you-mean"}
    wanted = {code for code in wanted if "-" in code}  # others are words, not codes
    for page in sorted((ROOT / "docs/formats").glob("definitions*.md")):
        listed = set(re.findall(r"^\| `([a-z0-9]+(?:-[a-z0-9]+)+)` \| [EWNR]", page.read_text(encoding="utf-8"), re.M))
        tally.check(not wanted - listed, f"{relative(page)} leaves out: {', '.join(sorted(wanted - listed))}")
        tally.check(not listed - known, f"{relative(page)} lists what no message has: {', '.join(sorted(listed - known))}")


def keys_of(schema):
    """Names of all properties below a part of a schema."""
    found = set()
    pairs = schema.items() if isinstance(schema, dict) else enumerate(schema) if isinstance(schema, list) else ()
    for word, value in pairs:
        if word == "properties":
            found |= set(value)
        found |= keys_of(value)
    return found


def check_keys(tally):
    for schema, name in SCHEMAS.items():
        parts = json.loads((ROOT / f"schemas/definitions/{schema}.schema.json").read_text(encoding="utf-8"))
        for rows in [r for r in parts.get("definitions", {}) if r.replace("Wide", "") in ROWS]:
            del parts["definitions"][rows]
        for page in sorted((ROOT / "docs/formats").glob(f"{name}.*")):
            text = page.read_text(encoding="utf-8")
            missing = sorted(k for k in keys_of(parts) if not re.search(rf"[`.\[{{ ]{re.escape(k)}\b", text))
            tally.check(not missing, f"{relative(page)} says nothing of the keys {', '.join(missing)}")


def main():
    tally = Tally("links")
    for page in git_files():
        if page.suffix == ".md":
            check_links(tally, page)
            check_twins(tally, page)
    check_codes(tally)
    check_keys(tally)
    tally.finish()


main()
