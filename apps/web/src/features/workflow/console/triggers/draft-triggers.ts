/** A node of a draft that starts runs by itself. */
export interface DraftTrigger {
  readonly id: string
  readonly type: 'trigger-webhook' | 'trigger-schedule' | 'trigger-plugin'
  readonly title: string
}

const types: readonly DraftTrigger['type'][] = ['trigger-webhook', 'trigger-schedule', 'trigger-plugin']

/** What a draft can be tried by; graphs are read as far as they are graphs. */
export function readDraftTriggers(graph: Readonly<Record<string, unknown>>): DraftTrigger[] {
  const nodes = Array.isArray(graph['nodes']) ? graph['nodes'].filter(isRecord) : []
  return nodes.flatMap(({ id, data }) => {
    const type = isRecord(data) ? types.find((known) => known === data['type']) : undefined
    if (type === undefined || typeof id !== 'string' || !isRecord(data)) return []
    return [{ id, type, title: String(data['title'] || id) }]
  })
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
