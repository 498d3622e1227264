import type { ModelCall, NodeContext, NodeOutcome, NodeSuccess } from '@trellis/spec'
import type { Value } from '@trellis/values'
import { type FileValue, toFileMarkdown, Variable } from '@trellis/variables'
import { defineNode } from '../define-node.ts'
import { callModel, type ModelReply } from '../model-call/call-model.ts'
import { visionFiles } from '../model-call/file-parts.ts'
import { toMessageRecords } from '../model-call/message-record.ts'
import { newModel, requireModel } from '../model-call/model-data.ts'
import { resolveModelParameters } from '../model-call/model-parameters.ts'
import { toFailure } from '../model-call/node-error.ts'
import { splitReasoning } from '../model-call/split-reasoning.ts'
import { toUsageValue } from '../model-call/usage-value.ts'
import { buildPrompt } from './build-prompt.ts'
import { collectInputs } from './collect-inputs.ts'
import { inputsOf, type LlmConfig, llmConfig } from './config.ts'
import { readContext } from './read-context.ts'
import { ReplyStream } from './reply-stream.ts'
import { saveMade } from './save-made.ts'
import { askForStructure, readStructure } from './structured-output.ts'

/** What the trace is told, also where the node fails half-way. */
interface Trace {
  inputs: Record<string, Value>
  processData: Record<string, Value>
  usage?: ModelReply['usage']
}

/** Asks a language model (workflow spec 2.6). */
export const llmNode = defineNode(
  {
    type: 'llm',
    defaults: () => ({
      model: newModel(),
      prompt_template: [{ role: 'system', text: '' }],
      context: { enabled: false, variable_selector: [] },
      vision: { enabled: false },
    }),
    config: llmConfig,
    canRetry: true,
    effect: () => 'idempotent',
    inputs: inputsOf,
    requires: ({ model }) => requireModel(model),
  },
  async (context) => {
    const trace: Trace = { inputs: {}, processData: {} }
    try {
      return await ask(context, trace)
    } catch (error) {
      context.signal.throwIfAborted()
      return toFailure(error, 'LLMNodeError', trace)
    }
  },
)

async function ask(node: NodeContext<LlmConfig>, trace: Trace): Promise<NodeOutcome> {
  const { config, variables, services, signal } = node
  Object.assign(trace.inputs, collectInputs(config, variables))
  const files = visionFiles(config.vision, variables)
  const context = readContext(config, variables)
  if (files.length > 0) trace.inputs['#files#'] = files
  if (context.text !== '') trace.inputs['#context#'] = context.text
  if (context.files.length > 0) trace.inputs['#context_files#'] = context.files
  if (context.resources.length > 0) node.emit({ type: 'retriever-resources', resources: context.resources })

  const model = await services.models.resolve(config.model.provider, config.model.name)
  const identity = { model_provider: model.provider, model_name: model.model }
  Object.assign(trace.inputs, identity)
  const { parameters, stop } = resolveModelParameters(config.model.completion_params, variables)
  const messages = await buildPrompt({ node, model, parameters, context, files })
  trace.processData = { model_mode: config.model.mode, prompts: toMessageRecords(messages), ...identity }

  const plain: ModelCall = { messages, parameters, user: node.run.userId, ...(stop.length > 0 ? { stop } : {}) }
  const call = config.structuredOutput ? askForStructure(plain, model.entry, config.structuredOutput.schema) : plain
  const stream = new ReplyStream(node.emit, config.reasoningFormat)
  const made: FileValue[] = []
  const reply = await callModel(model, call, {
    signal,
    firstTokenTimeoutMs: config.firstTokenTimeoutMs,
    onText: (text) => stream.add(text),
    async onFile(part) {
      const file = await saveMade(part, services.files)
      made.push(file)
      return toFileMarkdown(file)
    },
  })
  trace.usage = reply.usage
  Object.assign(trace.processData, { usage: toUsageValue(reply.usage), finish_reason: reply.finishReason })
  const success = toSuccess(config, reply, { trace, made })
  stream.end()
  return success
}

function toSuccess(
  config: LlmConfig,
  reply: ModelReply,
  { trace, made }: { readonly trace: Trace; readonly made: readonly FileValue[] },
): NodeSuccess {
  const { text, reasoning } = config.reasoningFormat === 'separated' ? splitReasoning(reply.text) : { text: reply.text, reasoning: '' }
  return {
    status: 'succeeded',
    ...trace,
    usage: reply.usage,
    outputs: {
      text,
      reasoning_content: reasoning,
      usage: toUsageValue(reply.usage),
      finish_reason: reply.finishReason,
      ...(config.structuredOutput ? { structured_output: readStructure(reply.text) } : {}),
      ...(made.length > 0 ? { files: new Variable([...made], 'array[file]') } : {}),
    },
  }
}
