const http = (method: string, url: string, more: object = {}) => ({
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

/**
 * A graph with what a crash may hit: branches side by side, effects that may be repeated and such that may not, an iteration, code,
 * an error branch that makes good what was interrupted.
 */
export function soakGraph(effectUrl: string): object {
  const nodes: Readonly<Record<string, object>> = {
    start: { type: 'start', variables: [{ variable: 'key', label: 'key', type: 'text-input', required: true }] },
    read: http('get', `${effectUrl}/{{#start.key#}}/read`),
    write: http('post', `${effectUrl}/{{#start.key#}}/write`, {
      error_strategy: 'default-value',
      default_value: [{ key: 'body', type: 'string', value: 'interrupted' }],
    }),
    list: {
      type: 'code',
      code_language: 'javascript',
      code: 'function main() { return { items: [1, 2, 3] } }',
      variables: [],
      outputs: { items: { type: 'array[number]' } },
    },
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
    send: { ...http('post', `${effectUrl}/{{#start.key#}}/send/{{#each.item#}}`), iteration_id: 'each' },
    last: http('get', `${effectUrl}/{{#start.key#}}/last`),
    end: {
      type: 'end',
      outputs: [
        { variable: 'read', value_selector: ['read', 'body'] },
        { variable: 'write', value_selector: ['write', 'body'] },
        { variable: 'sent', value_selector: ['each', 'output'] },
        { variable: 'last', value_selector: ['last', 'body'] },
      ],
    },
  }
  const edges = [
    'start read',
    'start write',
    'start list',
    'list each',
    'eachstart send',
    'read last',
    'write last',
    'each last',
    'last end',
  ]
  return {
    nodes: Object.entries(nodes).map(([id, data]) => ({ id, type: 'custom', data: { title: id, ...data } })),
    edges: edges.map((edge) => {
      const [source, target] = edge.split(' ')
      return { source, target }
    }),
  }
}
