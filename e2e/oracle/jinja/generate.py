"""Writes what Python's Jinja2 answers, for the tests of packages/jinja. Needs jinja2 (Debian: python3-jinja2 3.1.2).

    python3 e2e/oracle/jinja/generate.py            writes packages/jinja/src/__fixtures__/jinja2.json
    python3 e2e/oracle/jinja/generate.py --check    fails where the file is not what this Python answers; skips without jinja2
"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
TARGET = HERE.parents[2] / "packages/jinja/src/__fixtures__/jinja2.json"

try:
    import jinja2
except ImportError:
    print("skipped: this Python has no jinja2 (Debian: python3-jinja2)")
    sys.exit(0)

from answer import answer  # noqa: E402
from templates import TEMPLATES  # noqa: E402

variables = json.loads((HERE / "variables.json").read_text())
expressions = (HERE / "expressions.txt").read_text().splitlines()

answers = {
    "expressions": [{"expression": text, **answer("{{ " + text + " }}", variables)} for text in expressions],
    "templates": [{"name": name, "template": text, **answer(text, variables)} for name, text in TEMPLATES.items()],
}


def lines(name, items):
    return f' "{name}": [\n' + ",\n".join("  " + json.dumps(item) for item in items) + "\n ]"


version = f"{jinja2.__version__} on Python {sys.version_info.major}.{sys.version_info.minor}"
head = f'{{\n "jinja2": {json.dumps(version)},\n "variables": {(HERE / "variables.json").read_text().strip()},\n'
written = head + ",\n".join(lines(name, items) for name, items in answers.items()) + "\n}\n"
if "--check" in sys.argv:
    kept = TARGET.read_text() if TARGET.exists() else ""
    if json.loads(kept or '{"jinja2": ""}')["jinja2"] != version:
        print(f"skipped: the fixtures are of another jinja2 than {version}")
    elif kept != written:
        sys.exit(f"{TARGET.name} is not what jinja2 answers; write it anew without --check")
    else:
        print(f"{TARGET.name}: as jinja2 {version} answers")
else:
    TARGET.write_text(written)
    print(f"{TARGET.name}: {len(answers['expressions'])} expressions, {len(answers['templates'])} templates")
