"""Builds graphon's nodes for a case, and adds what graphon leaves to its host."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import graphon.nodes.llm  # noqa: F401  registers
from graphon.entities.graph_init_params import GraphInitParams
from graphon.enums import BuiltinNodeTypes
from graphon.graph_engine.frames import ExecutionFrame, FrameRegistry
from graphon.graph_engine.iteration_container_handler import IterationContainerHandler
from graphon.graph_engine.ready_queue import ROOT_FRAME_ID
from graphon.nodes.answer.answer_node import AnswerNode
from graphon.nodes.base.node import Node
from graphon.nodes.code.code_node import CodeNode
from graphon.nodes.code.limits import CodeNodeLimits
from graphon.nodes.end.end_node import EndNode
from graphon.nodes.http_request.config import build_http_request_config
from graphon.nodes.http_request.node import HttpRequestNode, HttpRequestNodeDependencies
from graphon.nodes.if_else.if_else_node import IfElseNode
from graphon.nodes.iteration.iteration_node import IterationNode
from graphon.nodes.iteration.iteration_start_node import IterationStartNode
from graphon.nodes.list_operator.node import ListOperatorNode
from graphon.nodes.llm import LLMNode
from graphon.nodes.loop.loop_end_node import LoopEndNode
from graphon.nodes.loop.loop_node import LoopNode
from graphon.nodes.loop.loop_start_node import LoopStartNode
from graphon.nodes.parameter_extractor.parameter_extractor_node import ParameterExtractorNode
from graphon.nodes.question_classifier import QuestionClassifierNode, QuestionClassifierNodeDependencies
from graphon.nodes.start import StartNode
from graphon.nodes.template_transform.template_transform_node import TemplateTransformNode
from graphon.nodes.tool.tool_node import ToolNode
from graphon.nodes.variable_aggregator.variable_aggregator_node import VariableAggregatorNode
from graphon.nodes.variable_assigner.v1.node import VariableAssignerNode as AssignerV1
from graphon.nodes.variable_assigner.v2.node import VariableAssignerNode as AssignerV2
from graphon.runtime.graph_runtime_state import GraphRuntimeState
from oracle_fakes import FakeHttpClient, FakeModel, Fakes, FakeToolRuntime, NoFiles, PromptSerializer, SubprocessExecutor, TemplateRenderer

PLAIN: Mapping[str, type[Node]] = {
    "start": StartNode,
    "end": EndNode,
    "answer": AnswerNode,
    "if-else": IfElseNode,
    "iteration": IterationNode,
    "iteration-start": IterationStartNode,
    "loop": LoopNode,
    "loop-start": LoopStartNode,
    "loop-end": LoopEndNode,
    "list-operator": ListOperatorNode,
    "variable-aggregator": VariableAggregatorNode,
    "variable-assigner": VariableAggregatorNode,
}

# Dify's defaults.
CODE_LIMITS = CodeNodeLimits(
    max_string_length=400_000,
    max_number=9223372036854775807,
    min_number=-9223372036854775807,
    max_precision=20,
    max_depth=5,
    max_number_array_length=1000,
    max_string_array_length=30,
    max_object_array_length=30,
)


@dataclass
class CaseNodeFactory:
    params: GraphInitParams
    state: GraphRuntimeState
    fakes: Fakes
    requests: list[dict[str, Any]] = field(default_factory=list)

    def with_runtime_state(self, graph_runtime_state: GraphRuntimeState) -> "CaseNodeFactory":
        return replace(self, state=graph_runtime_state)

    def create_node(self, node_config: Mapping[str, Any]) -> Node:
        node_id, data = str(node_config["id"]), node_config["data"]
        payload = data if isinstance(data, dict) else data.model_dump(mode="python")
        kind = str(payload["type"])
        node_class, ports = self._class_and_ports(node_id, kind, payload)
        return node_class(
            node_id=node_id,
            data=node_class.validate_node_data(data),
            graph_init_params=self.params,
            graph_runtime_state=self.state,
            **ports,
        )

    def _class_and_ports(self, node_id: str, kind: str, data: Mapping[str, Any]) -> tuple[type[Node], dict[str, Any]]:
        if kind in PLAIN:
            return PLAIN[kind], {}
        if kind == "assigner":
            return (AssignerV2 if str(data.get("version") or "1") == "2" else AssignerV1), {}
        if kind == "code":
            return CodeNode, {"code_executor": SubprocessExecutor(), "code_limits": CODE_LIMITS}
        if kind == "template-transform":
            return TemplateTransformNode, {"jinja2_template_renderer": TemplateRenderer(), "max_output_length": 400_000}
        if kind == "tool":
            return ToolNode, {"tool_file_manager": NoFiles(), "runtime": FakeToolRuntime(node_id, self.fakes)}
        if kind == "http-request":
            client = FakeHttpClient(node_id, self.fakes, self.requests)
            dependencies = HttpRequestNodeDependencies(
                tool_file_manager_factory=NoFiles,
                file_manager=NoFiles(),
                file_reference_factory=NoFiles(),
                http_client=client,
            )
            return HttpRequestNode, {"http_request_config": build_http_request_config(), "dependencies": dependencies}
        return self._model_node(node_id, kind, data)

    def _model_node(self, node_id: str, kind: str, data: Mapping[str, Any]) -> tuple[type[Node], dict[str, Any]]:
        model = FakeModel(node_id, data.get("model") or {}, self.fakes)
        if kind == "llm":
            ports = {
                "model_instance": model,
                "llm_file_saver": NoFiles(),
                "prompt_message_serializer": PromptSerializer(),
                "jinja2_template_renderer": TemplateRenderer(),
                "default_query_selector": ("sys", "query"),
            }
            return LLMNode, ports
        if kind == "question-classifier":
            dependencies = QuestionClassifierNodeDependencies(
                model_instance=model,
                template_renderer=TemplateRenderer(),
                llm_file_saver=NoFiles(),
                prompt_message_serializer=PromptSerializer(),
            )
            return QuestionClassifierNode, {"dependencies": dependencies}
        if kind == "parameter-extractor":
            return ParameterExtractorNode, {"model_instance": model, "prompt_message_serializer": PromptSerializer()}
        raise ValueError(f"no node class for {kind}")


class ConversationWriteBack:
    """Dify's addition to iteration: after each round the run has the round's conversation variables, whether the round failed or not."""

    node_type = BuiltinNodeTypes.ITERATION

    def __init__(self, registry: FrameRegistry) -> None:
        self._registry = registry
        self._handler = IterationContainerHandler(registry)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._handler, name)

    def complete_frame(self, frame: ExecutionFrame) -> None:
        if frame.state_manager.is_execution_complete():
            root = self._registry.get(ROOT_FRAME_ID).graph_runtime_state
            run = root.get_container_run(root.get_container_frame(frame.frame_id).parent_invocation_id)
            parent = self._registry.get(run.frame_id).graph_runtime_state.variable_pool
            parent.variable_dictionary["conversation"] = dict(frame.graph_runtime_state.variable_pool.variable_dictionary["conversation"])
        self._handler.complete_frame(frame)
