"""The two who judge what people write: the JSON Schemas of schemas/definitions, and hrctl itself."""
import json
import os
import re
import subprocess
import threading
from urllib.parse import urljoin

import jsonschema
from tally import ROOT

FOLDER = ROOT / "schemas" / "definitions"
NAMES = ("definitions", "policy-test", "settings", "custom-report")


def with_absolute_references(node, base):
    if isinstance(node, dict):
        return {k: urljoin(base, v) if k == "$ref" else with_absolute_references(v, base) for k, v in node.items()}
    return [with_absolute_references(v, base) for v in node] if isinstance(node, list) else node


class Schema:
    """One schema file; what it refers to is looked up beside it, as editors do."""

    def __init__(self, name):
        self.path = FOLDER / f"{name}.schema.json"
        self.file = json.loads(self.path.read_text(encoding="utf-8"))
        self.validator = jsonschema.Draft7Validator(self.file, resolver=jsonschema.RefResolver(self.path.as_uri(), self.file))
        # For walking through it: parts of one file that are looked at alone must still find the other file.
        store = {}
        for path in FOLDER.glob("*.schema.json"):
            store[path.as_uri()] = with_absolute_references(json.loads(path.read_text(encoding="utf-8")), path.as_uri())
        self.root = store[self.path.as_uri()]
        self.resolver = jsonschema.RefResolver(self.path.as_uri(), self.root, store=store)

    def fault(self, document):
        """The first fault of a document, or nothing."""
        error = next(self.validator.iter_errors(document), None)
        return "/" + "/".join(map(str, error.absolute_path)) + ": " + error.message[:160] if error else ""

    def part_accepts(self, schema, document):
        return jsonschema.Draft7Validator(schema, resolver=self.resolver).is_valid(document)

    def reference_chain(self, schema):
        """The schema and what it refers to, step by step."""
        yield schema
        while isinstance(schema, dict) and "$ref" in schema:
            schema = self.resolver.resolve(schema["$ref"])[1]
            yield schema

    def resolved(self, schema):
        return list(self.reference_chain(schema))[-1]

    def applicable(self, schema, instance, conditions):
        """The parts of a schema that speak of this instance; those under if and oneOf only where asked for."""
        schema = self.resolved(schema)
        if not isinstance(schema, dict):
            return
        yield schema
        for part in schema.get("allOf", []):
            yield from self.applicable(part, instance, conditions)
        for part in schema.get("anyOf", []):
            if self.resolved(part).get("type", "object") == ("object" if isinstance(instance, dict) else "array"):
                yield from self.applicable(part, instance, conditions)
        if conditions and "if" in schema:
            branch = "then" if self.part_accepts(schema["if"], instance) else "else"
            yield from self.applicable(schema.get(branch, True), instance, conditions)

    def members(self, schema, instance, key):
        """The schemas of one member of an instance."""
        for part in self.applicable(schema, instance, True):
            if isinstance(instance, list):
                yield part.get("items", True)
            elif key in part.get("properties", {}):
                yield part["properties"][key]
            else:
                patterns = [s for p, s in part.get("patternProperties", {}).items() if re.search(p, key)]
                yield from patterns or [part.get("additionalProperties", True)]

    def at(self, document, path):
        """The schemas that speak of the value at a path, and the value."""
        schemas, value = [self.root], document
        for key in path:
            schemas = [m for schema in schemas for m in self.members(schema, value, key)]
            value = value[key]
        return schemas, value

    def parts_at(self, document, path, conditions):
        schemas, value = self.at(document, path)
        for schema in schemas:
            yield from self.applicable(schema, value, conditions)

    def closed_objects(self):
        """Every object of the file that says which keys it has, by its place in the file."""
        def walk(node, place):
            if isinstance(node, dict):
                if isinstance(node.get("properties"), dict) and node.get("additionalProperties") is False:
                    yield place, node
                for key, member in node.items():
                    yield from walk(member, f"{place}/{key}")
            elif isinstance(node, list):
                for i, member in enumerate(node):
                    yield from walk(member, f"{place}/{i}")
        yield from walk(self.root, "")


class Fault:
    """One error of hrctl."""

    def __init__(self, code, line, message, note=""):
        self.code, self.line, self.message, self.note = code, line, message, note

    def __str__(self):
        return f"{self.line}: {self.code}: {self.message}"


class Reader:
    """hrctl, asked in a folder of its own."""

    def __init__(self, hrctl, folder):
        self.hrctl, self.folder = hrctl, folder
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("HRCTL_")} | {"LC_ALL": "C.UTF-8"}

    def run(self, *words):
        return subprocess.run([self.hrctl, *words], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False)

    def file(self, name, text):
        """Writes a file in a folder of this thread; its path."""
        path = self.folder / str(threading.get_ident()) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    def faults_of_definitions(self, text):
        done = self.run("check", "--format", "json", self.file("f.yaml", text))
        found = [Fault(d["code"], d["line"], d["message"], d["help"] or "") for d in json.loads(done.stdout)["diagnostics"] if d["severity"] == "error"]
        if bool(found) != (done.returncode == 1):
            raise AssertionError(f"check ended with {done.returncode} and {len(found)} errors: {done.stderr}")
        return found

    def faults_of_report(self, text):
        """Of a custom report, which is known by the line that begins with its key: a line a key, not all in braces."""
        document = json.loads(text)
        return self.faults_of_definitions("".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in document.items()))

    def faults_of_settings(self, text):
        return self._faults_in_text(self.run("-C", os.path.dirname(self.file("settings/hrctl.yaml", text)), "check").stderr)

    def faults_of_policy_test(self, text):
        """Those of the file itself, and "policy" where the policy does not give what the test expects."""
        done = self.run("test", self.file("t.yaml", text))
        found = self._faults_in_text(done.stderr)
        return found if found or done.returncode == 0 else [Fault("policy", 0, done.stderr)]

    @staticmethod
    def _faults_in_text(text):
        found = []
        for line in text.splitlines():
            match = re.match(r"\S+:(\d+):\d+: error\[([a-z0-9-]+)\]: (.*)", line)
            if match:
                found.append(Fault(match[2], int(match[1]), match[3]))
            elif found and line.startswith("  help: "):
                found[-1].note = line.removeprefix("  help: ")
        return found
