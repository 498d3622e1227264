"""What Jinja2's default environment makes of a template."""

import copy
import re
import traceback
import warnings

import jinja2

warnings.simplefilter("ignore")
ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def line_of(error):
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.lineno
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return frames[-1].lineno if frames else None


def answer(template, variables):
    """The output, or the error with its class, message and line."""
    try:
        return {"output": ADDRESS.sub("", jinja2.Environment().from_string(template).render(copy.deepcopy(variables)))}
    except Exception as error:  # Whatever is raised is the answer.
        return {"error": type(error).__name__, "message": ADDRESS.sub("", str(error)), "line": line_of(error)}
