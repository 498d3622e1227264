import { type BodyOf, consoleGeneratorRoutes as routes } from '@trellis/contracts'
import type { FastifyReply } from 'fastify'
import type { AccountActor } from '../../http/actor.ts'
import { callerSignal } from '../../http/caller-signal.ts'
import { handled, type Mount } from '../../http/mount.ts'
import type { GeneratorCall, Generators } from './generators.service.ts'
import { instructionTemplates } from './wordings.ts'

interface Asked {
  readonly actor: AccountActor
  readonly body: Pick<BodyOf<typeof routes.generateSchema>, 'model_config' | 'instruction'>
  readonly reply: FastifyReply
}

export function mountGeneratorRoutes(mount: Mount, generators: Generators): void {
  mount(routes.generatePrompt).to((asked) =>
    whileAwaited(asked, (call) => generators.writePrompt({ ...call, appId: asked.body.app_id ?? null }, !asked.body.no_variable)),
  )
  mount(routes.generateCode).to((asked) =>
    whileAwaited(asked, (call) => generators.writeCode({ ...call, appId: asked.body.app_id ?? null }, asked.body.code_language)),
  )
  mount(routes.generateSchema).to((asked) =>
    whileAwaited(asked, (call) => generators.writeSchema({ ...call, appId: asked.body.app_id ?? null })),
  )
  mount(routes.generateInstruction).to((asked) =>
    whileAwaited(asked, (call) => {
      const { flow_id: appId, node_id: nodeId, current, language, ideal_output: idealOutput } = asked.body
      return generators.writeInstruction({ ...call, appId, nodeId, current, language, idealOutput })
    }),
  )
  mount(routes.getInstructionTemplate).to(async ({ body }) => ({ data: instructionTemplates[body.type] }))
}

/** The model stops with the caller, who is told nothing then. */
async function whileAwaited<T>(
  { actor, body: { model_config: model, instruction }, reply }: Asked,
  write: (call: Omit<GeneratorCall, 'appId'>) => Promise<T>,
): Promise<T | typeof handled> {
  const signal = callerSignal(reply)
  try {
    return await write({ actor, model, instruction, signal })
  } catch (error) {
    if (signal.aborted) return handled
    throw error
  }
}
