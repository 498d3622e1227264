import type { CodeLimits } from '@trellis/spec'
import { libraryArguments } from './host.ts'
import type { Interpreter } from './interpreter.ts'

export interface WallsOptions {
  readonly bubblewrap: string
  readonly prlimit: string
  readonly interpreter: Interpreter
  readonly limits: CodeLimits
  /** A socket of ours that leads to the egress proxy; undefined: no network at all. */
  readonly egressSocket: string | undefined
  /** It serves many requests, so its time is not that of one. */
  readonly isLasting: boolean
}

const FILTER_DESCRIPTOR = '4'
const megabyte = 1024 * 1024

/**
 * The command that starts an interpreter inside: its own namespaces (files, processes, network, host name, messages), a root that holds
 * libraries and the interpreter read-only and one private folder, no environment, no privilege, the filter of system calls, and then the
 * limits, which `prlimit` puts on before it becomes the interpreter.
 */
export function wallsCommand(options: WallsOptions): readonly string[] {
  const { bubblewrap, prlimit, interpreter, limits, egressSocket } = options
  const environment = {
    PATH: '/usr/bin',
    HOME: '/tmp',
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    ...interpreter.environment,
    ...(egressSocket === undefined ? {} : proxyEnvironment),
  }
  return [
    bubblewrap,
    ...['--unshare-all', '--die-with-parent', '--new-session', '--clearenv', '--hostname', 'sandbox', '--cap-drop', 'ALL'],
    ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...libraryArguments(process.arch),
    ...['--ro-bind', prlimit, prlimit],
    ...interpreter.binds.flatMap(({ from, at }) => ['--ro-bind', from, at ?? from]),
    ...interpreter.hidden.flatMap((folder) => ['--tmpfs', folder, '--remount-ro', folder]),
    ...(egressSocket === undefined ? [] : networkArguments(egressSocket)),
    ...['--proc', '/proc', '--dev', '/dev', '--remount-ro', '/dev'],
    ...['--size', String(limits.fileMegabytes * megabyte), '--tmpfs', '/tmp', '--remount-ro', '/', '--chdir', '/tmp'],
    ...['--seccomp', FILTER_DESCRIPTOR, '--', prlimit],
    ...limitArguments(options),
    '--',
    ...interpreter.command(limits),
  ]
}

const SOCKET_INSIDE = '/run/egress.sock'
const PROXY_INSIDE = 'http://127.0.0.1:3128'

const proxyEnvironment = {
  SANDBOX_EGRESS: SOCKET_INSIDE,
  HTTP_PROXY: PROXY_INSIDE,
  HTTPS_PROXY: PROXY_INSIDE,
  http_proxy: PROXY_INSIDE,
  https_proxy: PROXY_INSIDE,
  NODE_USE_ENV_PROXY: '1',
}

const networkArguments = (socket: string): readonly string[] => [
  ...['--bind', socket, SOCKET_INSIDE],
  ...['/etc/ssl', '/usr/share/ca-certificates', '/etc/pki', '/etc/ca-certificates'].flatMap((path) => ['--ro-bind-try', path, path]),
]

function limitArguments({ interpreter, limits, isLasting }: WallsOptions): readonly string[] {
  const memoryBytes = limits.memoryMegabytes * megabyte + interpreter.ownKilobytes * 1024
  // A second more than the wall clock, which is what usually ends it.
  const cpuSeconds = Math.ceil(limits.timeoutMs / 1000) + 1
  return [
    `--${interpreter.memoryLimit}=${memoryBytes}`,
    ...(isLasting ? [] : [`--cpu=${cpuSeconds}:${cpuSeconds + 1}`]),
    `--nproc=${limits.processes + interpreter.ownProcesses}`,
    `--fsize=${limits.fileMegabytes * megabyte}`,
    '--nofile=256',
    '--core=0',
    '--memlock=65536',
    '--msgqueue=0',
  ]
}
