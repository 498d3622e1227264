import { AppError } from '@trellis/contracts'
import type { Clock, ToolCallRequest, ToolMessage, ToolService } from '@trellis/spec'
import type { BuiltinProvider, BuiltinTool } from './builtin-tools/builtin-tool.ts'

type NamedTool = Pick<ToolCallRequest, 'providerType' | 'providerId' | 'providerName' | 'tool'>

export const findTool = (
  providers: readonly BuiltinProvider[],
  { providerType, providerId, tool }: Pick<NamedTool, 'providerType' | 'providerId' | 'tool'>,
): BuiltinTool | undefined =>
  providerType === 'builtin' ? providers.find(({ id }) => id === providerId)?.tools.find(({ name }) => name === tool) : undefined

/** The built-in tools; others are refused, by their name. */
export function createToolService({
  providers,
  clock,
}: {
  readonly providers: readonly BuiltinProvider[]
  readonly clock: Clock
}): ToolService {
  const get = (named: NamedTool): BuiltinTool => {
    const tool = findTool(providers, named)
    if (tool) return tool
    const known = providers.flatMap(({ id, tools }) => tools.map(({ name }) => `${id}/${name}`)).join(', ')
    throw new AppError('tool_not_available', {
      message: `The tool "${named.tool}" of ${named.providerName || named.providerId} (${named.providerType}) is not installed here. Built in are: ${known}.`,
    })
  }

  return {
    describe: async (named) => ({ parameters: get(named).parameters, info: {} }),
    async *call(request, signal): AsyncGenerator<ToolMessage> {
      signal.throwIfAborted()
      yield* get(request).call({ ...request.settings, ...request.parameters }, clock.now())
    },
  }
}
