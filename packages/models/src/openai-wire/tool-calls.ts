import type { ModelEvent } from '@trellis/spec'
import { asRecord } from './error.ts'

interface OpenCall {
  /** The provider's own numbering, which not all keep. */
  readonly wireIndex: number | undefined
  id: string
  name: string
  arguments: string
}

export interface ToolCalls {
  /** Adds fragments; emits what they add to a call's arguments. `isWhole`: each entry is a call of its own. */
  add(fragments: readonly unknown[], events: ModelEvent[], isWhole: boolean): void
  /** Emits the whole calls; tells whether there were any. */
  complete(events: ModelEvent[]): boolean
}

/** Puts tool calls together from their fragments. Providers may leave out index or id, or give all calls the same index. */
export function createToolCalls(newCallId: () => string): ToolCalls {
  const calls: OpenCall[] = []

  function findCall(fragment: { readonly index: number | undefined; readonly id: string; readonly name: string }): number {
    const { index, id, name } = fragment
    for (let position = calls.length - 1; position >= 0; position--) {
      const call = calls[position]
      if (call === undefined || (index !== undefined && call.wireIndex !== index)) continue
      // Another id at the same index, with a name of its own, is another call.
      if (id !== '' && call.id !== id && name !== '') continue
      return position
    }
    return -1
  }

  function addFragment(value: unknown, events: ModelEvent[], isWhole: boolean): void {
    const fragment = asRecord(value)
    const told = asRecord(fragment.function)
    const index = typeof fragment.index === 'number' ? fragment.index : undefined
    const id = typeof fragment.id === 'string' ? fragment.id : ''
    const name = typeof told.name === 'string' ? told.name : ''
    const added = toArguments(told.arguments)
    // Without index and id only a name can begin a call: such providers send each call in one piece.
    const isNew = isWhole || (index === undefined && id === '' && name !== '')
    let position = isNew ? -1 : findCall({ index, id, name })
    if (position === -1) {
      position = calls.length
      calls.push({ wireIndex: index, id: id === '' ? newCallId() : id, name: '', arguments: '' })
    }
    const call = calls[position]
    if (call === undefined) return
    if (call.name === '') call.name = name
    if (added === '') return
    call.arguments += added
    if (call.name !== '') events.push({ type: 'tool-call-delta', index: position, id: call.id, name: call.name, argumentsDelta: added })
  }

  return {
    add(fragments, events, isWhole) {
      for (const fragment of fragments) addFragment(fragment, events, isWhole)
    },
    complete(events) {
      const named = calls.filter((call) => call.name !== '')
      for (const { id, name, arguments: text } of named) {
        events.push({ type: 'tool-call', call: { id, name, arguments: text === '' ? '{}' : text } })
      }
      return named.length > 0
    },
  }
}

/** JSON text by the wire's rules; some servers send the object itself. */
function toArguments(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : ''
}
