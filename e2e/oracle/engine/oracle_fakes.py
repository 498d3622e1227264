"""What stands behind graphon's ports: model, HTTP, tool, code and template, each answering from the case's fakes.

A fake belongs to a node id. Its replies are given out one a call, in the order of the calls; the last one is repeated.
"""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import jinja2
from graphon.http import HttpResponse
from graphon.model_runtime.entities.common_entities import I18nObject
from graphon.model_runtime.entities.llm_entities import (
    LLMResult,
    LLMResultChunk,
    LLMResultChunkDelta,
    LLMResultChunkWithStructuredOutput,
    LLMResultWithStructuredOutput,
    LLMUsage,
)
from graphon.model_runtime.entities.message_entities import AssistantPromptMessage, PromptMessage
from graphon.model_runtime.entities.model_entities import AIModelEntity, FetchFrom, ModelFeature, ModelPropertyKey, ModelType
from graphon.model_runtime.errors import invoke as invoke_errors
from graphon.nodes.code.entities import CodeLanguage
from graphon.nodes.tool.exc import ToolRuntimeInvocationError
from graphon.nodes.tool_runtime_entities import ToolRuntimeHandle, ToolRuntimeMessage, ToolRuntimeParameter
from graphon.template_rendering import Jinja2TemplateRenderer, TemplateRenderError
from graphon.variables.utils import dumps_with_segments

CODE_TIMEOUT_SECONDS = 20
MARKER = "<<ORACLE-RESULT>>"


class Fakes:
    """All fakes of one run, with how often each has been asked."""

    def __init__(self, fakes: Mapping[str, Mapping[str, Any]]) -> None:
        self._fakes = fakes
        self._calls: dict[str, int] = {}

    def of(self, node_id: str) -> Mapping[str, Any]:
        return self._fakes.get(node_id, {})

    def next_reply(self, node_id: str) -> Mapping[str, Any]:
        replies = self.of(node_id).get("replies")
        if not replies:
            raise KeyError(f"the case has no fake for node {node_id}")
        call = self._calls.get(node_id, 0)
        self._calls[node_id] = call + 1
        return replies[min(call, len(replies) - 1)]


class FakeModel:
    stop: Sequence[str] | None = None

    def __init__(self, node_id: str, config: Mapping[str, Any], fakes: Fakes) -> None:
        self._node_id, self._config, self._fakes = node_id, config, fakes
        self.parameters: Mapping[str, Any] = config.get("completion_params") or {}

    @property
    def provider(self) -> str:
        return self._config["provider"]

    @property
    def model_name(self) -> str:
        return self._config["name"]

    def get_model_schema(self) -> AIModelEntity:
        return AIModelEntity(
            model=self.model_name,
            label=I18nObject(en_US=self.model_name),
            model_type=ModelType.LLM,
            features=[ModelFeature(feature) for feature in self._fakes.of(self._node_id).get("features", [])],
            fetch_from=FetchFrom.PREDEFINED_MODEL,
            model_properties={ModelPropertyKey.MODE: self._config.get("mode") or "chat", ModelPropertyKey.CONTEXT_SIZE: 8192},
        )

    def get_llm_num_tokens(self, prompt_messages: Sequence[PromptMessage]) -> int:
        return 0

    def is_structured_output_parse_error(self, error: Exception) -> bool:
        return False

    def invoke_llm(self, *, stream: bool, **_: Any) -> LLMResult | Iterator[LLMResultChunk]:
        reply = self._fakes.next_reply(self._node_id)
        return self._stream(reply, LLMResultChunk) if stream else self._whole(reply, LLMResult)

    def invoke_llm_with_structured_output(self, *, stream: bool, **_: Any) -> Any:
        reply = self._fakes.next_reply(self._node_id)
        if stream:
            return self._stream(reply, LLMResultChunkWithStructuredOutput)
        return self._whole(reply, LLMResultWithStructuredOutput)

    def _stream(self, reply: Mapping[str, Any], chunk_class: type[LLMResultChunk]) -> Iterator[LLMResultChunk]:
        for index, text in enumerate(reply.get("chunks", [])):
            delta = LLMResultChunkDelta(index=index, message=AssistantPromptMessage(content=text))
            yield chunk_class(model=self.model_name, delta=delta)
        raise_model_error(reply)
        last = LLMResultChunkDelta(
            index=len(reply.get("chunks", [])),
            message=AssistantPromptMessage(content="", tool_calls=_tool_calls(reply)),
            usage=_usage(reply),
            finish_reason=reply.get("finishReason", "stop"),
        )
        extra = {"structured_output": reply.get("structuredOutput")} if chunk_class is LLMResultChunkWithStructuredOutput else {}
        yield chunk_class(model=self.model_name, delta=last, **extra)

    def _whole(self, reply: Mapping[str, Any], result_class: type[LLMResult]) -> LLMResult:
        raise_model_error(reply)
        message = AssistantPromptMessage(content="".join(reply.get("chunks", [])), tool_calls=_tool_calls(reply))
        return result_class(model=self.model_name, message=message, usage=_usage(reply))


