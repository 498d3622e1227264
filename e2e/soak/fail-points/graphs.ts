import type { Dict } from '../../../packages/values/src/index.ts'

export interface FailPointGraph {
  readonly name: string
  readonly graph: Dict
  /** Outputs that tell of an effect which may have been cut off; all others are the same whatever happened. */
  readonly effects: readonly string[]
  /** The host dies while the run waits for people, and the next one takes the answer; in all others who waits is answered at once. */
  readonly diesAtPause?: true
}

const http = (method: string, url: string, more: Dict = {}): Dict => ({
  type: 'http-request',
  method,
  url,
  authorization: { type: 'no-auth' },
  headers: '',
  params: '',
  body: { type: 'none', data: [] },
  timeout: {},
  ...more,
})

const instead = (value: string): Dict => ({
  error_strategy: 'default-value',
  default_value: [{ key: 'body', type: 'string', value }],
})

const start: Dict = { type: 'start', variables: [{ variable: 'key', label: 'key', type: 'text-input', required: true }] }
const list: Dict = {
  type: 'code',
  code_language: 'javascript',
  code: 'function main() { return { items: [1, 2, 3] } }',
  variables: [],
  outputs: { items: { type: 'array[number]' } },
}
const end = (outputs: Readonly<Record<string, readonly string[]>>): Dict => ({
  type: 'end',
  outputs: Object.entries(outputs).map(([variable, selector]) => ({ variable, value_selector: selector })),
})
const llm: Dict = {
  type: 'llm',
  model: { provider: 'p', name: 'm', mode: 'chat', completion_params: {} },
  prompt_template: [{ role: 'user', text: 'Go on.' }],
}

/** What a crash may hit: effects side by side, in rounds, tried again, behind an error branch; text that streams; a form that waits. */
export function failPointGraphs(url: string): readonly FailPointGraph[] {
  const at = (name: string): string => `${url}/{{#start.key#}}/${name}`
  return [
    {
      name: 'branches',
      effects: ['write'],
      graph: graphOf(
        {
          start,
          read: http('get', at('read')),
          write: http('post', at('write'), instead('cut off')),
          list,
          end: end({ read: ['read', 'body'], write: ['write', 'body'], items: ['list', 'items'] }),
        },
        ['start read', 'start write', 'start list', 'read end', 'write end', 'list end'],
      ),
    },
    {
      name: 'iteration',
      effects: ['sent'],
      graph: graphOf(
        {
          start,
          list,
          each: {
            type: 'iteration',
            iterator_selector: ['list', 'items'],
            output_selector: ['send', 'body'],
            start_node_id: 'eachstart',
            is_parallel: true,
            parallel_nums: 2,
            error_handle_mode: 'continue-on-error',
          },
          eachstart: { type: 'iteration-start', iteration_id: 'each' },
          send: { ...http('post', at('send/{{#each.item#}}')), iteration_id: 'each' },
          end: end({ sent: ['each', 'output'] }),
        },
        ['start list', 'list each', 'eachstart send', 'each end'],
      ),
    },
    {
      name: 'loop',
      effects: [],
      graph: graphOf(
        {
          start,
          again: {
            type: 'loop',
            loop_count: 3,
            loop_variables: [{ label: 'last', var_type: 'string', value_type: 'constant', value: '' }],
            break_conditions: [],
            start_node_id: 'againstart',
          },
          againstart: { type: 'loop-start', loop_id: 'again' },
          read: { ...http('get', at('read')), loop_id: 'again' },
          keep: {
            type: 'assigner',
            version: '2',
            items: [{ variable_selector: ['again', 'last'], input_type: 'variable', operation: 'over-write', value: ['read', 'body'] }],
            loop_id: 'again',
          },
          end: end({ last: ['again', 'last'], rounds: ['again', 'loop_round'] }),
        },
        ['start again', 'againstart read', 'read keep', 'again end'],
      ),
    },
    {
      name: 'retry',
      effects: ['said'],
      graph: graphOf(
        {
          start,
          post: http('post', at('fails-once'), {
            retry_config: { retry_enabled: true, max_retries: 1, retry_interval: 20 },
            error_strategy: 'fail-branch',
          }),
          well: { type: 'template-transform', template: 'well', variables: [] },
          badly: { type: 'template-transform', template: 'badly', variables: [] },
          said: {
            type: 'variable-aggregator',
            output_type: 'string',
            variables: [
              ['well', 'output'],
              ['badly', 'output'],
            ],
          },
          end: end({ said: ['said', 'output'] }),
        },
        ['start post', 'post:source well', 'post:fail-branch badly', 'well said', 'badly said', 'said end'],
      ),
    },
    {
      name: 'stream',
      effects: [],
      graph: graphOf({ start, llm, read: http('get', at('read')), end: end({ text: ['llm', 'text'], read: ['read', 'body'] }) }, [
        'start llm',
        'llm read',
        'read end',
      ]),
    },
    { name: 'pause', effects: ['before', 'after'], graph: pausing(at) },
    { name: 'pause over a restart', effects: ['before', 'after'], graph: pausing(at), diesAtPause: true },
  ]
}

/** Effects on both sides of a form, and text beside it. */
const pausing = (at: (name: string) => string): Dict =>
  graphOf(
    {
      start,
      before: http('post', at('before'), instead('cut off')),
      ask: {
        type: 'human-input',
        delivery_methods: [{ id: 'web', type: 'webapp', enabled: true, config: {} }],
        form_content: 'Go on? {{#$output.said#}}',
        inputs: [{ type: 'paragraph', output_variable_name: 'said' }],
        user_actions: [{ id: 'yes', title: 'Yes' }],
        timeout: 1,
        timeout_unit: 'hour',
      },
      llm,
      after: http('post', at('after'), instead('cut off')),
      end: end({ before: ['before', 'body'], after: ['after', 'body'], said: ['ask', 'said'], text: ['llm', 'text'] }),
    },
    ['start before', 'start llm', 'before ask', 'ask:yes after', 'after end', 'llm end'],
  )

function graphOf(nodes: Readonly<Record<string, Dict>>, edges: readonly string[]): Dict {
  return {
    nodes: Object.entries(nodes).map(([id, data]) => ({ id, type: 'custom', data: { title: id, ...data } })),
    edges: edges.map((edge) => {
      const [from = '', target = ''] = edge.split(' ')
      const [source = '', sourceHandle = 'source'] = from.split(':')
      return { source, sourceHandle, target }
    }),
  }
}
