"""Random expressions and templates with Jinja2's answers, one JSON a line: what compare.ts compares with ours.

    python3 e2e/oracle/jinja/fuzz.py <count> <seed>
"""

import json
import pathlib
import random
import signal
import sys

from answer import answer

HERE = pathlib.Path(__file__).parent
VARIABLES = json.loads((HERE / "variables.json").read_text())
VALUES = [
    "0", "1", "2", "-1", "3", "7", "10", "1.0", "0.5", "2.5", "-3.75", "1e16", "1e-5", "100", "true", "false", "none", "''", "'a'", "'abc'", "'Hello World'",
    "'a,b,,c'", "' x y '", "'12'", "'3.5'", "\"it's\"", "'<b>&'", "'é☃😀'", "'a\\nb'", "[]", "[1, 2, 3]", "[3, 1, 2]", "['b', 'A', 'c']", "[1, 'a', none]", "[[1, 2], [3]]",
    "(1, 2)", "()", "{}", "{'a': 1}", "{'b': 2, 'a': 1}", "range(4)", *VARIABLES,
    "missing",
]
FILTERS = {
    "abs": 0, "attr": 1, "batch": 2, "capitalize": 0, "center": 1, "count": 0, "default": 2, "dictsort": 1, "e": 0, "filesizeformat": 1, "first": 0, "float": 1,
    "forceescape": 0, "format": 2, "groupby": 1, "indent": 2, "int": 2, "join": 2, "last": 0, "length": 0, "list": 0, "lower": 0, "items": 0, "map": 2, "min": 1, "max": 1,
    "pprint": 0, "reject": 2, "rejectattr": 2, "replace": 3, "reverse": 0, "round": 2, "safe": 0, "select": 2, "selectattr": 2, "slice": 2, "sort": 2,
    "string": 0, "striptags": 0, "sum": 2, "title": 0, "trim": 1, "truncate": 3, "unique": 1, "upper": 0, "urlencode": 0, "urlize": 1, "wordcount": 0, "wordwrap": 2,
    "xmlattr": 0, "tojson": 1,
}
TESTS = [
    "odd", "even", "defined", "undefined", "none", "boolean", "false", "true", "integer", "float", "lower", "upper", "string", "mapping", "number", "sequence", "iterable",
    "callable", "escaped", "divisibleby 2", "in [1, 'a']", "eq 1", "ne 'a'", "gt 2", "lt 'b'", "sameas none", "filter", "test",
]
NAMES = ["'upper'", "'odd'", "'string'", "'a'", "'name'", "'age'", "'length'", "'int'", "'first'", "0", "'defined'", "'gt'", "'equalto'", "'city.name'"]
METHODS = [
    "upper()", "lower()", "title()", "strip()", "split()", "split(',')", "split('a', 1)", "rsplit(none, 1)", "splitlines()", "replace('a', 'b')", "find('b')", "rfind('a')",
    "count('a')", "index('a')", "startswith('a')", "endswith('c')", "zfill(6)", "center(9, '*')", "ljust(5)", "rjust(5, '.')", "partition(',')", "rpartition('a')", "isdigit()",
    "isalpha()", "isalnum()", "isupper()", "islower()", "istitle()", "isspace()", "swapcase()", "capitalize()", "casefold()", "join(['x', 'y'])", "expandtabs(3)", "format(1, 2)",
    "items() | list", "keys() | list", "values() | list", "get('a')", "get('a', 5)", "pop()", "pop(0)", "pop('a')", "append(1)", "copy()", "index(1)", "count(1)", "sort()", "reverse()",
    "removeprefix('a')", "removesuffix('c')", "is_integer()", "bit_length()", "real", "a", "name", "0", "nosuch", "city",
]
SPECS = ["", "5", "<5", ">5", "^5", "05", "+", ",", "_", ".2f", "8.3f", "e", ".1e", "g", ".3g", "%", ".0%", "x", "#x", "b", "o", "c", "d", "s", "10.2", "*^9", "+.1f", " d", "010,.2f", ".0f", "n", "#.3g", "=+6d", "X", "r"]
PERCENTS = ["%s", "%d", "%5d", "%-5d|", "%05d", "%+d", "%x", "%#o", "%f", "%.2f", "%8.3f", "%e", "%.1e", "%g", "%.3g", "%r", "%c", "%i", "%%", "%5s", "%.2s", "%(a)s", "%s %s", "%G", "%#x", "%+.1f", "% d"]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, items):
        return self.random.choice(items)

    def arguments(self, count, depth):
        parts = [self.pick(NAMES) if self.random.random() < 0.35 else self.expression(depth) for _ in range(self.random.randint(0, count))]
        return f"({', '.join(parts)})" if parts else ""

    def expression(self, depth):
        if depth <= 0:
            return self.pick(VALUES)
        kind = self.random.randrange(15)
        one = lambda: self.expression(depth - 1)  # noqa: E731
        if kind < 3:
            return f"({one()} {self.pick(['+', '-', '*', '/', '//', '%', '**', '~'])} {one()})"
        if kind == 3:
            return f"({one()} {self.pick(['==', '!=', '<', '<=', '>', '>=', 'in', 'not in'])} {one()})"
        if kind == 4:
            return f"({one()} {self.pick(['and', 'or'])} {one()})"
        if kind < 8:
            name = self.pick(list(FILTERS))
            listed = " | list" if name in {"batch", "slice", "map", "select", "reject", "selectattr", "rejectattr", "unique", "items", "reverse"} else ""
            return f"({one()} | {name}{self.arguments(FILTERS[name], depth - 2)}{listed})"
        if kind == 8:
            return f"({one()} is {self.pick(['', 'not '])}{self.pick(TESTS)})"
        if kind == 9:
            return f"{self.pick(['-', '+', 'not '])}{one()}" if self.random.random() < 0.5 else f"({one()} if {one()} else {one()})"
        if kind == 10:
            return f"({one()}).{self.pick(METHODS)}"
        if kind == 11:
            part = lambda: self.pick(["", "0", "1", "-1", "2", "-2", "none"])  # noqa: E731
            return f"({one()})[{part()}:{part()}{self.pick(['', ':', ':2', ':-1'])}]" if self.random.random() < 0.6 else f"({one()})[{one()}]"
        if kind == 12:
            return f"('{{:{self.pick(SPECS)}}}'.format({one()}))"
        if kind == 13:
            return f"('{self.pick(PERCENTS)}' % {self.pick([one(), f'({one()},)'])})"
        return f"[{one()}, {one()}]" if self.random.random() < 0.5 else f"{{'a': {one()}, 'b': {one()}}}"


def expired(_signal, _frame):
    raise TimeoutError


signal.signal(signal.SIGALRM, expired)
maker = Maker(int(sys.argv[2]))
for _ in range(int(sys.argv[1])):
    expression = maker.expression(maker.random.randint(1, 3))
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    found = answer("{{ " + expression + " }}", VARIABLES)
    signal.setitimer(signal.ITIMER_REAL, 0)
    if found.get("error") != "TimeoutError":
        print(json.dumps({"expression": expression, **found}))
