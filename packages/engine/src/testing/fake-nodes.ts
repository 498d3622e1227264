import type { NodeContext, NodeDefinition, NodeOutcome, NodeType } from '@trellis/spec'
import { type Dict, getKey, isDict, isList, type Value } from '@trellis/values'
import { parseTemplate, renderTemplate, Variable } from '@trellis/variables'
import { z } from 'zod'
import type { NodeRegistry } from '../plan/plan.ts'

type Execute = (context: NodeContext<Dict>) => NodeOutcome | Promise<NodeOutcome>

// Nodes of tests take their data as it is.
const anyData = z.custom<Dict>(() => true)

function fakeNode(type: string, execute: Execute, more: Partial<NodeDefinition<Dict>> = {}): NodeType<Dict> {
  return {
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
  }
}

const textOf = (data: Dict, key: string): string => {
  const value = getKey(data, key)
  return typeof value === 'string' ? value : ''
}
const selectorOf = (value: Value | undefined): readonly string[] =>
  value !== undefined && isList(value) ? value.filter((part) => typeof part === 'string') : []

/** What tests decide of nodes of the type `work`, by the node's id. */
export type Work = Readonly<Record<string, Execute>>

/** A few nodes with the semantics that the engine's tests need; `work` does what the test says, `branch` leaves by `data.handle`. */
export function createFakeNodes(work: Work = {}): NodeRegistry {
  const nodes: NodeType<Dict>[] = [
    fakeNode('start', () => ({ status: 'succeeded', outputs: {} }), { executionClass: 'root' }),
    fakeNode('work', (context) =>
      (work[context.nodeId] ?? (() => ({ status: 'succeeded' as const, outputs: { output: context.nodeId } })))(context),
    ),
    fakeNode('stubborn', (context) => (work[context.nodeId] ?? (() => ({ status: 'succeeded' as const, outputs: {} })))(context), {
      canRetry: false,
    }),
    fakeNode(
      'branch',
      ({ config }) => ({ status: 'succeeded', outputs: {}, ...('handle' in config ? { handle: textOf(config, 'handle') } : {}) }),
      {
        executionClass: 'branch',
      },
    ),
    fakeNode(
      'answer',
      ({ config, variables }) => ({
        status: 'succeeded',
        outputs: { answer: renderTemplate(parseTemplate(textOf(config, 'answer')), variables, 'markdown') },
      }),
      { executionClass: 'response', template: (config) => parseTemplate(textOf(config, 'answer')) },
    ),
    fakeNode(
      'end',
      ({ config, variables }) => ({
        status: 'succeeded',
        outputs: Object.fromEntries(outputsOf(config).map(([name, selector]) => [name, variables.get(selector)?.value ?? null])),
      }),
      { executionClass: 'response', template: () => [] },
    ),
    fakeNode('iteration-start', () => ({ status: 'succeeded', outputs: {} })),
    fakeNode(
      'repeat',
      () => {
        throw new Error('containers are not executed')
      },
      { executionClass: 'container', container: (config) => repeatLogic(config) },
    ),
  ] satisfies NodeType<Dict>[]
  // The tests' nodes read only what their own type declares.
  return { find: (type) => nodes.find(({ definition }) => definition.type === type) as NodeType | undefined }
}

function outputsOf(config: Dict): [string, readonly string[]][] {
  const outputs = getKey(config, 'outputs')
  return outputs !== undefined && isDict(outputs) ? Object.entries(outputs).map(([name, selector]) => [name, selectorOf(selector)]) : []
}

/** Rounds over `data.items` at most `data.parallel` at a time; collects `data.output` of each. */
function repeatLogic(config: Dict): ReturnType<NonNullable<NodeDefinition['container']>> {
  const list = getKey(config, 'items')
  const items = list !== undefined && isList(list) ? list : []
  const parallel = getKey(config, 'parallel')
  const concurrency = typeof parallel === 'number' ? parallel : 1
  const results: Value[] = items.map(() => null)
  let begun = 0
  let ended = 0
  let failure: string | undefined
  return {
    kind: 'iteration',
    startNodeId: textOf(config, 'start_node_id'),
    pool: 'forked',
    concurrency,
    begin: () => ({ status: 'begun', inputs: { items }, metadata: { iteration_length: items.length } }),
    next() {
      if (failure === undefined && begun < items.length) {
        if (begun - ended >= concurrency) return { type: 'wait' }
        begun += 1
        const index = begun - 1
        return {
          type: 'round',
          index,
          variables: { item: new Variable(items[index] ?? null), index: new Variable(index) },
          isAnnounced: true,
        }
      }
      if (ended < begun) return { type: 'wait' }
      const outcome =
        failure === undefined
          ? ({ status: 'succeeded', outputs: { output: results } } as const)
          : ({ status: 'failed', error: failure, errorType: 'RoundError' } as const)
      return { type: 'finish', outcome, steps: items.length, metadata: {} }
    },
    roundEnded(round) {
      ended += 1
      if (round.status === 'failed') failure ??= round.error
      results[round.index] = round.variables.get(selectorOf(getKey(config, 'output')))?.value ?? null
    },
  }
}
