import type { ModelCall, NodeContext, NodeOutcome } from '@trellis/spec'
import { getKey, str, type Value } from '@trellis/values'
import { parseTemplate, renderTemplate } from '@trellis/variables'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { callModel, type ModelReply } from '../model-call/call-model.ts'
import { attachFiles, finishMessages } from '../model-call/draft-message.ts'
import { toParts, visionFiles } from '../model-call/file-parts.ts'
import { readInlineMemory } from '../model-call/inline-memory.ts'
import { toMessageRecords } from '../model-call/message-record.ts'
import { memorySchema, modelSchema, newModel, requireModel, visionSchema } from '../model-call/model-data.ts'
import { resolveModelParameters } from '../model-call/model-parameters.ts'
import { NodeError, toFailure } from '../model-call/node-error.ts'
import { toUsageValue } from '../model-call/usage-value.ts'
import { inputsOfTemplates, selectorSchema, textSchema } from '../node-data.ts'
import { toClassifierMessages } from './prompts.ts'
import { readCategory } from './read-category.ts'

const config = z.looseObject({
  query_variable_selector: selectorSchema.optional().transform((selector) => selector ?? []),
  model: modelSchema,
  classes: z.array(z.looseObject({ id: z.string(), name: textSchema, label: textSchema })),
  instruction: textSchema,
  memory: memorySchema,
  vision: visionSchema,
})
type Config = z.infer<typeof config>

interface Trace {
  readonly inputs: Record<string, Value>
  readonly processData: Record<string, Value>
  usage?: ModelReply['usage']
}

/** Leaves by the edge of the class that a model finds for a question (workflow spec 2.8). */
export const questionClassifierNode = defineNode(
  {
    type: 'question-classifier',
    executionClass: 'branch',
    defaults: () => ({
      query_variable_selector: [],
      model: newModel(),
      classes: [
        { id: '1', name: '', label: 'CLASS 1' },
        { id: '2', name: '', label: 'CLASS 2' },
      ],
      instruction: '',
      vision: { enabled: false },
    }),
    config,
    effect: () => 'idempotent',
    inputs: ({ query_variable_selector, instruction }) => ({ query: query_variable_selector, ...inputsOfTemplates(instruction) }),
    requires: ({ model }) => requireModel(model),
  },
  async (context) => {
    const trace: Trace = { inputs: {}, processData: {} }
    try {
      return await classify(context, trace)
    } catch (error) {
      context.signal.throwIfAborted()
      return toFailure(error, 'QuestionClassifierNodeError', trace)
    }
  },
)

async function classify(node: NodeContext<Config>, trace: Trace): Promise<NodeOutcome> {
  const { config, variables, services, signal } = node
  const query = variables.get(config.query_variable_selector)?.value ?? null
  trace.inputs['query'] = query
  const model = await services.models.resolve(config.model.provider, config.model.name)
  const identity = { model_provider: model.provider, model_name: model.model }
  Object.assign(trace.inputs, identity)
  const { parameters, stop } = resolveModelParameters(config.model.completion_params, variables)
  const classes = config.classes.map(({ name, ...rest }) => ({ ...rest, name: renderTemplate(parseTemplate(name), variables, 'text') }))
  const instruction = renderTemplate(parseTemplate(config.instruction), variables, 'text')
  const task = { query: query === null ? '' : str(query), classes, instruction, history: '' }
  const prompt = finishMessages(toClassifierMessages(task, config.model.mode), model.entry)
  const history = await readInlineMemory(node, { memory: config.memory, model, parameters, prompt })
  const detail = config.vision.detail
  const files = await toParts(visionFiles(config.vision, variables), { files: services.files, entry: model.entry, detail, signal })
  const messages = finishMessages(attachFiles(toClassifierMessages({ ...task, history }, config.model.mode), files), model.entry)
  Object.assign(trace.processData, { model_mode: config.model.mode, prompts: toMessageRecords(messages), ...identity })

  const call: ModelCall = { messages, parameters, user: node.run.userId, ...(stop.length > 0 ? { stop } : {}) }
  const reply = await callModel(model, call, { signal })
  trace.usage = reply.usage
  const usage = toUsageValue(reply.usage)
  Object.assign(trace.processData, { usage, finish_reason: reply.finishReason })
  const chosen = choose(classes, reply.text)
  return {
    status: 'succeeded',
    ...trace,
    outputs: { class_name: chosen.name, class_label: chosen.label, class_id: chosen.id, usage },
    handle: chosen.id,
  }
}

/** The class whose id the reply has; the first one where it has none that is known. */
function choose(classes: readonly { readonly id: string; readonly name: string; readonly label: string }[], reply: string) {
  const category = readCategory(reply)
  const id = getKey(category, 'category_name') === undefined ? undefined : getKey(category, 'category_id')
  const index = Math.max(
    0,
    classes.findIndex((known) => known.id === id),
  )
  const chosen = classes[index]
  if (!chosen) throw new NodeError('QuestionClassifierNodeError', 'The classifier has no classes. Add some to the node.')
  return { ...chosen, label: chosen.label === '' ? `CLASS ${index + 1}` : chosen.label }
}
