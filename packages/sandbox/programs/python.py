# What a Python child runs: it says that it is ready, reads one request, runs it, answers on descriptor 3 and ends.
# A request is its length (4 bytes, little-endian) and JSON. An answer is `K` and the JSON text that main returned, or `E` and
# {"kind", "message"}; its length stands between. Nothing that is written here is trusted on the other side: the code that is run
# could write the same.
import errno
import json
import os
import signal
import sys

# Loaded while nobody waits: what nearly every code node imports, and no more, for each child pays for it.
import base64
import datetime
import math
import re

ANSWER = 3
SOURCE = "<code>"


def read_exactly(size):
    parts = []
    while size > 0:
        part = os.read(0, min(size, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def write_all(data):
    view = memoryview(data)
    while view:
        view = view[os.write(ANSWER, view) :]


def answer(status, payload):
    write_all(status + len(payload).to_bytes(4, "little") + payload)


def kind_of(error):
    if isinstance(error, MemoryError):
        return "memory"
    number = getattr(error, "errno", None) if isinstance(error, OSError) else None
    if number == errno.ENOMEM:
        return "memory"
    if number in (errno.EFBIG, errno.ENOSPC):
        return "file-limit"
    if number == errno.EAGAIN or (isinstance(error, RuntimeError) and "can't start new thread" in str(error)):
        return "process-limit"
    return "user-error"


def describe(error):
    import traceback

    text = "".join(traceback.format_exception_only(type(error), error)).strip()
    if isinstance(error, SyntaxError):
        return text.replace('File "%s", ' % SOURCE, "").strip()
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == SOURCE]
    where = "".join("\n  line %d, in %s" % (frame.lineno, frame.name) for frame in frames[-8:])
    return text + where


def fail(error):
    try:
        payload = json.dumps({"kind": kind_of(error), "message": describe(error)[:4000]})
    except BaseException:
        payload = json.dumps({"kind": "user-error", "message": type(error).__name__})
    finish(b"E", payload.encode())


def finish(status, payload):
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass
    answer(status, payload)
    os._exit(0)


def call(request):
    module = type(sys)("__main__")
    sys.modules["__main__"] = module
    scope = module.__dict__
    try:
        exec(compile(request["code"], SOURCE, "exec"), scope)
        main = scope.get("main")
        if not callable(main):
            raise NameError("the code defines no function `main`")
        result = main(**json.loads(request["inputs"]))
        if hasattr(result, "__await__"):
            import asyncio

            async def settle():
                return await result

            result = asyncio.run(settle())
        text = json.dumps(result, allow_nan=False)
    except SystemExit as error:
        return fail(RuntimeError("the code called exit(%s) before `main` returned" % ("" if error.code is None else error.code)))
    except BaseException as error:
        if isinstance(error, ValueError) and "Out of range float values" in str(error):
            error = ValueError("`main` returned NaN or an infinite number, which JSON cannot hold")
        return fail(error)
    finish(b"K", text.encode())


def run(request):
    module = type(sys)("__main__")
    sys.modules["__main__"] = module
    code = request["code"]
    if request.get("preload"):
        code = request["preload"] + "\n" + code
    os.close(ANSWER)
    try:
        exec(compile(code, SOURCE, "exec"), module.__dict__)
    except SystemExit:
        raise
    except BaseException as error:
        import traceback

        trace = error.__traceback__ and error.__traceback__.tb_next
        traceback.print_exception(type(error), error, trace)
        sys.exit(1)


def start():
    # The default for it is to be told by an error, which code can catch; a file that grows too large is such a case.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    egress = os.environ.get("SANDBOX_EGRESS")
    if egress:
        forward(egress)
    answer(b"R", b"")
    request = json.loads(read_exactly(int.from_bytes(read_exactly(4), "little")))
    empty = os.open("/dev/null", os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    sys.argv = [""]
    (call if request["mode"] == "call" else run)(request)


def forward(path):
    """The one way out: what comes to the port of the proxy here is handed to the socket at `path`, behind which the policy stands."""
    import socket
    import threading

    def pump(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass
        finally:
            try:
                target.shutdown(socket.SHUT_WR)
            except OSError:
                pass

    def serve(listener):
        while True:
            near, _ = listener.accept()
            far = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                far.connect(path)
            except OSError:
                near.close()
                far.close()
                continue
            threading.Thread(target=pump, args=(near, far), daemon=True).start()
            threading.Thread(target=pump, args=(far, near), daemon=True).start()

    listener = socket.create_server(("127.0.0.1", 3128))
    threading.Thread(target=serve, args=(listener,), daemon=True).start()


start()
