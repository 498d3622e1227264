"""Runs cases with graphon: a case as JSON on each line of standard input, its result as JSON on a line of standard output.

README.md tells the forms. The runs are deterministic: one worker, which takes a node only after every event of the one before has
been handled, and a response filter that works when an event is handled (as an event's reader it would race with the engine).
"""

import json
import logging
import queue
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

import yaml
from graphon.entities.graph_init_params import GraphInitParams
from graphon.graph.graph import Graph
from graphon.graph_engine import GraphEngine, GraphEngineConfig, GraphEventFilterContext, ResponseStreamFilter
from graphon.graph_engine.command_channels import InMemoryChannel
from graphon.graph_engine.layers.base import GraphEngineLayer
from graphon.graph_engine.layers.execution_limits import ExecutionLimitsLayer
from graphon.graph_engine.ready_queue import InMemoryReadyQueue
from graphon.graph_events import (
    GraphEngineEvent,
    GraphRunAbortedEvent,
    GraphRunFailedEvent,
    GraphRunPartialSucceededEvent,
    GraphRunPausedEvent,
    GraphRunSucceededEvent,
)
from graphon.runtime.graph_runtime_state import GraphRuntimeState
from graphon.runtime.variable_pool import VariablePool
from oracle_events import to_row
from oracle_fakes import Fakes
from oracle_host import CaseNodeFactory, ConversationWriteBack
from oracle_values import decode, encode, to_variable

CASE_TIMEOUT_SECONDS = 60
STATUSES: Mapping[type, str] = {
    GraphRunSucceededEvent: "succeeded",
    GraphRunPartialSucceededEvent: "partial-succeeded",
    GraphRunFailedEvent: "failed",
    GraphRunAbortedEvent: "aborted",
    GraphRunPausedEvent: "paused",
}
SYSTEM = {"user_id": "user", "app_id": "app", "workflow_id": "workflow", "workflow_run_id": "run", "files": []}


class OrderlyQueue:
    """A ready queue that gives out a task only when the dispatcher has handled all that happened before."""

    def __init__(self) -> None:
        self._queue = InMemoryReadyQueue()
        self.events: queue.Queue[Any] | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queue, name)

    def get(self, timeout: float | None = None) -> Any:
        # Longer than a dispatcher takes for an event; the worker itself would sleep a tenth of a second before it asks again.
        patience = time.monotonic() + 0.05
        while time.monotonic() < patience:
            if self.events is not None and self.events.unfinished_tasks == 0 and self._queue.qsize() > 0:
                return self._queue.get(timeout=0.01)
            time.sleep(0.0002)
        raise queue.Empty


class Watcher(GraphEngineLayer):
    """Sees each event when the engine handles it, and keeps what passes the response filter."""

    def __init__(self, context: GraphEventFilterContext) -> None:
        super().__init__()
        self._filter = ResponseStreamFilter()
        self._filter.initialize(context)
        self.rows: list[dict[str, Any]] = []
        self.fault: Exception | None = None

    def on_graph_start(self) -> None:
        """Nothing to prepare."""

    def on_graph_end(self, error: Exception | None) -> None:
        """Nothing to put away."""

    def on_event(self, event: GraphEngineEvent) -> None:
        try:
            for passed in self._filter.on_event(event):
                row = to_row(passed)
                if row is not None:
                    self.rows.append(row)
        except Exception as fault:
            self.fault = self.fault or fault


def graph_of(case: Mapping[str, Any]) -> Mapping[str, Any]:
    """The graph and declared variables: the case's own, or those of the app file that it names."""
    if "appFile" not in case:
        return decode({key: case.get(key, []) for key in ("environmentVariables", "conversationVariables")} | {"graph": case["graph"]})
    with open(case["appFile"], encoding="utf-8") as file:
        workflow = yaml.safe_load(file)["workflow"]
    return {
        "graph": workflow["graph"],
        "environmentVariables": workflow.get("environment_variables") or [],
        "conversationVariables": workflow.get("conversation_variables") or [],
    }


