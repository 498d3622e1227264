import { StartupError } from '../data-folder.ts'

export interface ListenTarget {
  readonly host: string
  readonly port: number
  /** The setting that gives the port. */
  readonly variable: string
}

/** What whoever started the process can do about a port that cannot be had; other failures are passed on as they are. */
export function toListenFailure(cause: unknown, { host, port, variable }: ListenTarget): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'EADDRINUSE')
    return new StartupError(`Port ${port} on ${host} is taken. Stop what uses it, or choose another with ${variable}.`, { cause })
  if (code === 'EACCES')
    return new StartupError(`Port ${port} may not be used by this user. Choose one above 1023 with ${variable}.`, { cause })
  if (code === 'EADDRNOTAVAIL') return new StartupError(`This machine has no address ${host}. Correct DIFY_BIND_ADDRESS.`, { cause })
  return cause
}
