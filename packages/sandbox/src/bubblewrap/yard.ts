import type { CodeLimits } from '@trellis/spec'
import { type Child, type ChildCommand, startChild } from './child.ts'
import type { Interpreter } from './interpreter.ts'
import type { SandboxEgress } from './sandbox-egress.ts'
import { buildSystemCallFilter } from './system-call-filter.ts'
import { findTools } from './tools.ts'
import { createUsers } from './users.ts'
import { wallsCommand } from './walls.ts'
import { createWarmPool, type WarmPool } from './warm-pool.ts'

export type Language = 'python3' | 'nodejs'

/** Children of one kind are alike and may wait in one pool. */
export interface Kind {
  readonly language: Language
  readonly hasNetwork: boolean
}

export interface YardOptions {
  readonly limits: CodeLimits
  /** Tells about the interpreter of a language, or throws why there is none. Asked again after it failed. */
  readonly interpreters: Readonly<Record<Language, (options: { readonly switchesUser: boolean }) => Promise<Interpreter>>>
  /** Undefined: nothing has a network. */
  readonly egress: SandboxEgress | undefined
  /** Interpreters of each kind that wait ready. */
  readonly warm: number
  readonly idleMs: number
}

/** A command whose user is taken until it is released. */
export interface HeldCommand extends ChildCommand {
  release(): void
}

/** Where children are made: finds what is needed once, keeps those that wait, and knows all that live. */
export interface Yard {
  start(kind: Kind, limits: CodeLimits): Promise<Child>
  pool(kind: Kind): Promise<WarmPool>
  /** How to start an interpreter that is not one of ours, behind the same walls. */
  command(interpreter: Interpreter, options: { readonly isLasting: boolean }): HeldCommand
  close(): Promise<void>
}

export function createYard(options: YardOptions): Yard {
  const users = isRoot() ? createUsers() : undefined
  const alive = new Set<Child>()
  const interpreters: Partial<Record<Language, Promise<Interpreter>>> = {}
  const pools = new Map<string, Promise<WarmPool>>()
  let isClosed = false

  function build(
    interpreter: Interpreter,
    walls: { readonly limits: CodeLimits; readonly egressSocket?: string; readonly isLasting: boolean },
  ) {
    const tools = findTools()
    const [program = '', ...parameters] = wallsCommand({ ...tools, interpreter, egressSocket: undefined, ...walls })
    const systemCallFilter = buildSystemCallFilter(tools.calls, { allowsSockets: walls.egressSocket !== undefined })
    const user = users?.take()
    return { program, parameters, user, systemCallFilter, release: () => (user === undefined ? undefined : users?.giveBack(user)) }
  }

  function startWith(interpreter: Interpreter, limits: CodeLimits, egressSocket: string | undefined): Child {
    const { release, ...command } = build(interpreter, {
      limits,
      isLasting: false,
      ...(egressSocket === undefined ? {} : { egressSocket }),
    })
    const child = startChild(command)
    alive.add(child)
    child.ended.then(() => {
      alive.delete(child)
      release()
    })
    return child
  }

  async function prepare({ language, hasNetwork }: Kind): Promise<(limits: CodeLimits) => Child> {
    if (isClosed) throw new Error('The sandbox has been shut down.')
    // Without its tools nothing would ever start: better said here, where somebody hears it.
    findTools()
    interpreters[language] ??= options.interpreters[language]({ switchesUser: isRoot() })
    const interpreter = await interpreters[language].catch((error: unknown) => {
      // What was missing may be installed meanwhile.
      delete interpreters[language]
      throw error
    })
    const egressSocket = hasNetwork ? await options.egress?.open() : undefined
    return (limits) => startWith(interpreter, limits, egressSocket)
  }

  async function openPool(kind: Kind): Promise<WarmPool> {
    const start = await prepare(kind)
    return createWarmPool({ start: () => start(options.limits), size: options.warm, idleMs: options.idleMs })
  }

  return {
    async start(kind, limits) {
      return (await prepare(kind))(limits)
    },
    async pool(kind) {
      const name = `${kind.language} ${kind.hasNetwork}`
      const known = pools.get(name)
      if (known) return known
      const opening = openPool(kind)
      pools.set(name, opening)
      opening.catch(() => pools.delete(name))
      return opening
    },
    command: (interpreter, { isLasting }) => build(interpreter, { limits: options.limits, isLasting }),
    async close() {
      isClosed = true
      for (const pool of pools.values()) await pool.then((opened) => opened.close()).catch(() => undefined)
      const living = [...alive]
      for (const child of living) child.end('closed')
      await Promise.all(living.map((child) => child.ended))
      await options.egress?.close()
    },
  }
}

export const isRoot = (): boolean => process.getuid?.() === 0
