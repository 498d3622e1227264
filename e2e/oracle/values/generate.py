"""Writes what Python answers about values, for the tests of packages/values. Needs the standard library only.

    python3 e2e/oracle/values/generate.py            writes packages/values/src/__fixtures__/python.json
    python3 e2e/oracle/values/generate.py --check    fails where the file is not what Python answers
"""

import json
import operator
import pathlib
import sys

TARGET = pathlib.Path(__file__).parents[3] / "packages/values/src/__fixtures__/python.json"

DOCUMENTS = [
    "null", "true", "false", "0", "-0", "1", "-7", "1.0", "-0.0", "1e3", "1E3", "1e+20", "1e20", "1e-05", "0.00001", "0.0001", "0.00012",
    "1.5", "100000000000000.0", "9999999999999998.0", "1e16", "1.5e16", "123456789012345678", "9007199254740991", "9007199254740992",
    "-9007199254740993", "123456789012345678901234567890", "1e400", "-1e400", "5e-324", "1.7976931348623157e308", "0.1",
    "0.30000000000000004", "3.141592653589793", "2.50", "1e22", "1e21", "123456789.123", "NaN", "Infinity", "-Infinity", "1.005", "1.00",
    '""', '"a"', '"it\'s"', '"say \\"x\\""', '"both \' and \\""', '"back\\\\slash"', '"line\\nfeed\\ttab\\rreturn"', '"\\u0000\\u001f\\u007f"',
    '"\\u00e9\\u4e2d\\ud83d\\ude00"', '"\\u00a0\\u00ad\\u200b\\u2028\\u3000\\ufeff"', '"\\ue000\\udbff\\udfff"', '"\\u0085"', '"\\b\\f\\/"',
    '"中文 ☃"', "[]", "{}", "[1, 1.0, true, null, \"a\"]", "[[], {}, [[1]]]", '{"a": 1, "b": [1.0, {"c": null}]}', '{"b": 1, "a": 2, "B": 3}',
    '{"__proto__": {"x": 1}, "constructor": 2}', '{"a": 1, "a": 2.0}', '{"": ""}', '  [ 1 ,\n 2 ]  ', '{"\\uff00": 1, "\\ud83d\\ude00": 2}',
    '[1e3, 12345678901234567890, "3e4"]', '{"é": "\\""}', '"</script>&"',
]

FAULTS = [
    "", " ", "{", "[", "[1", "[1,", "[1,]", "[1 2]", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{a: 1}", "{'a': 1}", '"abc', '"a\nb"', "nul",
    "True", "01", "1.", ".5", "+1", "-", "1 2", "[1]]", '"\\x"', '"\\u12"', '"\\', "[\n1,\n2,\n x]", '{"a" 1}', "undefined", "0x10",
]

VALUES = [
    "null", "true", "false", "0", "1", "2", "1.0", "1.5", "-1", "9007199254740993", "9007199254740992.0", '""', '"a"', '"ab"', '"b"', '"\\uff00"',
    '"\\ud83d\\ude00"', "[]", "[1]", "[1.0]", "[true]", "[1, 2]", '["a"]', "{}", '{"a": 1}', '{"a": 1.0}', '{"b": 1}', '{"a": 1, "b": 2}',
    '{"b": 2, "a": 1}', "NaN", "Infinity", "1e400", "[null]", "[[1], 2]",
]


def attempt(action):
    try:
        return action()
    except Exception as error:  # Whatever Python raises is the answer.
        return f"{type(error).__name__}: {error}"


def document(text):
    value = json.loads(text)
    return {
        "text": text,
        "str": str(value),
        "repr": repr(value),
        "type": type(value).__name__,
        "truthy": bool(value),
        "dumps": json.dumps(value),
        "compact": json.dumps(value, separators=(",", ":"), ensure_ascii=False),
        "indented": json.dumps(value, indent=2, ensure_ascii=False),
        "sorted": json.dumps(value, sort_keys=True),
    }


def pair(left, right):
    one, other = json.loads(left), json.loads(right)
    return {
        "left": left,
        "right": right,
        "equal": one == other,
        "less": attempt(lambda: operator.lt(one, other)),
        "atMost": attempt(lambda: operator.le(one, other)),
        "in": attempt(lambda: one in other),
    }


version = f"{sys.version_info.major}.{sys.version_info.minor}"
kept = TARGET.read_text() if TARGET.exists() else "{}"
if "--check" in sys.argv and json.loads(kept).get("python") != version:
    print(f"skipped: the fixtures are of another Python than {version}")
    sys.exit(0)

answers = {
    "documents": [document(text) for text in DOCUMENTS],
    "faults": [{"text": text, "error": attempt(lambda: json.loads(text))} for text in FAULTS],
    "pairs": [pair(left, right) for left in VALUES for right in VALUES],
}


def lines(name, items):
    return f' "{name}": [\n' + ",\n".join("  " + json.dumps(item) for item in items) + "\n ]"


written = f'{{\n "python": "{version}",\n' + ",\n".join(lines(name, items) for name, items in answers.items()) + "\n}\n"
if "--check" in sys.argv:
    if kept != written:
        sys.exit(f"{TARGET.name} is not what this Python answers")
    print(f"{TARGET.name}: as Python answers")
else:
    TARGET.write_text(written)
    print(f"{TARGET.name}: {sum(len(items) for items in answers.values())} answers")
