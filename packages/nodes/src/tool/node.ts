import { AppError } from '@trellis/contracts'
import type { NodeContext, NodeFailure, NodeOutcome, ToolCallRequest } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { defineNode } from '../define-node.ts'
import { collectMessages, jsonOutput, ToolMessageError } from '../tool-messages/collect-messages.ts'
import { inputsOfParameters } from '../tool-messages/parameter-input.ts'
import { type ToolConfig, toolSchema } from './config.ts'
import { MissingParameterError, resolveParameters } from './resolve-parameters.ts'

/** Calls a tool (workflow spec 2.19). */
export const toolNode = defineNode(
  {
    type: 'tool',
    defaults: () => ({
      provider_id: '',
      provider_type: 'builtin',
      provider_name: '',
      tool_name: '',
      tool_label: '',
      tool_configurations: {},
      tool_parameters: {},
      tool_node_version: '2',
    }),
    canRetry: true,
    config: toolSchema,
    effect: () => 'external',
    inputs: ({ parameters }) => inputsOfParameters(parameters),
    requires: ({ providerId, providerType, tool, plugin }) => [
      { type: 'tool', provider: providerId, providerType, tool, ...(plugin === undefined ? {} : { plugin }) },
    ],
  },
  async (context) => {
    const trace: Trace = { inputs: {}, info: infoOf(context.config), stage: 'ToolRuntimeResolutionError' }
    try {
      return await callTool(context, trace)
    } catch (error) {
      context.signal.throwIfAborted()
      return { ...toFailure(error, trace.stage), inputs: trace.inputs, metadata: { tool_info: trace.info } }
    }
  },
)

/** How far a call came, for the record of one that failed. */
interface Trace {
  inputs: Dict
  info: Dict
  stage: 'ToolRuntimeResolutionError' | 'ToolRuntimeInvocationError'
}

async function callTool({ config, services, variables, signal, emit }: NodeContext<ToolConfig>, trace: Trace): Promise<NodeOutcome> {
  const { providerType, providerId, providerName, tool, settings, credentialId } = config
  const { parameters, info } = await services.tools.describe({ providerType, providerId, providerName, tool })
  trace.info = { ...trace.info, ...info }
  trace.inputs = resolveParameters(config.parameters, { parameters, variables, rendering: 'log' })
  trace.stage = 'ToolRuntimeInvocationError'
  const request: ToolCallRequest = {
    ...{ providerType, providerId, providerName, tool, settings },
    parameters: resolveParameters(config.parameters, { parameters, variables, rendering: 'text' }),
    ...(credentialId === undefined ? {} : { credentialId }),
  }
  const said = await collectMessages(services.tools.call(request, signal), emit)
  const outputs = { text: said.text, files: said.files, json: jsonOutput(said.json), ...said.variables }
  return { status: 'succeeded', inputs: trace.inputs, outputs, metadata: { tool_info: trace.info } }
}

const infoOf = ({ providerType, providerId, plugin }: ToolConfig): Record<string, Value> => ({
  provider_type: providerType,
  provider_id: providerId,
  plugin_unique_identifier: plugin ?? null,
})

function toFailure(error: unknown, stage: Trace['stage']): NodeFailure {
  if (AppError.is(error)) return { status: 'failed', error: error.message, errorType: stage }
  if (error instanceof MissingParameterError) return { status: 'failed', error: error.message, errorType: 'ToolParameterError' }
  if (error instanceof ToolMessageError) return { status: 'failed', error: error.message, errorType: 'ToolNodeError' }
  throw error
}