def raise_model_error(reply: Mapping[str, Any]) -> None:
    error = reply.get("error")
    if error:
        raise getattr(invoke_errors, error["type"])(error["message"])


def _tool_calls(reply: Mapping[str, Any]) -> list[AssistantPromptMessage.ToolCall]:
    return [
        AssistantPromptMessage.ToolCall(
            id=f"call_{index}",
            type="function",
            function=AssistantPromptMessage.ToolCall.ToolCallFunction(name=call["name"], arguments=call["arguments"]),
        )
        for index, call in enumerate(reply.get("toolCalls", []))
    ]


def _usage(reply: Mapping[str, Any]) -> LLMUsage:
    prompt, completion = reply.get("usage", [10, 5])
    return LLMUsage.from_metadata(
        {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
            "total_price": Decimal(0),
        }
    )


class PromptSerializer:
    """What Dify keeps of a prompt: a message is its role, its text and its files."""

    def serialize(self, *, model_mode: Any, prompt_messages: Sequence[PromptMessage]) -> Any:
        return [{"role": str(message.role.value), "text": message.get_text_content()} for message in prompt_messages]


class NoFiles:
    """Ports for files that no case uses."""

    def __getattr__(self, name: str) -> Any:
        raise NotImplementedError(f"the oracle has no files: {name}")


class FakeHttpClient:
    class MaxRetriesExceededError(Exception):
        pass

    class RequestError(Exception):
        pass

    max_retries_exceeded_error = MaxRetriesExceededError
    request_error = RequestError

    def __init__(self, node_id: str, fakes: Fakes, requests: list[dict[str, Any]]) -> None:
        self._node_id, self._fakes, self._requests = node_id, fakes, requests

    def __getattr__(self, method: str) -> Any:
        if method not in ("get", "head", "post", "put", "delete", "patch"):
            raise AttributeError(method)
        return lambda url, max_retries=0, **options: self._send(method, url, options)

    def _send(self, method: str, url: str, options: Mapping[str, Any]) -> HttpResponse:
        sent = {key: options.get(key) for key in ("headers", "params", "json", "data", "content") if options.get(key)}
        if isinstance(sent.get("content"), bytes):
            sent["content"] = sent["content"].decode()
        self._requests.append({"node": self._node_id, "method": method, "url": url, **sent})
        reply = self._fakes.next_reply(self._node_id)
        if "error" in reply:
            raise self.RequestError(reply["error"]["message"])
        return HttpResponse(
            status_code=reply["status"],
            headers=reply.get("headers", {}),
            content=reply.get("body", "").encode(),
            url=url,
        )


