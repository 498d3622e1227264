"""Every call of PyPI's dify-client against a running server: one line a call, `ok <name>` or `FAIL <name>: <why>`.

The server and its apps come in as JSON in SERVED_APPS: {"baseUrl", "answer", "picture", "keys": {...}}. Needs no test framework.
"""

import io
import json
import os
import re
import time
import traceback

import requests
from dify_client import ChatClient, CompletionClient, DifyClient

SERVED = json.loads(os.environ["SERVED_APPS"])
ANSWER = SERVED["answer"]
ABSENT = "00000000-0000-4000-8000-000000000000"
USER = "paula"

called = set()
checks = []


def check(name):
    """Registers a check under the name that its line will bear."""

    def register(function):
        checks.append((name, function))
        return function

    return register


class Watched:
    """The client itself; which of its methods are called is noted."""

    def __init__(self, client):
        self._client = client

    def __getattr__(self, name):
        called.add(name)
        return getattr(self._client, name)


def client_of(kind, app):
    client = kind(SERVED["keys"].get(app, app))
    # The constructor takes no address.
    client.base_url = SERVED["baseUrl"]
    return Watched(client)


class WorkflowClient(DifyClient):
    """Version 0.1.10 has no client for workflows: one as its users write it, on the request that its own clients send."""

    def run(self, inputs, response_mode, user, files=None):
        data = {"inputs": inputs, "response_mode": response_mode, "user": user, "files": files}
        return self._send_request("POST", "/workflows/run", data, stream=response_mode == "streaming")

    def run_version(self, workflow_id, inputs, user):
        return self._send_request("POST", f"/workflows/{workflow_id}/run", {"inputs": inputs, "user": user})

    def stop(self, task_id, user):
        return self._send_request("POST", f"/workflows/tasks/{task_id}/stop", {"user": user})

    def get_result(self, workflow_run_id):
        return self._send_request("GET", f"/workflows/run/{workflow_run_id}")

    def get_logs(self, **params):
        return self._send_request("GET", "/workflows/logs", params=params)

    def follow(self, workflow_run_id, user):
        return self._send_request("GET", f"/workflow/{workflow_run_id}/events", params={"user": user}, stream=True)


chat = client_of(ChatClient, "chat")
completion = client_of(CompletionClient, "completion")
workflow = client_of(WorkflowClient, "greeting")


def body_of(response, status=200):
    assert response.status_code == status, f"{response.status_code}: {response.text[:300]}"
    return response.json()


def refused(response, status, code):
    """An error as this client tells it: requests' HTTPError, its body as it came."""
    try:
        response.raise_for_status()
    except requests.exceptions.HTTPError as error:
        assert error.response.status_code == status, f"{response.status_code}: {response.text[:300]}"
        body = error.response.json()
        assert body["code"] == code and body["status"] == status and body["message"], body
    else:
        raise AssertionError(f"answered {response.status_code} in place of {status} {code}")


def frames_of(response):
    """Read as the client's own documentation does."""
    response.raise_for_status()
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    lines = (line for line in response.iter_lines(decode_unicode=True) if line.startswith("data:"))
    return [json.loads(line.split("data:", 1)[-1].strip()) for line in lines]


def text_of(frames):
    return "".join(frame["answer"] for frame in frames if frame["event"] == "message")


def ask(query, conversation_id=None, user=USER):
    return body_of(chat.create_chat_message({}, query, user, conversation_id=conversation_id))


def upload(client, user=USER):
    picture = ("pixel.png", io.BytesIO(bytes.fromhex(SERVED["picture"])), "image/png")
    return body_of(client.file_upload(user, {"file": picture}), 201)


def picture_of(uploaded):
    return [{"type": "image", "transfer_method": "local_file", "upload_file_id": uploaded["id"]}]


@check("create_chat_message, blocking")
def _():
    body = body_of(chat.create_chat_message({"name": "Ann"}, "Hello", USER))
    assert body["answer"] == ANSWER and body["event"] == "message" and body["mode"] == "chat", body
    assert body["metadata"]["usage"]["total_tokens"] > 0, body


