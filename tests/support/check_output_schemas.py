#!/usr/bin/python3
"""JSON outputs against schemas/output: check_output_schemas.py FILE…

Each file is one JSON object whose member "schema" ("hrctl.scores/v1") names the schema; `-` reads standard input.
Members that the schema does not know are faults too: a schema may leave room for later versions, this version may not
print what it does not document. Without files the schemas themselves are checked. Exit code 1 when something is wrong.
"""
import json
import pathlib
import re
import sys

import jsonschema

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "schemas" / "output"


def load_schema(name):
    match = re.fullmatch(r"hrctl\.([a-z0-9_-]+)/v1", name or "")
    path = FOLDER / f"{match.group(1)}.schema.json" if match else None
    if path is None or not path.is_file():
        return None
    return json.loads(path.read_text(encoding="utf-8"))


def undocumented(value, schema, place=""):
    """Members of objects that `properties` does not list."""
    if isinstance(value, dict) and "properties" in schema:
        for key, member in value.items():
            if key not in schema["properties"]:
                if not isinstance(schema.get("additionalProperties"), dict):  # else they are spoken of as a whole
                    yield f"{place}/{key}: not in the schema"
            else:
                yield from undocumented(member, schema["properties"][key], f"{place}/{key}")
    if isinstance(value, list) and "items" in schema:
        for i, item in enumerate(value):
            yield from undocumented(item, schema["items"], f"{place}/{i}")


def faults_of(text):
    try:
        document = json.loads(text)
    except ValueError as error:
        return [f"not JSON: {error}"]
    name = document.get("schema") if isinstance(document, dict) else None
    schema = load_schema(name)
    if schema is None:
        return [f"no schema for {name!r} in {FOLDER}"]
    validator = jsonschema.Draft202012Validator(schema)
    faults = ["/" + "/".join(map(str, e.absolute_path)) + ": " + e.message for e in validator.iter_errors(document)]
    return faults + list(undocumented(document, schema))


def check_schemas():
    faults = []
    for path in sorted(FOLDER.glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            faults.append(f"{path.name}: {error.message}")
        name = path.name.removesuffix(".schema.json")
        if schema.get("properties", {}).get("schema", {}).get("const") != f"hrctl.{name}/v1":
            faults.append(f"{path.name}: its member schema is not hrctl.{name}/v1")
    return faults


def main(files):
    faults = check_schemas()
    for file in files:
        text = sys.stdin.read() if file == "-" else pathlib.Path(file).read_text(encoding="utf-8")
        faults += [f"{file}: {fault}" for fault in faults_of(text)[:20]]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
