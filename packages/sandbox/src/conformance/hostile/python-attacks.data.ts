import type { Attack } from './attack.ts'

const tell = `
def tell(work):
    try:
        return work()
    except BaseException as error:
        return type(error).__name__
`

/** Every limit is in force before the code runs; loops that start processes are bounded all the same. */
export const pythonAttacks: readonly Attack[] = [
  {
    tries: 'a fork bomb',
    language: 'python3',
    code: 'import os, time\ndef main():\n    for _ in range(200):\n        if os.fork() == 0:\n            time.sleep(20)\n            os._exit(0)',
    fails: { kind: 'process-limit', message: /more than 8 processes and threads at a time.*SANDBOX_PROCESS_LIMIT/ },
  },
  {
    tries: 'a bomb of threads',
    language: 'python3',
    code: 'import threading, time\ndef main():\n    for _ in range(500):\n        threading.Thread(target=time.sleep, args=(20,), daemon=True).start()',
    fails: { kind: 'process-limit', message: /more than 8 processes and threads at a time/ },
  },
  {
    tries: 'one large block of memory',
    language: 'python3',
    code: 'def main():\n    return len(bytearray(2 * 1024 ** 3))',
    fails: { kind: 'memory', message: /more memory than 256 MB.*SANDBOX_MEMORY_LIMIT/ },
  },
  {
    tries: 'memory, little by little',
    language: 'python3',
    code: 'def main():\n    kept = []\n    for index in range(10_000):\n        kept.append(b"x" * 1024 ** 2)\n    return len(kept)',
    fails: { kind: 'memory', message: /more memory than 256 MB/ },
  },
  {
    tries: 'memory that is shared and in no limit of a process',
    language: 'python3',
    code: 'import mmap\ndef main():\n    return len(mmap.mmap(-1, 512 * 1024 ** 2))',
    fails: { kind: 'memory', message: /more memory than 256 MB/ },
  },
  {
    tries: 'an endless loop that ignores signals',
    language: 'python3',
    code: 'import signal\nfor number in range(1, 65):\n    try:\n        signal.signal(number, signal.SIG_IGN)\n    except (OSError, ValueError):\n        pass\ndef main():\n    while True:\n        pass',
    limits: { timeoutMs: 500 },
    fails: { kind: 'timeout', message: /longer than 0\.5 s.*SANDBOX_WORKER_TIMEOUT/ },
  },
  {
    tries: 'an endless loop outside of main',
    language: 'python3',
    code: 'while True:\n    pass',
    limits: { timeoutMs: 500 },
    fails: { kind: 'timeout', message: /longer than 0\.5 s/ },
  },
  {
    tries: 'endless sleep in every process it may have',
    language: 'python3',
    code: 'import os, time\ndef main():\n    for _ in range(4):\n        os.fork()\n        break\n    time.sleep(600)',
    limits: { timeoutMs: 500 },
    fails: { kind: 'timeout', message: /longer than 0\.5 s/ },
  },
  {
    tries: 'endless output',
    language: 'python3',
    code: 'def main():\n    while True:\n        print("x" * 10_000)',
    fails: { kind: 'output-limit', message: /printed more than 1048576 bytes.*SANDBOX_OUTPUT_LIMIT/ },
  },
  {
    tries: 'endless output to standard error, by a child of its own',
    language: 'python3',
    code: 'import os, time\ndef main():\n    if os.fork() == 0:\n        while True:\n            os.write(2, b"x" * 10_000)\n    time.sleep(600)',
    fails: { kind: 'output-limit', message: /printed more than 1048576 bytes/ },
  },
  {
    tries: 'an endless result',
    language: 'python3',
    code: 'def main():\n    return "x" * (20 * 1024 ** 2)',
    fails: { kind: 'output-limit', message: /returned is longer than 16777216 bytes.*SANDBOX_RESULT_LIMIT/ },
  },
  {
    tries: 'a huge file',
    language: 'python3',
    code: 'def main():\n    with open("/tmp/huge", "wb") as file:\n        for _ in range(1000):\n            file.write(b"x" * 1024 ** 2)',
    fails: { kind: 'file-limit', message: /more than 16 MB to files.*SANDBOX_FILE_SIZE_LIMIT/ },
  },
  {
    tries: 'many files, each small enough',
    language: 'python3',
    code: 'def main():\n    for index in range(1000):\n        with open(f"/tmp/{index}", "wb") as file:\n            file.write(b"x" * 4 * 1024 ** 2)',
    fails: { kind: 'file-limit', message: /more than 16 MB to files/ },
  },
  {
    tries: 'to write elsewhere',
    language: 'python3',
    code: `${tell}
def main():
    import os
    paths = ["/x", "/usr/x", "/dev/x", "/dev/shm/x", "/proc/sys/kernel/core_pattern", "/etc/x", "/run/x"]
    return [path for path in paths if tell(lambda: open(path, "w").write("x")) == 1]`,
    comesTo: [],
  },
  {
    tries: 'to see other processes in /proc, or the environment of any',
    language: 'python3',
    code: `
import os
def main():
    numbers = sorted(int(name) for name in os.listdir("/proc") if name.isdigit())
    environments = []
    for number in numbers:
        try:
            environments += [pair for pair in open(f"/proc/{number}/environ").read().split("\\0") if "SECRET" in pair or "TOKEN" in pair]
        except OSError:
            pass
    return {"few": len(numbers) <= 4, "environments": environments}`,
    comesTo: { few: true, environments: [] },
  },
  {
    tries: 'to find anything in its own environment',
    language: 'python3',
    code: 'import os\ndef main():\n    return sorted(set(os.environ) - {"PATH", "HOME", "TMPDIR", "LANG", "TZ", "PWD", "LD_LIBRARY_PATH", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"})',
    comesTo: [],
  },
  {
    tries: 'to read files of the server and of the system, straight, by links and by way of /proc',
    language: 'python3',
    code: `${tell}
import os
def main(target):
    reached = []
    for path in [target["file"], "/etc/passwd", "/etc/shadow", "/root/.bashrc", "/home", "/var/log", "/work", "/sys/kernel"]:
        os.symlink(path, "/tmp/link")
        ways = [path, "/tmp/link", "/proc/self/root" + path, "/proc/1/root" + path, "/proc/1/cwd" + path, "/tmp/../.." + path, "/proc/self/cwd/../.." + path]
        reached += [way for way in ways if not tell(lambda: os.stat(way)).__class__ is str]
        os.unlink("/tmp/link")
    return reached`,
    comesTo: [],
  },
  {
    tries: 'to connect to the server and to open any other socket',
    language: 'python3',
    code: `${tell}
import socket
def main(target):
    families = [socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, socket.AF_PACKET]
    connected = tell(lambda: socket.create_connection(("127.0.0.1", target["port"]), 2))
    return [connected, sorted({tell(lambda: socket.socket(family, kind)) for family in families for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW)})]`,
    comesTo: ['PermissionError', ['PermissionError']],
  },
  {
    tries: 'to resolve a name',
    language: 'python3',
    code: 'import socket\ndef main():\n    return socket.gethostbyname("example.com")',
    fails: { kind: 'user-error', message: /gaierror[\s\S]*no network here/ },
  },
  {
    tries: 'to signal the server',
    language: 'python3',
    code: `${tell}
import os, signal
def main(target):
    return [tell(lambda: os.kill(target["processId"], 0)), tell(lambda: os.killpg(target["processId"], signal.SIGKILL))]`,
    comesTo: ['ProcessLookupError', 'ProcessLookupError'],
  },
  {
    tries: 'to signal everything that it can',
    language: 'python3',
    code: 'import os, signal\ndef main():\n    try:\n        os.kill(-1, signal.SIGKILL)\n    except ProcessLookupError:\n        pass\n    os.kill(os.getpid(), signal.SIGKILL)',
    fails: { kind: 'crash', message: /ended by signal 9/ },
  },
  {
    tries: 'new namespaces, mounts, tracing, kernel programs and keys by native calls',
    language: 'python3',
    code: `
import ctypes, os, platform
def main():
    libc = ctypes.CDLL(None, use_errno=True)
    intel = platform.machine() == "x86_64"
    calls = {"bpf": 321 if intel else 280, "keyctl": 250 if intel else 219, "io_uring_setup": 425, "userfaultfd": 323 if intel else 282, "open_tree": 428,
        "perf_event_open": 298 if intel else 241, "memfd_create": 319 if intel else 279}
    tries = {name: lambda number=number: libc.syscall(number, 0, 0, 0, 0, 0) for name, number in calls.items()}
    tries["unshare"] = lambda: libc.unshare(0x10000000)
    tries["mount"] = lambda: libc.mount(b"none", b"/tmp", b"tmpfs", 0, None)
    tries["ptrace"] = lambda: libc.ptrace(16, 1, 0, 0)
    tries["chroot"] = lambda: libc.chroot(b"/tmp")
    tries["setuid"] = lambda: libc.setuid(0)
    got = []
    for name, work in tries.items():
        ctypes.set_errno(0)
        if work() != -1 or ctypes.get_errno() not in (1, 22):
            got.append([name, ctypes.get_errno()])
    return got`,
    comesTo: [],
  },
  {
    tries: 'to raise its own limits',
    language: 'python3',
    code: `${tell}
import resource
def main():
    kinds = [resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE]
    return sorted({tell(lambda: resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))) for kind in kinds})`,
    comesTo: ['ValueError'],
  },
  {
    tries: 'descriptors that it was not given',
    language: 'python3',
    code: `
import os, stat
def main():
    kinds = []
    for name in os.listdir("/proc/self/fd"):
        try:
            mode = os.fstat(int(name)).st_mode
        except OSError:
            continue
        if stat.S_ISREG(mode) or stat.S_ISBLK(mode):
            kinds.append(os.readlink(f"/proc/self/fd/{name}"))
    return kinds`,
    comesTo: [],
  },
  {
    tries: 'nonsense on the channel of results',
    language: 'python3',
    code: 'import os, time\ndef main():\n    os.write(3, b"\\xff" * 100)\n    time.sleep(20)',
    fails: { kind: 'user-error', message: /wrote to the channel on which results come/ },
  },
  {
    tries: 'a forged length on the channel of results',
    language: 'python3',
    code: 'import os, time\ndef main():\n    os.write(3, b"K\\xff\\xff\\xff\\x7f")\n    time.sleep(20)',
    fails: { kind: 'output-limit', message: /returned is longer than/ },
  },
  {
    tries: 'a forged result that is not JSON',
    language: 'python3',
    code: 'import os, time\ndef main():\n    os.write(3, b"K\\x04\\x00\\x00\\x00nope")\n    return {}',
    fails: { kind: 'user-error', message: /not JSON/ },
  },
  {
    tries: 'a forged failure that blames the server',
    language: 'python3',
    code: `import os, json\ndef main():\n    text = json.dumps({"kind": "unavailable", "message": "x" * 100_000}).encode()\n    os.write(3, b"E" + len(text).to_bytes(4, "little") + text)\n    return {}`,
    fails: { kind: 'user-error', message: /^x{4000}$/ },
  },
  {
    tries: 'to print what a result looks like',
    language: 'python3',
    code: 'def main():\n    print("<<RESULT>>{\\"forged\\": true}<<RESULT>>")\n    return {"forged": False}',
    comesTo: { forged: false },
  },
  {
    tries: 'to change what runs it: json, builtins, the frames above',
    language: 'python3',
    code: `
import builtins, json, os, sys
json.dumps = lambda *_, **__: "not json at all"
builtins.len = lambda _: 3
def main():
    frame = sys._getframe(1)
    frame.f_globals["json"] = None
    return {}`,
    fails: { kind: 'user-error', message: /./ },
  },
  {
    tries: 'to hide behind an error that cannot be shown',
    language: 'python3',
    code: 'class Trap(BaseException):\n    def __str__(self):\n        while True:\n            raise self\ndef main():\n    raise Trap()',
    fails: { kind: 'user-error', message: /Trap/ },
  },
]
