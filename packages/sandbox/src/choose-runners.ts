import type { CodeCall, CodeCaller, CodeSandbox, Logger, ProgramRunner, SandboxMechanism } from '@trellis/spec'
import type { Bubblewrap } from './bubblewrap/create-bubblewrap.ts'
import type { Language } from './bubblewrap/yard.ts'
import type { Isolate } from './isolate/create-isolate.ts'
import { createNone } from './none/create-none.ts'

export interface ChooseOptions {
  readonly bubblewrap: Bubblewrap
  readonly isolate: Isolate
  readonly isolateHost: () => string
  readonly logger: Logger
}

/** After something was found not to work, it is not tried again for so long. */
const RETRY_MS = 15_000

/** Takes the fast path where code is made for it and it works, else the reference runner where that works, else refuses. */
export function chooseRunners({ bubblewrap, isolate, isolateHost, logger }: ChooseOptions): Omit<CodeSandbox, 'close'> {
  const reference = (language: Language) =>
    remember(
      () => bubblewrap.check(language).then((): ProgramRunner & CodeCaller => bubblewrap),
      (reason) => {
        logger.warn({ language, reason }, 'Code in this language cannot be run')
        return createNone(reason)
      },
    )
  const references = { python3: reference('python3'), nodejs: reference('nodejs') }
  const fast = remember(
    () => isolate.check().then((): Isolate | undefined => isolate),
    (reason) => {
      logger.info({ reason }, 'No isolates for JavaScript: it takes the slower way')
      return undefined
    },
  )

  const callerOf = async (call: CodeCall): Promise<CodeCaller> => {
    if (await isolate.takes(call)) {
      const caller = await fast()
      if (caller) return caller
    }
    return references[call.language === 'javascript' ? 'nodejs' : 'python3']()
  }

  return {
    run: async (request, signal) => (await references[request.language]()).run(request, signal),
    call: async (call, signal) => (await callerOf(call)).call(call, signal),
    async mechanisms(): Promise<readonly SandboxMechanism[]> {
      const fastReason = await reasonAgainst(isolate.check())
      const python = await describe('python3', await reasonAgainst(bubblewrap.check('python3')))
      const javascript = await describe('javascript', await reasonAgainst(bubblewrap.check('nodejs')))
      if (fastReason !== undefined) return [python, javascript]
      const description = `A V8 isolate in ${isolateHost()}, where the code needs nothing but the language.`
      return [python, javascript, { language: 'javascript', name: 'isolate', description }]
    },
  }
}

const describe = (language: SandboxMechanism['language'], reason: string | undefined): SandboxMechanism =>
  reason === undefined
    ? { language, name: 'bubblewrap', description: 'A process in namespaces of its own for each call.' }
    : { language, name: 'none', description: reason }

const reasonAgainst = (check: Promise<void>): Promise<string | undefined> => check.then(() => undefined, toMessage)

const toMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Tries once and keeps what came of it: for good where it worked, for a while where it did not. */
function remember<T>(attempt: () => Promise<T>, otherwise: (reason: string) => T): () => Promise<T> {
  let known: Promise<T> | undefined
  return () => {
    known ??= attempt().catch((error: unknown) => {
      setTimeout(() => {
        known = undefined
      }, RETRY_MS).unref()
      return otherwise(toMessage(error))
    })
    return known
  }
}
