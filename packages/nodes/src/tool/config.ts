import type { Dict, Value } from '@trellis/values'
import { z } from 'zod'
import { textSchema, valueSchema } from '../node-data.ts'
import { parameterInputsSchema, toParameterInput } from '../tool-messages/parameter-input.ts'

const raw = z.looseObject({
  provider_id: z.string(),
  provider_type: z.enum(['builtin', 'plugin', 'api', 'workflow', 'app', 'dataset-retrieval', 'mcp']),
  provider_name: textSchema,
  tool_name: z.string(),
  tool_label: textSchema,
  tool_configurations: z.record(z.string(), valueSchema).nullish(),
  tool_parameters: parameterInputsSchema,
  credential_id: z.string().nullish(),
  plugin_unique_identifier: z.string().nullish(),
  tool_node_version: z.string().nullish(),
})

/**
 * The data of a tool node (workflow spec 2.19). Settings that newer files write as `{type, value}` are parameters like the others; older
 * ones stand as they are.
 */
export const toolSchema = raw.transform((data) => {
  const settings: Record<string, Value> = {}
  const fromSettings: Record<string, NonNullable<ReturnType<typeof toParameterInput>>> = {}
  for (const [name, value] of Object.entries(data.tool_configurations ?? {})) {
    const input = toParameterInput(value)
    if (input) fromSettings[name] = input
    settings[name] = input ? input.value : value
  }
  return {
    providerId: data.provider_id,
    providerType: data.provider_type,
    providerName: data.provider_name,
    tool: data.tool_name,
    credentialId: data.credential_id ?? undefined,
    plugin: data.plugin_unique_identifier ?? undefined,
    settings: settings satisfies Dict,
    parameters: { ...fromSettings, ...data.tool_parameters },
  }
})
export type ToolConfig = z.infer<typeof toolSchema>
