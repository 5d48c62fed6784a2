"""What keys and words the schemas and hrctl know, asked of hrctl itself: its refusals list what is possible."""
import re

import yaml_core
from schema_mutations import generic, replaced, value_at, walk
from tally import ROOT

TABLES = ("employees", "assignments", "org_units", "facts", "targets", "objectives", "key_results", "checkins", "feedback", "leaves", "recognitions")
TAKEN_AS_COLUMN = {"employees": {"effective_date"}}  # columns that an import takes besides those that it keeps
OTHER_CHOICES = {"unit", "grouping",  # checked against their sources
                 "in_service_on",  # or a day
                 "status"}  # of policy tests: as any cell
NOT_LISTED = {"score"}  # of policy tests: any key may stand there; a column that is not there fails when the test runs


def one_of_each_place(documents):
    """Every value at a place that no value before it had."""
    seen = set()
    for document in documents:
        for path, value in walk(document):
            if generic(path) not in seen:
                seen.add(generic(path))
                yield document, path, value


def list_after(text, *leads):
    """The words that a message lists after one of the leads."""
    for lead in leads:
        if lead in text:
            return set(text.split(lead)[1].strip().split(", "))
    return None


def said_of_zzz(faults_of, document, path):
    return [f for f in faults_of(yaml_core.write(replaced(document, path, "zzz"))) if "`zzz`" in f.message]


def check_keys(tally, schema, faults_of, documents):
    """At every object: the keys that the reader lists are those of the schema."""
    listed = set()
    for document, path, value in one_of_each_place(documents):
        if not isinstance(value, dict):
            continue
        faults = said_of_zzz(faults_of, document, (*path, "zzz"))
        keys = next((keys for keys in (list_after(f.note, "possible here: ", "tables: ") for f in faults) if keys), None)
        if keys is None:  # a map whose keys are the user's
            continue
        declared, forbidden = set(), set()
        for part in schema.parts_at(document, path, conditions=False):
            listed.add(id(part))
            declared |= {k for k, v in part.get("properties", {}).items() if v is not False}
            forbidden |= {k for k, v in part.get("properties", {}).items() if v is False}
        tally.check(declared - forbidden <= keys <= declared,
                    f"{generic(path)}: only in the schema: {sorted(declared - forbidden - keys)}; only in the reader: {sorted(keys - declared)}")
    for place, node in schema.closed_objects():
        if place.split("/")[-1] not in NOT_LISTED and place.split("/")[-1] not in TABLES:
            tally.check(id(node) in listed, f"{schema.path.name}{place}: the reader never said which keys it has")


def check_all_keys_used(tally, schema, documents):
    """The sound files have every key of the schema: else the other checks would overlook it."""
    used = {}
    for document in documents:
        for path, value in walk(document):
            if isinstance(value, dict):
                for part in schema.parts_at(document, path, conditions=False):
                    used.setdefault(id(part), set()).update(value)
    for place, node in schema.closed_objects():
        if place.split("/")[-1] not in TABLES:  # columns have checks of their own
            missing = set(node["properties"]) - used.get(id(node), set())
            tally.check(not missing, f"{schema.path.name}{place}: no sound file has {sorted(missing)}")


def check_choices(tally, schema, faults_of, documents):
    """Where one of some words is wanted: the words that the reader lists are those of the schema."""
    compared = set()
    for document, path, value in one_of_each_place(documents):
        parts = [part for part in schema.parts_at(document, path, conditions=False) if "enum" in part] if path and isinstance(value, str) else []
        if not parts:
            continue
        faults = said_of_zzz(faults_of, document, path)
        listed = next((found for found in (list_after(f"{f.message} {f.note}", "choose from: ") for f in faults) if found), None)
        if listed is not None:
            tally.check(any(set(part["enum"]) == listed for part in parts), f"{generic(path)}: the reader lists {sorted(listed)}, the schema {[part['enum'] for part in parts]}")
            compared |= {id(part) for part in parts}
    for path, node in walk(schema.root):
        if isinstance(node, dict) and isinstance(node.get("enum"), list) and not {"if", "then", "else"} & set(path) and path[-1] != "not":
            name = next(key for key in reversed(path) if isinstance(key, str) and key not in ("anyOf", "properties"))
            tally.check(id(node) in compared or name in OTHER_CHOICES, f"{schema.path.name} {path}: the reader never listed these words")


def check_columns(tally, schema, reader):
    """The columns of mappings are those that hrctl exports; what people are grouped by are columns of employees."""
    reader.run("apply", reader.file("f.yaml", "version: 1\nkpis: [{id: a}]\n"), "--store", "columns.db")
    exported = {}
    for table in TABLES:
        header = reader.run("export", table, "--store", "columns.db", "--format", "csv").stdout.splitlines()
        exported[table] = set(header[0].split(",")) if header else set()
        columns = exported[table] | TAKEN_AS_COLUMN.get(table, set())
        declared = set(schema.root["definitions"][table]["properties"])
        tally.check(columns == declared, f"{table}: exported {sorted(columns)}, in the schema {sorted(declared)}")
    tables = set(value_at(schema.root, ("definitions", "mapping", "properties", "for", "enum")))
    tally.check(tables == set(TABLES), f"tables of mappings: {sorted(tables)}")
    grouping = {w for w in schema.root["definitions"]["grouping"]["anyOf"][0]["enum"] if not w.startswith("unit_level_")}
    tally.check(grouping == exported["employees"], f"rank_by: {sorted(grouping ^ exported['employees'])} on one side only")


def check_units(tally, schema):
    """The units of mappings are those of lib/model/mapping.cpp: no message lists all their spellings."""
    known = set(re.findall(r'Unit\{"([^"]+)"', (ROOT / "lib/model/mapping.cpp").read_text(encoding="utf-8")))
    declared = set(value_at(schema.root, ("definitions", "anyColumn", "anyOf", 1, "properties", "unit", "enum")))
    tally.check(declared == known, f"units: {sorted(declared ^ known)} on one side only")


def mappings(schema):
    """A mapping of each column, with each key that a column may have."""
    for table in TABLES:
        for wide in (False, True) if table in ("facts", "feedback") else (False,):
            for column in (*schema.root["definitions"][table]["properties"], "attr.x", "a", "沟通"):
                for extra in ({}, {"format": "%Y"}, {"exclusive": True}, {"open": "x"}):
                    mapping = {"id": "m", "for": table, "wide": wide, "columns": {column: {"from": "x", **extra}}}
                    yield ("mappings", 0), f"= {mapping}", {"version": 1, "kpis": [{"id": "a"}], "mappings": [mapping]}
