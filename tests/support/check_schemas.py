#!/usr/bin/python3
"""The schemas of what people write against the reader: check_schemas.py HRCTL

Editors check definitions, policy tests, settings and custom reports by schemas/definitions, hrctl by its own code. Here both judge the
same files: the corpus of tests/data/definitions, every example, and thousands of small changes of sound files.
"""
import json
import pathlib
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from tally import ROOT, Tally, git_files, need_debian_python, relative

need_debian_python()

import jsonschema  # noqa: E402
import yaml  # noqa: E402
import yaml_core  # noqa: E402
from schema_differences import is_explained, schema_is_stricter  # noqa: E402
from schema_keys import check_all_keys_used, check_choices, check_columns, check_keys, check_units, mappings  # noqa: E402
from schema_mutations import changes, walk  # noqa: E402
from schema_tools import NAMES, Reader, Schema  # noqa: E402

DATA = ROOT / "tests" / "data"
ANNOTATIONS = {"$ref", "$comment", "title", "description", "default", "examples"}


def load_or_none(text):
    """None where YAML itself is broken: an editor says so without any schema."""
    try:
        return yaml_core.load(text)
    except yaml.YAMLError:
        return None


# --- the schemas themselves

def check_annotations(tally, schema, key, member, place):
    """Every key is described in English and Chinese, and its defaults and examples are valid."""
    chain = list(schema.reference_chain(member))
    text = next((part["description"] for part in chain if "description" in part), "")
    tally.check(re.search("[A-Za-z]{2}", text) and re.search("[\u4e00-\u9fff]", text), f"{schema.path.name}{place}: `{key}` is not described in both languages")
    for sample in (value for part in chain for value in part.get("examples", []) + [part[k] for k in ("default",) if k in part]):
        tally.check(schema.part_accepts(member, sample), f"{schema.path.name}{place}: {sample!r} is no value of `{key}`")


def check_schema_files(tally, schemas):
    for schema in schemas.values():
        tally.check("$id" not in schema.file, f"{schema.path.name}: an $id would change what relative references mean")
        jsonschema.Draft7Validator.check_schema(schema.file)
        for path, node in walk(schema.root):
            if isinstance(node, dict) and isinstance(node.get("$ref"), str):
                tally.check(set(node) <= ANNOTATIONS, f"{schema.path.name} {path}: draft-07 overlooks what stands beside $ref")
        for place, node in schema.closed_objects():
            for key, member in node["properties"].items():
                check_annotations(tally, schema, key, member, place)


# --- files that lie here

def check_corpus(tally, schema, reader):
    for folder, schema_accepts, reader_accepts in (("good", True, True), ("bad-shape", False, False), ("bad-meaning", True, False)):
        for path in sorted((DATA / "definitions" / folder).glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            document = load_or_none(text)
            fault = "not YAML" if document is None else schema.fault(document)
            tally.check((not fault) == schema_accepts, f"{relative(path)}: the schema {'refuses: ' + fault if fault else 'accepts'}")
            faults = [str(f) for f in reader.faults_of_definitions(text)]
            tally.check((not faults) == reader_accepts, f"{relative(path)}: the reader {'refuses: ' + faults[0] if faults else 'accepts'}")


def schema_name(path):
    if path.name == "hrctl.yaml":
        return "settings"
    if path.name == "policy.yaml":  # definitions that policy tests use
        return "definitions"
    if path.parent.name == "reports":
        return "custom-report"
    return "policy-test" if "tests" in path.parts[len(ROOT.parts):] else "definitions"


def check_files(tally, schemas):
    for path in git_files():
        name = relative(path)
        if path.suffix != ".yaml" or not name.startswith(("examples/", "tests/policy/")):
            continue
        text = path.read_text(encoding="utf-8")
        schema = schemas[schema_name(path)]
        fault = schema.fault(yaml_core.load(text))
        tally.check(not fault, f"{name}: {fault}")
        modeline = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        tally.check(modeline and (path.parent / modeline[1]).resolve() == schema.path, f"{name}: its first line does not name {schema.path.name}")


# --- small changes

class Judge:
    """Puts documents before both and holds their verdicts against each other."""

    def __init__(self, tally, schema, faults_of):
        self.tally, self.schema, self.faults_of = tally, schema, faults_of
        self.kind = schema.path.name.removesuffix(".schema.json")

    def compare(self, what, fault_of_schema, path, faults):
        if fault_of_schema:
            self.tally.check(faults or schema_is_stricter(self.kind, path), f"{what}: only the schema refuses: {fault_of_schema}")
            return
        shape = [f for f in faults if not is_explained(f, self.kind == "policy-test")]
        self.tally.check(not shape, f"{what}: only the reader refuses: {shape[0] if shape else ''}")

    def judge_all(self, cases):
        """Cases: path that is changed, what is done, document. The schemas are asked here, hrctl in two threads."""
        with ThreadPoolExecutor(2) as pool:
            asked = []
            for path, what, document in cases:
                fault = self.schema.fault(only_changed(document, path) if self.kind == "definitions" else document)
                asked.append((f"{self.kind}: {'.'.join(map(str, path))} {what}"[:200], fault, path, pool.submit(self.faults_of, yaml_core.write(document))))
            for what, fault, path, future in asked:
                self.compare(what, fault, path, future.result())


def only_changed(document, path):
    """The document with nothing but the item that holds the change: enough for a schema, which looks at one item at a time."""
    if len(path) < 2 or not isinstance(path[1], int):
        return document
    return {"version": document["version"], path[0]: [document[path[0]][path[1]]]}


def load_all(folder):
    return [yaml_core.load(path.read_text(encoding="utf-8")) for path in sorted((DATA / folder).glob("*.yaml"))]


def check_kind(tally, schema, faults_of, documents):
    """Sound files of one kind: accepted by both, with every key, and judged alike after any small change."""
    for document in documents:
        fault = schema.fault(document) or "".join(str(f) for f in faults_of(yaml_core.write(document)))
        tally.check(not fault, f"{schema.path.name}: a sound file: {fault}")
    check_keys(tally, schema, faults_of, documents)
    check_all_keys_used(tally, schema, documents)
    check_choices(tally, schema, faults_of, documents)
    Judge(tally, schema, faults_of).judge_all(changes(schema, documents))


def main():
    tally = Tally("schemas of definitions")
    schemas = {name: Schema(name) for name in NAMES}
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(folder))
        check_schema_files(tally, schemas)
        check_files(tally, schemas)
        check_corpus(tally, schemas["definitions"], reader)
        check_columns(tally, schemas["definitions"], reader)
        check_units(tally, schemas["definitions"])
        Judge(tally, schemas["definitions"], reader.faults_of_definitions).judge_all(mappings(schemas["definitions"]))
        check_kind(tally, schemas["definitions"], reader.faults_of_definitions, load_all("definitions/good"))
        check_kind(tally, schemas["settings"], reader.faults_of_settings, load_all("settings"))
        check_kind(tally, schemas["policy-test"], reader.faults_of_policy_test, load_all("policy-test"))
        check_kind(tally, schemas["custom-report"], reader.faults_of_report, load_all("custom-report"))
    tally.finish()


if __name__ == "__main__":
    main()
