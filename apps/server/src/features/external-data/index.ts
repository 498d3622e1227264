import type { ApiExtensions } from '../api-extensions/index.ts'
import { type BasicConfig, type Preflight, readExternalDataTools, type TurnSections } from '../turns/index.ts'
import { assertKnownType } from './check-external-data.ts'

/** Fetches, all at once, what fills variables of a prompt from API extensions (plugins-and-models 11). One that fails ends the turn. */
export function createExternalData({ ask }: Pick<ApiExtensions, 'ask'>): Preflight {
  return {
    isOn: ({ mode }, config) => (mode === 'chat' || mode === 'completion') && toolsOf(config).length > 0,
    async check({ app, config, inputs, query }, signal) {
      const rest = new AbortController()
      try {
        const fetched = toolsOf(config).map(async ({ variable, type, extensionId }) => {
          assertKnownType(type, variable)
          const { result } = await ask({
            tenantId: app.tenant_id,
            extensionId,
            point: 'externalData',
            params: { app_id: app.id, tool_variable: variable, inputs, query },
            signal: AbortSignal.any([signal, rest.signal]),
          })
          return [variable, result] as const
        })
        return { type: 'pass', additions: Object.fromEntries(await Promise.all(fetched)) }
      } finally {
        rest.abort()
      }
    },
  }
}

/** Turns of basic apps come with what `basicConfigSchema` made of their configuration. */
const toolsOf = (config: TurnSections) => readExternalDataTools(config as BasicConfig)

export { createExternalDataCheck } from './check-external-data.ts'
