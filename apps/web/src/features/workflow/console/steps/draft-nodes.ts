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

/** In the order of the run, not of the file, which keeps the order in which the nodes were drawn. */
export function readDraftNodes(graph: Readonly<Record<string, unknown>>): DraftNode[] {
  return inRunOrder(records(graph['nodes']), records(graph['edges'])).flatMap((node) => {
    const data = isRecord(node['data']) ? node['data'] : {}
    const type = String(data['type'] ?? '')
    if (silentTypes.includes(type) || node['type'] === 'custom-note') return []
    return [{ id: String(node['id'] ?? ''), type, title: String(data['title'] || type), isInner: typeof node['parentId'] === 'string' }]
  })
}

/** Each after those that lead to it, and what stands in a container right behind it; else as they come. */
function inRunOrder(nodes: readonly GraphRecord[], edges: readonly GraphRecord[]): GraphRecord[] {
  const waiting = new Set(nodes)
  const byId = new Map(nodes.map((node) => [node['id'], node]))
  const before = Map.groupBy(edges, (edge) => edge['target'])
  const isReady = (node: GraphRecord) =>
    [node['parentId'], ...(before.get(node['id']) ?? []).map((edge) => edge['source'])].every((id) => !waitsFor(id))
  const waitsFor = (id: unknown) => {
    const earlier = byId.get(id)
    return earlier !== undefined && waiting.has(earlier)
  }
  const ordered: GraphRecord[] = []
  while (waiting.size > 0) {
    const ready = [...waiting].filter(isReady)
    // In a circle, which no run would take, none is ready.
    const next = ready.find((node) => typeof node['parentId'] === 'string') ?? ready[0] ?? [...waiting][0]
    if (next === undefined) break
    waiting.delete(next)
    ordered.push(next)
  }
  return ordered
}

type GraphRecord = Readonly<Record<string, unknown>>

const records = (value: unknown): GraphRecord[] => (Array.isArray(value) ? value.filter(isRecord) : [])

const isRecord = (value: unknown): value is GraphRecord => typeof value === 'object' && value !== null
