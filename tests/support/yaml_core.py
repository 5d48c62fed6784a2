"""YAML as editors' servers read it (1.2, core schema: dates are texts, 007 is 7), and written again."""
import json
import re

import yaml


class CoreLoader(yaml.SafeLoader):
    """PyYAML knows the scalars of YAML 1.1: these are those of 1.2 core."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        names = [key.value for key, _ in node.value]
        if len(set(names)) < len(names):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice", node.start_mark)
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


def _construct_map(loader, node):
    return loader.construct_mapping(node)


def _construct_int(loader, node):
    text = node.value
    return int(text[2:], 8) if text.startswith("0o") else int(text, 16) if text.startswith("0x") else int(text)


def _construct_float(loader, node):
    return float(node.value.lower().replace(".inf", "inf").replace(".nan", "nan"))


for _tag, _pattern, _first in (
        ("null", r"^(~|null|Null|NULL|)$", None),
        ("bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
        ("int", r"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
        ("float", r"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$", "-+.0123456789")):
    CoreLoader.add_implicit_resolver("tag:yaml.org,2002:" + _tag, re.compile(_pattern), list(_first) if _first else [None])
CoreLoader.add_constructor("tag:yaml.org,2002:map", _construct_map)
CoreLoader.add_constructor("tag:yaml.org,2002:int", _construct_int)
CoreLoader.add_constructor("tag:yaml.org,2002:float", _construct_float)


def load(text):
    return yaml.load(text, CoreLoader)


def write(document):
    """As YAML in braces: JSON is YAML."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
