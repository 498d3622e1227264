const NODES = 10

/** W1 as an app has it: start, ten trivial nodes in a row, end. Each hands on what the one before it had; the user's name comes out. */
export function rowOfNodes(): object {
  const names = ['start', ...Array.from({ length: NODES }, (_, place) => `node${place}`), 'end']
  return {
    nodes: names.map((id, place) => ({ id, type: 'custom', position: { x: 300 * place, y: 0 }, data: dataOf(names, place) })),
    edges: names.slice(1).map((target, place) => {
      const source = names[place] ?? ''
      return { id: `${source}-${target}`, type: 'custom', source, sourceHandle: 'source', target, targetHandle: 'target' }
    }),
    viewport: { x: 0, y: 0, zoom: 1 },
  }
}

function dataOf(names: readonly string[], place: number): object {
  const title = names[place] ?? ''
  const before = place === 1 ? ['sys', 'user_id'] : [names[place - 1], 'output']
  if (title === 'start') return { type: 'start', title, variables: [] }
  if (title === 'end') return { type: 'end', title, outputs: [{ variable: 'result', value_type: 'string', value_selector: before }] }
  return { type: 'variable-aggregator', title, output_type: 'string', variables: [before] }
}