@check("create_chat_message, streaming")
def _():
    frames = frames_of(chat.create_chat_message({}, "Hello", USER, response_mode="streaming"))
    assert text_of(frames) == ANSWER
    assert frames[-1]["event"] == "message_end" and frames[-1]["metadata"]["usage"]["total_tokens"] > 0, frames[-1]


@check("create_chat_message goes on in its conversation")
def _():
    first = ask("one")
    assert ask("two", first["conversation_id"])["conversation_id"] == first["conversation_id"]


@check("create_chat_message with an uploaded file")
def _():
    body = body_of(chat.create_chat_message({}, "What is this?", USER, files=picture_of(upload(chat))))
    history = body_of(chat.get_conversation_messages(USER, body["conversation_id"]))
    assert history["data"][0]["message_files"][0]["filename"] == "pixel.png", history


@check("get_conversation_messages, page by page")
def _():
    conversation_id = ask("one")["conversation_id"]
    for query in ["two", "three"]:
        ask(query, conversation_id)
    newest = body_of(chat.get_conversation_messages(USER, conversation_id, limit=2))
    assert [item["query"] for item in newest["data"]] == ["two", "three"] and newest["has_more"], newest
    older = body_of(chat.get_conversation_messages(USER, conversation_id, newest["data"][0]["id"], 2))
    assert [item["query"] for item in older["data"]] == ["one"] and not older["has_more"], older


@check("get_conversations, page by page; `pinned` is passed over")
def _():
    first, second = ask("one", user="rita"), ask("two", user="rita")
    newest = body_of(chat.get_conversations("rita", limit=1, pinned=True))
    assert [item["id"] for item in newest["data"]] == [second["conversation_id"]] and newest["has_more"], newest
    older = body_of(chat.get_conversations("rita", last_id=newest["data"][-1]["id"]))
    assert [item["id"] for item in older["data"]] == [first["conversation_id"]] and not older["has_more"], older


@check("rename_conversation")
def _():
    assert body_of(chat.rename_conversation(ask("Hello")["conversation_id"], "Pigeons", USER))["name"] == "Pigeons"


@check("get_application_parameters")
def _():
    body = body_of(chat.get_application_parameters(USER))
    assert body["opening_statement"] == "Welcome, {{name}}.", body
    assert body["user_input_form"][0]["text-input"]["variable"] == "name", body


@check("message_feedback: like, dislike, and taken back")
def _():
    message = ask("Rate me")
    for rating in ["like", "dislike", None]:
        assert body_of(chat.message_feedback(message["message_id"], rating, USER)) == {"result": "success"}
        history = body_of(chat.get_conversation_messages(USER, message["conversation_id"]))
        assert history["data"][0]["feedback"] == (rating and {"rating": rating}), history


@check("_send_request and _send_request_with_files, for speech in both directions")
def _():
    recording = {"file": ("speech.mp3", io.BytesIO(bytes(100)), "audio/mp3")}
    heard = chat._send_request_with_files("POST", "/audio-to-text", {"user": USER}, recording)
    assert body_of(heard) == {"text": "What was said"}, heard.text
    spoken = chat._send_request("POST", "/text-to-audio", {"text": "Hello", "user": USER})
    assert spoken.status_code == 200 and spoken.headers["content-type"] == "audio/mpeg", spoken.text[:300]
    assert spoken.content[:2] == bytes([0xFF, 0xFB])


@check("_send_request, for annotations and the reply by them")
def _():
    entry = {"question": "When are you open?", "answer": "From nine."}
    written = chat._send_request("POST", "/apps/annotations", entry)
    assert written.status_code == 201, written.text
    path = f"/apps/annotations/{written.json()['id']}"
    changed = body_of(chat._send_request("PUT", path, {**entry, "answer": "From ten."}))
    assert changed["answer"] == "From ten.", changed
    turn_annotations("enable")
    answered = body_of(chat.create_chat_message({}, entry["question"], USER))
    assert answered["answer"] == "From ten.", answered
    assert answered["metadata"]["annotation_reply"]["id"] == changed["id"], answered
    turn_annotations("disable")
    assert body_of(chat._send_request("GET", "/apps/annotations"))["data"][0]["hit_count"] == 1
    assert chat._send_request("DELETE", path).status_code == 204


