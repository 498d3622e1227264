import type { NodeContext, NodeDefinition, NodeOutcome, NodeType, PauseReason } from '@trellis/spec'
import { type Dict, getKey } from '@trellis/values'
import { parseTemplate, renderTemplate, Variable } from '@trellis/variables'
import { z } from 'zod'
import type { NodeRegistry } from '../../plan/plan.ts'
import { decide, digest } from './digest.ts'
import { countOf, readBefore, selectorOf, textOf, toText } from './script.ts'
import { ScriptedIteration, ScriptedLoop } from './scripted-rounds.ts'

type Execute = (context: NodeContext<Dict>) => NodeOutcome

const anyData = z.custom<Dict>(() => true)

const node = (type: string, execute: Execute, more: Partial<NodeDefinition<Dict>> = {}): NodeType<Dict> => ({
  definition: {
    type,
    version: '1',
    executionClass: 'executable',
    config: anyData,
    canRetry: true,
    effect: () => 'pure',
    inputs: () => ({}),
    ...more,
  },
  execute,
})

const work: Execute = ({ config, nodeId, variables, attempt, emit }) => {
  const output = digest(nodeId, readBefore(config, variables))
  const round = variables.get([textOf(config, 'owner'), 'index'])?.value ?? 0
  const isBad = attempt < countOf(config, 'failures') && ((countOf(config, 'failingRounds') >> Number(round)) & 1) === 1
  const pieces = Array.from({ length: countOf(config, 'pieces') }, (_, index) => `[${output}.${index}]`)
  for (const text of isBad ? pieces.slice(1) : pieces) emit({ type: 'text-delta', name: 'text', text })
  if (isBad) return { status: 'failed', error: 'It broke.', errorType: 'TestError' }
  return { status: 'succeeded', outputs: { output, ...(pieces.length > 0 ? { text: pieces.join('') } : {}) } }
}

const assign: Execute = ({ config, nodeId, variables }) => {
  const selector = selectorOf(getKey(config, 'target'))
  const before = selector[1] === 'sum' ? toText(variables.get(selector)?.value) : undefined
  const value = digest(nodeId, [...readBefore(config, variables), before])
  return { status: 'succeeded', outputs: {}, updates: [{ selector, variable: new Variable(value) }] }
}

const question: PauseReason = {
  type: 'human-input',
  formContent: 'Well?',
  inputs: [],
  actions: [],
  resolvedDefaults: {},
  timeoutMs: 1000,
  deliveryMethods: [],
}

const ask: Execute = ({ config, nodeId, variables, submission }) => {
  if (!submission) return { status: 'paused', reason: question }
  const output = digest(nodeId, readBefore(config, variables))
  return { status: 'succeeded', outputs: { output }, handle: submission.type === 'submitted' ? submission.actionId : 'no' }
}

/** Nodes whose outcome follows from their data, what they read and the attempt: they answer the same in every life of a run. */
export function createScriptedNodes(): NodeRegistry {
  const nodes: NodeType<Dict>[] = [
    node('start', () => ({ status: 'succeeded', outputs: {} }), { executionClass: 'root' }),
    node('iteration-start', () => ({ status: 'succeeded', outputs: {} })),
    node('loop-start', () => ({ status: 'succeeded', outputs: {} })),
    node('work', work, { effect: (config) => (getKey(config, 'isExternal') === true ? 'external' : 'pure') }),
    node(
      'branch',
      ({ config, nodeId, variables }) => {
        const output = digest(nodeId, readBefore(config, variables))
        return { status: 'succeeded', outputs: { output }, handle: decide(output, 2) === 0 ? 'yes' : 'no' }
      },
      { executionClass: 'branch' },
    ),
    node('assign', assign, { assigns: (config) => [selectorOf(getKey(config, 'target'))] }),
    node('ask', ask, { executionClass: 'branch' }),
    node(
      'answer',
      ({ config, variables }) => ({
        status: 'succeeded',
        outputs: { answer: renderTemplate(parseTemplate(textOf(config, 'answer')), variables, 'markdown') },
      }),
      { executionClass: 'response', template: (config) => parseTemplate(textOf(config, 'answer')) },
    ),
    node('iteration', inRounds, { executionClass: 'container', container: (config) => new ScriptedIteration(config) }),
    node('loop', inRounds, { executionClass: 'container', container: (config) => new ScriptedLoop(config) }),
    node('loop-end', () => ({ status: 'succeeded', outputs: {}, endsLoop: true })),
  ]
  // The tests' nodes read only what their own type declares.
  return { find: (type) => nodes.find(({ definition }) => definition.type === type) as NodeType | undefined }
}

const inRounds: Execute = () => {
  throw new Error('containers are not executed')
}