def pool_of(case: Mapping[str, Any], declared: Mapping[str, Any], root_id: str) -> VariablePool:
    pool = VariablePool()
    for name, value in (SYSTEM | decode(case.get("system", {}))).items():
        pool.add(("sys", name), value)
    for namespace, key in (("env", "environmentVariables"), ("conversation", "conversationVariables")):
        for variable in declared[key]:
            pool.add((namespace, variable["name"]), to_variable(namespace, variable))
    for name, value in decode(case.get("inputs", {})).items():
        pool.add((root_id, name), value)
    return pool


def build(case: Mapping[str, Any]) -> tuple[GraphEngine, CaseNodeFactory]:
    declared = graph_of(case)
    graph_config = declared["graph"]
    root_id = next(node["id"] for node in graph_config["nodes"] if node["data"].get("type") == "start")
    tasks = OrderlyQueue()
    state = GraphRuntimeState(variable_pool=pool_of(case, declared, root_id), start_at=time.time(), ready_queue=tasks)
    params = GraphInitParams(workflow_id="workflow", graph_config=graph_config, run_context={}, call_depth=0)
    factory = CaseNodeFactory(params=params, state=state, fakes=Fakes(decode(case.get("fakes", {}))))
    graph = Graph.init(graph_config=graph_config, node_factory=factory, root_node_id=root_id)
    engine = GraphEngine(
        workflow_id="workflow",
        graph=graph,
        graph_runtime_state=state,
        command_channel=InMemoryChannel(),
        config=GraphEngineConfig(min_workers=1, max_workers=1),
        container_handler_factories=(ConversationWriteBack,),
    )
    # graphon has no public way to learn that the dispatcher is idle.
    tasks.events = engine._dispatcher._event_queue  # noqa: SLF001
    return engine, factory


def run(case: Mapping[str, Any]) -> dict[str, Any]:
    try:
        engine, factory = build(case)
    except Exception as error:
        return {"id": case["id"], "status": "refused", "error": str(error), "errorType": type(error).__name__}
    watcher = Watcher(GraphEventFilterContext.from_engine(engine))
    engine.layer(watcher)
    engine.layer(ExecutionLimitsLayer(max_steps=500, max_time=1200))
    alarm = threading.Timer(CASE_TIMEOUT_SECONDS, lambda: engine.request_abort("the oracle waited too long"))
    alarm.start()
    last: GraphEngineEvent | None = None
    try:
        for event in engine.run():
            last = event
    except Exception as error:
        if not isinstance(last, GraphRunFailedEvent):
            raise RuntimeError(f"{case['id']} ended without a terminal event") from error
    finally:
        alarm.cancel()
    return result_of(case, engine, watcher, factory, last)


def result_of(case: Mapping[str, Any], engine: GraphEngine, watcher: Watcher, factory: CaseNodeFactory, last: Any) -> dict[str, Any]:
    state = engine.graph_runtime_state
    conversation = state.variable_pool.variable_dictionary.get("conversation", {})
    result = {
        "id": case["id"],
        "status": STATUSES[type(last)],
        "outputs": encode(dict(state.outputs)),
        "error": getattr(last, "error", None) or getattr(last, "reason", None),
        "exceptions": getattr(last, "exceptions_count", 0),
        "tokens": state.llm_usage.total_tokens,
        "steps": state.node_run_steps,
        "conversation": {name: {"type": str(item.value_type.value), "value": encode(item.value)} for name, item in conversation.items()},
        "requests": encode(factory.requests),
        "events": watcher.rows,
        "filterFault": str(watcher.fault) if watcher.fault else None,
    }
    return {key: value for key, value in result.items() if value not in (None, {}, [], 0) or key in ("events", "outputs")}


def main() -> None:
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(run(json.loads(line)), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
