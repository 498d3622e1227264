"""Engine events as the rows of a result. Times, durations, prices and ids of executions are left out: they differ from run to run."""

from collections.abc import Mapping
from typing import Any

from graphon import graph_events as events
from graphon.graph_events.base import GraphEngineEvent, GraphNodeEventBase
from oracle_values import encode

NAMES: Mapping[type, str] = {
    events.NodeRunStartedEvent: "node_started",
    events.NodeRunSucceededEvent: "node_succeeded",
    events.NodeRunFailedEvent: "node_failed",
    events.NodeRunExceptionEvent: "node_exception",
    events.NodeRunRetryEvent: "node_retry",
    events.NodeRunStreamChunkEvent: "chunk",
    events.NodeRunReasoningChunkEvent: "reasoning_chunk",
    events.NodeRunVariableUpdatedEvent: "variable_updated",
    events.NodeRunIterationStartedEvent: "iteration_started",
    events.NodeRunIterationNextEvent: "iteration_next",
    events.NodeRunIterationSucceededEvent: "iteration_succeeded",
    events.NodeRunIterationFailedEvent: "iteration_failed",
    events.NodeRunLoopStartedEvent: "loop_started",
    events.NodeRunLoopNextEvent: "loop_next",
    events.NodeRunLoopSucceededEvent: "loop_succeeded",
    events.NodeRunLoopFailedEvent: "loop_failed",
    events.NodeRunRetrieverResourceEvent: "retriever_resource",
    events.NodeRunPauseRequestedEvent: "pause_requested",
}
RESULTS = ("node_succeeded", "node_failed", "node_exception", "node_retry")
DROPPED_METADATA = frozenset(("total_price", "currency", "iteration_duration_map", "loop_duration_map", "tool_info"))
# Where a node stands is told once, by the row's own keys.
PLACE = frozenset(("iteration_id", "iteration_index", "loop_id", "loop_index"))


def to_row(event: GraphEngineEvent) -> dict[str, Any] | None:
    """None for what no reader sees: edges, and the start and end of the run, which the result tells."""
    name = NAMES.get(type(event))
    if name is None or not isinstance(event, GraphNodeEventBase):
        return None
    row: dict[str, Any] = {"event": name, "node": event.node_id, **_place(event)}
    if name in RESULTS:
        row.update(_node_result(event))
    elif name in ("chunk", "reasoning_chunk"):
        row.update(selector=list(event.selector), text=event.chunk, final=event.is_final)
    elif name == "variable_updated":
        variable = event.variable
        row.update(selector=list(variable.selector), type=str(variable.value_type.value), value=encode(variable))
    elif name.endswith("_next"):
        row.update(index=event.index)
        previous = getattr(event, "pre_iteration_output", None) if name == "iteration_next" else event.pre_loop_output
        row.update(previous=encode(previous))
    elif name.startswith(("iteration_", "loop_")):
        row.update(_container(name, event))
    if name == "node_retry":
        row.update(retry=event.retry_index)
    return row


def _place(event: GraphNodeEventBase) -> dict[str, Any]:
    metadata = _metadata(event.node_run_result.metadata)
    place: dict[str, Any] = {}
    if event.in_iteration_id:
        place["iteration"] = [event.in_iteration_id, metadata.get("iteration_index")]
    if event.in_loop_id:
        place["loop"] = [event.in_loop_id, metadata.get("loop_index")]
    return place


def _node_result(event: GraphNodeEventBase) -> dict[str, Any]:
    result = event.node_run_result
    outputs = dict(result.outputs)
    if event.node_type == "start":
        # The copy of the whole pool that a start node carries is shown to nobody.
        outputs = {name: value for name, value in outputs.items() if "." not in name}
    metadata = {key: value for key, value in _metadata(result.metadata).items() if key not in DROPPED_METADATA | PLACE}
    inputs = dict(result.inputs)
    if event.node_type == "assigner" and "items" in inputs:
        # Its inputs are its whole data; the items are what tells something.
        inputs = {"items": inputs["items"]}
    process_data = dict(result.process_data)
    if "condition_results" in process_data:
        # Each with its whole case; what the case said is in the node's data.
        process_data["condition_results"] = [{key: item for key, item in each.items() if key != "group"} for each in process_data["condition_results"]]
    row = {
        "inputs": encode(inputs),
        "processData": encode(process_data),
        "outputs": encode(outputs),
        "metadata": encode(metadata),
        "handle": result.edge_source_handle if result.edge_source_handle != "source" else None,
        "error": result.error or None,
        "errorType": result.error_type or None,
    }
    return {key: value for key, value in row.items() if value not in (None, {})}


def _container(name: str, event: Any) -> dict[str, Any]:
    metadata = {key: value for key, value in _metadata(event.metadata).items() if key not in DROPPED_METADATA | PLACE}
    row: dict[str, Any] = {"inputs": encode(dict(event.inputs)), "metadata": encode(metadata)}
    if not name.endswith("_started"):
        row.update(outputs=encode(dict(event.outputs)), steps=event.steps)
    if name.endswith("_failed"):
        row.update(error=event.error)
    return {key: value for key, value in row.items() if value not in (None, {})}


def _metadata(metadata: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(getattr(key, "value", key)): value for key, value in metadata.items()}
