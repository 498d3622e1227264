import { AppError } from '@trellis/contracts'
import type { ModelCall, NodeContext, NodeModel, NodeOutcome } from '@trellis/spec'
import { type Dict, toPlain, type Value } from '@trellis/values'
import { parseTemplate, renderTemplate, renderVariable } from '@trellis/variables'
import { defineNode } from '../define-node.ts'
import { callModel, type ModelReply } from '../model-call/call-model.ts'
import { attachFiles, finishMessages } from '../model-call/draft-message.ts'
import { toParts, visionFiles } from '../model-call/file-parts.ts'
import { readInlineMemory } from '../model-call/inline-memory.ts'
import { toMessageRecords } from '../model-call/message-record.ts'
import { newModel, requireModel } from '../model-call/model-data.ts'
import { resolveModelParameters } from '../model-call/model-parameters.ts'
import { NodeError, toFailure } from '../model-call/node-error.ts'
import { toUsageValue } from '../model-call/usage-value.ts'
import { inputsOfTemplates } from '../node-data.ts'
import { type ExtractorConfig, extractorConfig, toSchema } from './config.ts'
import { findObject } from './find-object.ts'
import { TOOL_DESCRIPTION, TOOL_NAME, toExtractionMessages, withExample } from './prompts.ts'
import { defaultResult, findFault, toOutputs } from './read-result.ts'

interface Trace {
  readonly inputs: Record<string, Value>
  readonly processData: Record<string, Value>
  usage?: ModelReply['usage']
}

/** Takes named values out of a text by a model (workflow spec 2.17). */
export const parameterExtractorNode = defineNode(
  {
    type: 'parameter-extractor',
    defaults: () => ({
      query: [],
      model: newModel(),
      parameters: [],
      instruction: '',
      reasoning_mode: 'function_call',
      vision: { enabled: false },
    }),
    config: extractorConfig,
    effect: () => 'idempotent',
    inputs: ({ query, instruction }) => ({ query, ...inputsOfTemplates(instruction) }),
    requires: ({ model }) => requireModel(model),
  },
  async (context) => {
    const trace: Trace = { inputs: {}, processData: {} }
    try {
      const { model, call } = await prepare(context, trace)
      return await extract(context, { model, call, trace })
    } catch (error) {
      context.signal.throwIfAborted()
      const own = error instanceof NodeError
      const outputs = own
        ? { __is_success: 0, __reason: error.message }
        : { __is_success: 0, __reason: 'Failed to invoke model', __error: AppError.is(error) ? error.message : '' }
      return { ...toFailure(error, 'ParameterExtractorNodeError', trace), outputs }
    }
  },
)

async function prepare(node: NodeContext<ExtractorConfig>, trace: Trace): Promise<{ readonly model: NodeModel; readonly call: ModelCall }> {
  const { config, variables, services, signal } = node
  const variable = variables.get(config.query)
  const text = variable ? renderVariable(variable, 'text') : ''
  const files = visionFiles(config.vision, variables)
  Object.assign(trace.inputs, { query: text, files, parameters: config.parameters, instruction: config.instruction })
  const model = await services.models.resolve(config.model.provider, config.model.name)
  const identity = { model_provider: model.provider, model_name: model.model }
  Object.assign(trace.inputs, identity)
  const way = wayOf(config, model)
  const { parameters, stop } = resolveModelParameters(config.model.completion_params, variables)
  const schema = toSchema(config.parameters)
  const task = { text, schema, instruction: renderTemplate(parseTemplate(config.instruction), variables, 'text'), history: '' }
  const prompt = withExample(finishMessages(toExtractionMessages(task, way), model.entry), way)
  const history = await readInlineMemory(node, { memory: config.memory, model, parameters, prompt })
  const parts = await toParts(files, { files: services.files, entry: model.entry, detail: config.vision.detail, signal })
  const drafts = attachFiles(toExtractionMessages({ ...task, history }, way), parts)
  const messages = withExample(finishMessages(drafts, model.entry), way)
  const tool = { name: TOOL_NAME, description: TOOL_DESCRIPTION, parameters: schema }
  Object.assign(trace.processData, {
    model_mode: config.model.mode,
    prompts: toMessageRecords(messages),
    usage: null,
    function: way === 'tool' ? tool : {},
    tool_call: null,
    ...identity,
  })
  const base: ModelCall = { messages, parameters, user: node.run.userId, ...(stop.length > 0 ? { stop } : {}) }
  // A schema is plain JSON, which toPlain makes an object of.
  return { model, call: way === 'tool' ? { ...base, tools: [{ ...tool, parameters: toPlain(schema) as object }] } : base }
}

/** By a tool where the model has any and the node wants it, else in words. */
function wayOf({ model: { mode }, reasoning_mode }: ExtractorConfig, { entry }: NodeModel): 'tool' | 'chat' | 'completion' {
  const hasTools = entry.features.includes('tool-call') || entry.features.includes('multi-tool-call')
  if (!hasTools || reasoning_mode !== 'function_call') return mode
  if (mode === 'chat') return 'tool'
  throw new NodeError('InvalidModelModeError', 'A completion model cannot be asked by function call. Set the reasoning mode to prompt.')
}

async function extract(
  { config, signal }: NodeContext<ExtractorConfig>,
  { model, call, trace }: { readonly model: NodeModel; readonly call: ModelCall; readonly trace: Trace },
): Promise<NodeOutcome> {
  const reply = await callModel(model, call, { signal })
  const [toolCall] = reply.toolCalls
  const usage = toUsageValue(reply.usage)
  trace.usage = reply.usage
  Object.assign(trace.processData, {
    usage,
    tool_call: toolCall ? { id: toolCall.id, type: 'function', function: { name: toolCall.name, arguments: toolCall.arguments } } : null,
    llm_text: reply.text,
  })
  const { result, fault } = readReply(config, reply)
  return {
    status: 'succeeded',
    ...trace,
    outputs: {
      __is_success: fault === null ? 1 : 0,
      __reason: fault,
      __usage: usage,
      ...toOutputs(config.parameters, result),
    },
  }
}

const NOTHING_FOUND = 'Nothing could be read from the reply of the model; empty values are used.'

function readReply({ parameters }: ExtractorConfig, reply: ModelReply): { readonly result: Dict; readonly fault: string | null } {
  const [toolCall] = reply.toolCalls
  const found = toolCall ? (findObject(toolCall.arguments) ?? {}) : findObject(reply.text)
  const isEmpty = !toolCall && (found === undefined || Object.keys(found).length === 0)
  const result = isEmpty ? defaultResult(parameters) : (found ?? {})
  return { result, fault: findFault(parameters, result) ?? (isEmpty ? NOTHING_FOUND : null) }
}
