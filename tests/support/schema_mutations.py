"""Small changes of a document, each the same on every run."""
import copy

# What may stand where something else is meant.
VALUES = ("zzz", "", "7", "2026-01-31", "extend", 7, -1, 0.5, 4000, True, None, [], {}, ["zzz"], {"zzz": 1})


def walk(value, path=()):
    """Every value of a document with its path; outer ones first."""
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in items:
        yield from walk(member, (*path, key))


def value_at(document, path):
    for key in path:
        document = document[key]
    return document


def generic(path):
    return tuple("*" if isinstance(key, int) else key for key in path)


def changed(document, path, change):
    """A copy in which `change(parent, key)` has been made."""
    document = copy.deepcopy(document)
    change(value_at(document, path[:-1]), path[-1])
    return document


def replaced(document, path, value):
    return changed(document, path, lambda parent, key: parent.__setitem__(key, copy.deepcopy(value)))


def samples(documents):
    """For every kind of object: keys that it has somewhere, with a value or two."""
    found = {}
    for document in documents:
        for path, value in walk(document):
            if isinstance(value, dict):
                for key, member in value.items():
                    known = found.setdefault(generic(path), {}).setdefault(key, [])
                    if member not in known and len(known) < 2:
                        known.append(member)
    return found


def at_the_bounds(schema, document, path):
    """Values that the schema just accepts or just refuses there, and its words."""
    for part in schema.parts_at(document, path, conditions=True):
        yield from part.get("enum", [])
        for bound in ("minimum", "exclusiveMinimum", "maximum"):
            if bound in part:
                yield from (part[bound] - 1, part[bound], part[bound] + 1)
        if "maxLength" in part:
            yield from ("x" * part["maxLength"], "x" * (part["maxLength"] + 1))


def changes(schema, documents):
    """(path that is changed, what is done, document); places that mean the same are changed once."""
    seen = set()
    known = samples(documents)

    def is_new(*kind):
        before = len(seen)
        seen.add(kind)
        return len(seen) > before

    for document in documents:
        for path, value in walk(document):
            if "definitions" in path[:-1]:  # inline in a policy test: a kind of file of their own
                continue
            if path and is_new("value", generic(path), type(value)):
                lengths = (value[:-1], value + value[-1:]) if isinstance(value, list) else ()
                for other in (*VALUES, *at_the_bounds(schema, document, path), *lengths):
                    yield path, f"= {other!r}", replaced(document, path, other)
            if path and isinstance(path[-1], str) and is_new("removed", generic(path), tuple(sorted(value_at(document, path[:-1])))):
                yield path, "removed", changed(document, path, lambda parent, key: parent.__delitem__(key))
            if isinstance(value, dict) and is_new("added", generic(path), tuple(sorted(value))):
                for name, members in {"zzz": [1], **known.get(generic(path), {})}.items():
                    for member in members if name not in value else ():
                        yield (*path, name), f"added: {member!r}", replaced(document, (*path, name), member)
