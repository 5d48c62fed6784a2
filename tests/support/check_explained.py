#!/usr/bin/python3
"""Does the sums in `hrctl explain EMPLOYEE --format json` again: check_explained.py FILE…  (`-`: standard input)

Every step that holds a sum ("(60 × 90 + 40 × 80) / 100", "1402000 / 1260331.5", "…, at least 0, at most 150") is computed
from its text alone, exactly, and compared with the value of its row: figures at nine decimals, values and targets at 15
digits. Prints how many sums were done; exit code 1 when one of them is not what is shown.
"""
import json
import re
import sys
from fractions import Fraction

NUMBER = r"-?\d+(?:\.\d+)?"
SUM = re.compile(rf"[(]*{NUMBER}(?:[ ()]*[×/+−][ (]*{NUMBER}[)]*)+")


def compute(text):
    """Value of a sum, by a small recursive descent: + −, × /, parentheses."""
    tokens = re.findall(rf"{NUMBER}|[×/+−()]", text)
    at = 0

    def primary():
        nonlocal at
        token = tokens[at]
        at += 1
        if token == "(":
            value = expression()
            at += 1
            return value
        return Fraction(token)

    def product():
        nonlocal at
        value = primary()
        while at < len(tokens) and tokens[at] in "×/":
            operator = tokens[at]
            at += 1
            other = primary()
            value = value * other if operator == "×" else value / other
        return value

    def expression():
        nonlocal at
        value = product()
        while at < len(tokens) and tokens[at] in "+−":
            operator = tokens[at]
            at += 1
            other = product()
            value = value + other if operator == "+" else value - other
        return value

    return expression()


def bounded(value, step):
    for word, pick in (("at most", min), ("at least", max)):
        for limit in re.findall(rf"{word} ({NUMBER})(?! needed| either)", step):
            value = pick(value, Fraction(limit))
    for limit in re.findall(rf"at most ({NUMBER}) either", step):
        value = max(min(value, Fraction(limit)), -Fraction(limit))
    return value


def agrees(value, shown):
    """Nine decimals of a figure, or 15 digits of a value: half a unit of the last of them."""
    unit = Fraction(1, 10 ** max(len(shown.partition(".")[2]), 9))
    return abs(value - Fraction(shown)) <= unit * Fraction(50001, 100000) + abs(value) * Fraction(1, 10**14)


# Sums that say something else than the value of their row.
OTHER = re.compile(r"^(service|rank|distribution|band|rounding)\b|/(min_service_days|in_service_on|when|aspirational)$|^vetoes/")


def check(rows):
    done, faults = 0, []
    for row in rows:
        node, step, shown = row["node"], row["step"], row["value"]
        if shown is None or OTHER.search(node) or not re.fullmatch(NUMBER, shown) or "/fact/" in node or "checkin/" in node:
            continue
        match = SUM.search(step.split(" = ")[0] if node == "limits" else step)
        if not match or "×" not in step and "/" not in step and "+" not in step and "−" not in step:
            continue
        if re.search(r"/(value|[a-z_]+)$", node) and re.search(r" = [a-z_]+ [+−×/*-]", step):
            continue  # a formula of KPIs
        value = bounded(compute(match.group()), step)
        done += 1
        if not agrees(value, shown):
            faults.append(f"{node}: {step}: {float(value)!r}, shown is {shown}")
    return done, faults


def main():
    done, faults = 0, []
    for name in sys.argv[1:]:
        text = sys.stdin.read() if name == "-" else open(name, encoding="utf-8").read()
        document = json.loads(text)
        sums, found = check(document["rows"])
        done += sums
        faults += [f"{document['employee']} {fault}" for fault in found]
    for fault in faults:
        print(fault)
    print(f"{done} sums done again, {len(faults)} differ")
    sys.exit(1 if faults else 0)


main()