class FakeToolRuntime:
    def __init__(self, node_id: str, fakes: Fakes) -> None:
        self._node_id, self._fakes = node_id, fakes

    def get_runtime(self, **_: Any) -> ToolRuntimeHandle:
        return ToolRuntimeHandle(raw=self._node_id)

    def get_runtime_parameters(self, **_: Any) -> list[ToolRuntimeParameter]:
        declared = self._fakes.of(self._node_id).get("parameters", [])
        return [ToolRuntimeParameter(name=name, required=False) for name in declared]

    def invoke(self, **_: Any) -> Iterator[ToolRuntimeMessage]:
        reply = self._fakes.next_reply(self._node_id)
        if "error" in reply:
            raise ToolRuntimeInvocationError(reply["error"]["message"])
        return (_tool_message(message) for message in reply["messages"])

    def get_usage(self, **_: Any) -> LLMUsage:
        return LLMUsage.empty_usage()

    def build_file_reference(self, **_: Any) -> Any:
        raise NotImplementedError("the oracle has no files")


def _tool_message(message: Mapping[str, Any]) -> ToolRuntimeMessage:
    kinds, kind = ToolRuntimeMessage.MessageType, message["type"]
    if kind == "text":
        return ToolRuntimeMessage(type=kinds.TEXT, message=ToolRuntimeMessage.TextMessage(text=message["text"]))
    if kind == "link":
        return ToolRuntimeMessage(type=kinds.LINK, message=ToolRuntimeMessage.TextMessage(text=message["text"]))
    if kind == "json":
        return ToolRuntimeMessage(type=kinds.JSON, message=ToolRuntimeMessage.JsonMessage(json_object=message["json"]))
    variable = ToolRuntimeMessage.VariableMessage(
        variable_name=message["name"], variable_value=message["value"], stream=message.get("stream", False)
    )
    return ToolRuntimeMessage(type=kinds.VARIABLE, message=variable)


class CodeExecutionError(Exception):
    """Named as the class that Dify's own executor raises: its name is the node's error type."""


class SubprocessExecutor:
    """Runs a code node's program for real, as Dify's sandbox does: inputs in as JSON, the result out as JSON between two markers."""

    def is_execution_error(self, error: Exception) -> bool:
        return isinstance(error, CodeExecutionError)

    def execute(self, *, language: CodeLanguage, code: str, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        payload = base64.b64encode(dumps_with_segments(inputs).encode()).decode()
        command, program = _program(language, code, payload)
        done = subprocess.run(command, input=program, capture_output=True, text=True, timeout=CODE_TIMEOUT_SECONDS, check=False)
        if done.returncode != 0:
            # The lines before it tell where the wrapper stands, in words of the Python or Node at hand.
            raise CodeExecutionError(done.stderr.strip().splitlines()[-1])
        parts = done.stdout.split(MARKER)
        if len(parts) < 3:
            raise CodeExecutionError("the program printed no result")
        result = json.loads(MARKER.join(parts[1:-1]))
        if not isinstance(result, dict):
            raise CodeExecutionError("result must be a dict")
        return _exponents_to_floats(result)


def _program(language: CodeLanguage, code: str, payload: str) -> tuple[list[str], str]:
    if language == CodeLanguage.JAVASCRIPT:
        call = f"main(JSON.parse(Buffer.from('{payload}', 'base64').toString()))"
        node = os.environ.get("TRELLIS_ORACLE_NODE", "node")
        return [node, "-"], f"{code}\nconsole.log('{MARKER}' + JSON.stringify({call}) + '{MARKER}')\n"
    call = f"main(**json.loads(base64.b64decode('{payload}')))"
    return [sys.executable, "-I", "-S", "-"], f"{code}\nimport base64, json\nprint('{MARKER}' + json.dumps({call}) + '{MARKER}')\n"


def _exponents_to_floats(value: Any) -> Any:
    """The sandbox's clients read a text that looks like a number with an exponent as one."""
    if isinstance(value, dict):
        return {key: _exponents_to_floats(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_exponents_to_floats(item) for item in value]
    if isinstance(value, str) and re.match(r"-?\d+\.?\d*[eE][+-]\d+$", value):
        return float(value)
    return value


class TemplateRenderer(Jinja2TemplateRenderer):
    """Jinja with its default environment; the variables pass through JSON, as on their way into the sandbox."""

    def render_template(self, template: str, variables: Mapping[str, Any]) -> str:
        try:
            return jinja2.Template(template).render(**json.loads(dumps_with_segments(variables)))
        except Exception as error:
            raise TemplateRenderError(str(error)) from error
