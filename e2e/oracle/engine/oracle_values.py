"""Values on the wire between TypeScript and Python: JSON in which a float is {"$float": "<repr>"}, so that 1 and 1.0 stay apart."""

from collections.abc import Mapping
from typing import Any

from graphon.file.enums import FileTransferMethod, FileType
from graphon.file.models import File
from graphon.variables.factory import build_segment_with_type
from graphon.variables.types import SegmentType
from graphon.variables.variables import SecretVariable, Variable
from graphon.variables.factory import segment_to_variable
from graphon.workflow_type_encoder import WorkflowRuntimeTypeConverter

# Figures of the clock, in which two runs of the same engine differ, and prices, which are the host's.
DROPPED = frozenset(
    ("latency", "time_to_first_token", "time_to_generate", "currency", "total_price")
    + tuple(f"{part}_{figure}" for part in ("prompt", "completion") for figure in ("unit_price", "price_unit", "price"))
)


def decode(value: Any) -> Any:
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"$float"}:
        return float(value["$float"])
    if value.keys() == {"$file"}:
        return to_file(value["$file"])
    return {key: decode(item) for key, item in value.items()}


def encode(value: Any) -> Any:
    return _mark(WorkflowRuntimeTypeConverter().value_to_json_encodable_recursive(value))


def _mark(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, int | str):
        return str(value) if type(value) is not str and isinstance(value, str) else value
    if isinstance(value, float):
        return {"$float": repr(value)}
    if isinstance(value, Mapping):
        return {str(key): _mark(item) for key, item in value.items() if key not in DROPPED}
    if isinstance(value, list | tuple):
        return [_mark(item) for item in value]
    return str(value)


def to_file(fields: Mapping[str, Any]) -> File:
    return File(
        file_type=FileType(fields["type"]),
        transfer_method=FileTransferMethod.REMOTE_URL,
        remote_url=fields["url"],
        filename=fields["name"],
        extension=fields["extension"],
        mime_type=fields["mimeType"],
        size=fields["size"],
    )


def to_variable(namespace: str, declared: Mapping[str, Any]) -> Variable:
    """A declared environment or conversation variable, with the type that its declaration and value give it."""
    name, declared_type, value = declared["name"], declared["value_type"], declared["value"]
    selector = [namespace, name]
    if declared_type == "secret":
        return SecretVariable(name=name, value=value, selector=selector)
    if declared_type in ("integer", "float"):
        declared_type = "number"
    return segment_to_variable(segment=build_segment_with_type(SegmentType(declared_type), value), selector=selector)
