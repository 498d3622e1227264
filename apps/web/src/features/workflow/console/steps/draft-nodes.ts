/** A node of a draft that can be tried. */
export interface DraftNode {
  readonly id: string
  readonly type: string
  readonly title: string
  /** It stands in a container, whose rounds give it its items. */
  readonly isInner: boolean
}

/** Beginnings of containers and notes do nothing by themselves. */
const silentTypes: readonly string[] = ['iteration-start', 'loop-start', 'loop-end', '']

export function readDraftNodes(graph: Readonly<Record<string, unknown>>): DraftNode[] {
  const nodes = graph['nodes']
  return (Array.isArray(nodes) ? nodes.filter(isRecord) : []).flatMap((node) => {
    const data = isRecord(node['data']) ? node['data'] : {}
    const type = String(data['type'] ?? '')
    if (silentTypes.includes(type) || node['type'] === 'custom-note') return []
    return [{ id: String(node['id'] ?? ''), type, title: String(data['title'] || type), isInner: typeof node['parentId'] === 'string' }]
  })
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
