"""What the reader refuses and a schema cannot say: it would take other files, arithmetic, or a parser of expressions."""
import re

# Codes that are about more than one place.
CODES = {"unknown-reference", "duplicate-id", "bad-expression", "formula-cycle", "alignment-cycle", "weights-zero", "weights-mixed",
         "bands-overlap", "bands-gap", "start-equals-target", "method-missing"}

# Of the codes for single values, the sentences that compare several.
SENTENCES = {
    "bad-value": (r"the scores of threshold, target and stretch must rise", r"threshold, target and stretch of .* must (rise|fall)",
                  r"is better when lower, so threshold, target and stretch must fall", r"the range ends before it begins", r"the target of .* above 0",
                  r"the cap .* is under the floor", r"the points must rise in x", r"from .* to .* is the other direction", r"the formula of .* uses no KPI",
                  r"the scale must rise", r"does not follow the one before it", r"is not a regular expression", r"are both called",
                  r"no column of this mapping is", r"read the same text as different days", r"dated values must be in order of time"),
    "missing-key": (r"the curve of .* measures progress, but there is no", r"collides with the other plans of cycle"),
}

# What only scoring finds when a policy test runs.
OF_RUNS = {"policy", "cycle-missing", "column-missing", "file-missing", "unknown-employee"}


def is_explained(fault, of_run=False):
    if fault.code in CODES or of_run and fault.code in OF_RUNS:
        return True
    return any(re.search(sentence, fault.message) for sentence in SENTENCES.get(fault.code, ()))


def schema_is_stricter(kind, path):
    """Cells that a policy test expects: of a wrong type they can only fail, or check nothing."""
    return kind == "policy-test" and "scores" in path[:-2]