def turn_annotations(action):
    wish = {"score_threshold": 0.9, "embedding_provider_name": "", "embedding_model_name": ""}
    job = body_of(chat._send_request("POST", f"/apps/annotation-reply/{action}", wish))
    for _ in range(200):
        state = body_of(chat._send_request("GET", f"/apps/annotation-reply/{action}/status/{job['job_id']}"))
        assert state["job_status"] != "error", state
        if state["job_status"] == "completed":
            return
        time.sleep(0.05)
    raise AssertionError(f"not {action}d: {state}")


@check("file_upload")
def _():
    file = upload(chat)
    assert file["name"] == "pixel.png" and file["mime_type"] == "image/png", file


@check("create_completion_message, blocking")
def _():
    body = body_of(completion.create_completion_message({"query": "moon"}, "blocking", USER))
    assert body["answer"] == ANSWER and body["mode"] == "completion", body


@check("create_completion_message, streaming")
def _():
    frames = frames_of(completion.create_completion_message({"query": "moon"}, "streaming", USER))
    assert text_of(frames) == ANSWER and frames[-1]["event"] == "message_end", frames


@check("create_completion_message with an uploaded file")
def _():
    files = picture_of(upload(completion))
    assert body_of(completion.create_completion_message({"query": "this"}, "blocking", USER, files))["answer"] == ANSWER


@check("workflow run, blocking, and its result afterwards")
def _():
    body = body_of(workflow.run({"name": "Ann"}, "blocking", USER))
    assert body["data"]["status"] == "succeeded" and body["data"]["outputs"] == {"greeting": "Hello Ann"}, body
    found = body_of(workflow.get_result(body["workflow_run_id"]))
    assert found["status"] == "succeeded" and found["outputs"] == body["data"]["outputs"], found
    assert json.loads(found["inputs"])["name"] == "Ann", found


@check("workflow run, streaming, and followed afterwards")
def _():
    frames = frames_of(workflow.run({"name": "Ann"}, "streaming", USER))
    assert frames[0]["event"] == "workflow_started", frames[0]
    assert "".join(frame["data"]["text"] for frame in frames if frame["event"] == "text_chunk").strip() == "Hello Ann", frames
    assert frames[-1]["event"] == "workflow_finished" and frames[-1]["data"]["outputs"] == {"greeting": "Hello Ann"}, frames[-1]
    again = frames_of(workflow.follow(frames[0]["workflow_run_id"], USER))
    assert again[-1]["event"] == "workflow_finished" and again[-1]["data"] == frames[-1]["data"], again


@check("workflow run, by version, and its logs")
def _():
    version = body_of(workflow.run({"name": "Ann"}, "blocking", USER))["data"]["workflow_id"]
    body = body_of(workflow.run_version(version, {"name": "Bob"}, "ralf"))
    assert body["data"]["workflow_id"] == version and body["data"]["outputs"] == {"greeting": "Hello Bob"}, body
    logs = body_of(workflow.get_logs(created_by_end_user_session_id="ralf"))
    assert [item["workflow_run"]["id"] for item in logs["data"]] == [body["workflow_run_id"]] and logs["total"] == 1, logs


@check("workflow run that fails")
def _():
    failing = client_of(WorkflowClient, "failing")
    body = body_of(failing.run({}, "blocking", USER))
    assert body["data"]["status"] == "failed" and "division by zero" in body["data"]["error"], body
    frames = frames_of(failing.run({}, "streaming", USER))
    assert frames[-1]["event"] == "workflow_finished" and frames[-1]["data"]["status"] == "failed", frames[-1]


