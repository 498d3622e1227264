import { type RetrieverResource, type RunEvent, retrieverResourceSchema, type Usage } from '@trellis/contracts'

/** Gathers from a chatflow's events what its answer rests on: the sources that nodes found, and what models thought. */
export class SourceGatherer {
  #found: Readonly<Record<string, unknown>>[] = []
  readonly #reasoning = new Map<string, string>()
  /** Nodes that have begun and are not done: what they thought is taken back where they begin again. */
  readonly #open = new Map<string, string>()

  add(event: RunEvent): void {
    if (event.type === 'retriever-resources') this.#found.push(...event.resources)
    else if (event.type === 'reasoning-delta' && event.nodeId !== undefined) {
      this.#reasoning.set(event.nodeId, (this.#reasoning.get(event.nodeId) ?? '') + event.text)
    } else if (event.type === 'node-start') this.#open.set(event.executionId, event.nodeId)
    else if (event.type === 'node-end') this.#open.delete(event.executionId)
    else if (event.type === 'node-retry') this.#reasoning.delete(event.nodeId)
  }

  /** Forgets what belongs to nodes that will be executed again. */
  forgetOpen(): void {
    for (const nodeId of this.#open.values()) this.#reasoning.delete(nodeId)
  }

  get reasoning(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#reasoning].filter(([, text]) => text !== ''))
  }

  /** One for each document, counted from 1. */
  get resources(): readonly RetrieverResource[] {
    const byDocument = new Map<string, RetrieverResource>()
    for (const found of this.#found) {
      const { data } = retrieverResourceSchema.safeParse({ ...found, position: byDocument.size + 1 })
      if (!data) continue
      const key = JSON.stringify([data.dataset_id, data.document_id])
      if (!byDocument.has(key)) byDocument.set(key, data)
    }
    return [...byDocument.values()]
  }
}

/** Of an answer for which no model was asked. */
export const noUsage: Usage = {
  promptTokens: 0,
  completionTokens: 0,
  totalTokens: 0,
  promptPriceNano: 0,
  completionPriceNano: 0,
  totalPriceNano: 0,
  promptUnitPriceNano: 0,
  completionUnitPriceNano: 0,
  priceUnitTokens: 1_000_000,
  currency: 'USD',
  latencyMs: 0,
  firstTokenMs: null,
}
