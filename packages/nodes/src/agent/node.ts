import { AppError, type Usage } from '@trellis/contracts'
import type { AgentLog, NodeContext, NodeOutcome, ToolMessage } from '@trellis/spec'
import type { Dict } from '@trellis/values'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { toUsageValue } from '../model-call/usage-value.ts'
import { textSchema } from '../node-data.ts'
import { collectMessages, jsonOutput, ToolMessageError } from '../tool-messages/collect-messages.ts'
import { inputsOfParameters, parameterInputsSchema } from '../tool-messages/parameter-input.ts'
import { AgentParameterError, resolveParameters } from './resolve-parameters.ts'

const agentSchema = z.looseObject({
  agent_strategy_provider_name: z.string(),
  agent_strategy_name: z.string(),
  agent_strategy_label: textSchema,
  agent_parameters: parameterInputsSchema,
  memory: z.looseObject({ window: z.looseObject({ enabled: z.boolean().catch(false), size: z.number().nullish() }).nullish() }).nullish(),
  plugin_unique_identifier: z.string().nullish(),
})
type AgentConfig = z.infer<typeof agentSchema>

/** Lets an agent strategy work with models and tools (workflow spec 2.20). */
export const agentNode = defineNode(
  {
    type: 'agent',
    defaults: () => ({
      agent_strategy_provider_name: '',
      agent_strategy_name: '',
      agent_strategy_label: '',
      agent_parameters: {},
      tool_node_version: '2',
    }),
    config: agentSchema,
    effect: () => 'external',
    inputs: ({ agent_parameters }) => inputsOfParameters(agent_parameters),
    requires: ({ agent_strategy_provider_name: provider, agent_strategy_name: strategy, plugin_unique_identifier: plugin }) => [
      { type: 'agent-strategy', provider, strategy, ...(plugin ? { plugin } : {}) },
    ],
  },
  async (context) => {
    const record: { inputs: Dict; metadata: Dict } = { inputs: {}, metadata: {} }
    try {
      return await callStrategy(context, record)
    } catch (error) {
      context.signal.throwIfAborted()
      if (!AppError.is(error) && !(error instanceof AgentParameterError) && !(error instanceof ToolMessageError)) throw error
      return { status: 'failed', error: `The agent could not work: ${error.message}`, errorType: '', ...record }
    }
  },
)

async function callStrategy(
  { config, services, variables, signal, emit }: NodeContext<AgentConfig>,
  record: { inputs: Dict; metadata: Dict },
): Promise<NodeOutcome> {
  const { agent_strategy_provider_name: provider, agent_strategy_name: strategy, agent_parameters: inputs } = config
  const { parameters, info } = await services.agents.describe({ provider, strategy })
  record.metadata = { tool_info: { ...info, agent_strategy: strategy } }
  record.inputs = resolveParameters(inputs, { parameters, variables, rendering: 'log' })
  const request = {
    provider,
    strategy,
    parameters: resolveParameters(inputs, { parameters, variables, rendering: 'text' }),
    ...(config.memory ? { memory: { messageLimit: config.memory.window?.size ?? undefined } } : {}),
  }
  let usage: Usage | undefined
  const onMessage = (message: AgentMessage): ToolMessage | undefined => {
    if (message.type === 'usage') {
      usage = message.usage
      return undefined
    }
    if (message.type === 'log') emit({ type: 'agent-log', log: message.log })
    return message
  }
  const said = await collectMessages(watched(services.agents.call(request, signal), onMessage), emit)
  const logs = said.logs.map(toLogEntry)
  const outputs = { text: said.text, files: said.files, json: jsonOutput([...logs, ...said.json]), ...said.variables }
  const metadata = { ...record.metadata, agent_log: logs }
  return {
    status: 'succeeded',
    inputs: record.inputs,
    outputs: usage ? { usage: toUsageValue(usage), ...outputs } : outputs,
    metadata,
    ...(usage ? { usage } : {}),
  }
}

type AgentMessage = ToolMessage | { readonly type: 'usage'; readonly usage: Usage }

async function* watched(
  messages: AsyncIterable<AgentMessage>,
  onMessage: (message: AgentMessage) => ToolMessage | undefined,
): AsyncGenerator<ToolMessage> {
  for await (const message of messages) {
    const kept = onMessage(message)
    if (kept) yield kept
  }
}

const toLogEntry = ({ id, parentId, error, status, data, label, metadata }: AgentLog): Dict => ({
  ...{ id, parent_id: parentId, error, status, data, label, metadata },
})