@check("workflow stop")
def _():
    slow = client_of(WorkflowClient, "slow")
    response, frames = slow.run({}, "streaming", USER), []
    for line in response.iter_lines(decode_unicode=True):
        if not line.startswith("data:"):
            continue
        frames.append(json.loads(line[len("data:") :]))
        if len(frames) == 1:
            assert body_of(slow.stop(frames[0]["task_id"], USER)) == {"result": "success"}
    assert frames[-1]["event"] == "workflow_finished" and frames[-1]["data"]["status"] == "stopped", frames[-1]
    assert body_of(slow.get_result(frames[0]["workflow_run_id"]))["status"] == "stopped"


@check("HTTPError of workflows")
def _():
    refused(workflow.run({}, "blocking", USER), 400, "invalid_param")
    refused(workflow.run({"name": "Ann"}, "blocking", ""), 400, "invalid_param")
    refused(workflow.run_version(ABSENT, {"name": "Ann"}, USER), 404, "not_found")
    refused(workflow.run_version("latest", {"name": "Ann"}, USER), 400, "bad_request")
    refused(workflow.get_result(ABSENT), 404, "not_found")
    refused(workflow.follow(ABSENT, USER), 404, "not_found")
    refused(client_of(WorkflowClient, "chat").run({}, "blocking", USER), 400, "not_workflow_app")
    refused(client_of(WorkflowClient, "app-unknown").run({}, "streaming", USER), 401, "unauthorized")


@check("HTTPError 400 invalid_param")
def _():
    refused(chat.create_chat_message({}, "", USER), 400, "invalid_param")
    refused(chat.create_chat_message({}, "Hello", ""), 400, "invalid_param")
    refused(chat.get_conversation_messages(USER), 400, "invalid_param")
    refused(completion.create_completion_message({}, "blocking", USER), 400, "invalid_param")


@check("HTTPError 400 not_chat_app, app_unavailable")
def _():
    refused(client_of(ChatClient, "completion").create_chat_message({}, "Hello", USER), 400, "not_chat_app")
    mistaken = client_of(CompletionClient, "chat")
    refused(mistaken.create_completion_message({"query": "x"}, "blocking", USER), 400, "app_unavailable")


@check("HTTPError 400 completion_request_error")
def _():
    refused(client_of(ChatClient, "refused").create_chat_message({}, "Hello", USER), 400, "completion_request_error")


@check("HTTPError 401 unauthorized, asked whole or streamed")
def _():
    stranger = client_of(ChatClient, "app-unknown")
    refused(stranger.get_conversations(USER), 401, "unauthorized")
    refused(stranger.create_chat_message({}, "Hello", USER, response_mode="streaming"), 401, "unauthorized")


@check("HTTPError 404 not_found")
def _():
    refused(chat.get_conversation_messages(USER, ABSENT), 404, "not_found")
    refused(chat.get_conversations(USER, last_id=ABSENT), 404, "not_found")
    refused(chat.rename_conversation(ABSENT, "Mine", USER), 404, "not_found")
    refused(chat.message_feedback(ABSENT, "like", USER), 404, "not_found")
    refused(chat.create_chat_message({}, "Hello", "eve", conversation_id=ask("Mine")["conversation_id"]), 404, "not_found")


@check("an error frame where the provider dies in mid-stream")
def _():
    broken = client_of(ChatClient, "broken")
    frames = frames_of(broken.create_chat_message({}, "Hello", USER, response_mode="streaming"))
    assert frames[0]["event"] == "message" and frames[-1]["event"] == "error", frames
    assert frames[-1]["code"] == "completion_request_error", frames[-1]


@check("no public method of the client is left untried")
def _():
    methods = {name for kind in [DifyClient, ChatClient, CompletionClient] for name in vars(kind) if re.match("[a-z]", name)}
    assert methods <= called, sorted(methods - called)


for title, function in checks:
    try:
        function()
        print(f"ok {title}", flush=True)
    except Exception as error:  # one failed call must not hide what the others do
        where = traceback.extract_tb(error.__traceback__)[1:2]
        print(f"FAIL {title}: {type(error).__name__} {error} {[frame.line for frame in where]}".replace("\n", " "), flush=True)
