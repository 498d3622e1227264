import type { AgentLog, NodeChunk, ToolMessage } from '@trellis/spec'
import { isTruthy, type Value } from '@trellis/values'
import { type FileValue, Variable } from '@trellis/variables'

/** What a tool or an agent said, put together. */
export interface CollectedMessages {
  readonly text: string
  readonly files: Variable
  readonly json: readonly Value[]
  readonly variables: Readonly<Record<string, Value>>
  /** The last of each id, in the order in which they came. */
  readonly logs: readonly AgentLog[]
}

/** A message that makes no sense. */
export class ToolMessageError extends Error {
  override readonly name = 'ToolMessageError'
}

/**
 * Reads messages to their end, and tells texts as they come (workflow spec 2.19). Then every stream is closed: also those of variables
 * that came as a whole, of which readers therefore see nothing.
 * @throws ToolMessageError; what the messages' source throws
 */
export async function collectMessages(messages: AsyncIterable<ToolMessage>, emit: (chunk: NodeChunk) => void): Promise<CollectedMessages> {
  const collected = new Collected(emit)
  for await (const message of messages) collected.add(message)
  return collected.close()
}

class Collected {
  private readonly emit: (chunk: NodeChunk) => void
  private text = ''
  private readonly files: FileValue[] = []
  private readonly json: Value[] = []
  private readonly variables = new Map<string, Value>()
  private readonly logs = new Map<string, AgentLog>()

  constructor(emit: (chunk: NodeChunk) => void) {
    this.emit = emit
  }

  add(message: ToolMessage): void {
    switch (message.type) {
      case 'text':
        this.say(message.text)
        break
      case 'link':
        if (message.file) this.files.push(message.file)
        this.say(`${message.file ? 'File' : 'Link'}: ${message.url}\n`)
        break
      case 'json':
        if (isTruthy(message.json)) this.json.push(message.json)
        break
      case 'file':
        this.files.push(message.file)
        break
      case 'variable':
        if (message.isStream) this.extend(message.name, message.value)
        else this.variables.set(message.name, message.value)
        break
      case 'log':
        this.logs.set(message.log.id, message.log)
        break
    }
  }

  close(): CollectedMessages {
    this.emit({ type: 'text-end', name: 'text' })
    for (const name of this.variables.keys()) this.emit({ type: 'text-end', name })
    return {
      text: this.text,
      files: new Variable(this.files, 'array[file]'),
      json: this.json,
      variables: Object.fromEntries(this.variables),
      logs: [...this.logs.values()],
    }
  }

  private say(text: string): void {
    this.text += text
    this.emit({ type: 'text-delta', name: 'text', text })
  }

  private extend(name: string, value: Value): void {
    if (typeof value !== 'string') throw new ToolMessageError(`The variable "${name}" is streamed, and a piece of it is not a text.`)
    const before = this.variables.get(name)
    this.variables.set(name, (typeof before === 'string' ? before : '') + value)
    this.emit({ type: 'text-delta', name, text: value })
  }
}

/** Dify's word for nothing. */
export const jsonOutput = (json: readonly Value[]): readonly Value[] => (json.length > 0 ? json : [{ data: [] }])
