import { AppError } from '../../../../packages/contracts/src/index.ts'
import type { ToolMessage, ToolService } from '../../../../packages/spec/src/index.ts'
import type { ToolMessage as GivenMessage, ToolFake } from '../case.ts'
import type { Replies } from './replies.ts'
import { decode } from './values.ts'

/** Any tool: it answers what the case says for the node. */
export function fakeTools(replies: Replies, nodeId: string): ToolService {
  return {
    async describe() {
      const names = replies.of<ToolFake>(nodeId)?.parameters ?? []
      return { parameters: names.map((name) => ({ name, type: 'string', isRequired: false })), info: {} }
    },
    async *call() {
      const reply = replies.next<ToolFake>(nodeId)
      if ('error' in reply) throw new AppError('invalid_param', { message: reply.error.message })
      for (const message of reply.messages) yield toMessage(message)
    },
  }
}

function toMessage(message: GivenMessage): ToolMessage {
  switch (message.type) {
    case 'text':
      return { type: 'text', text: message.text }
    case 'link':
      return { type: 'link', url: message.text }
    case 'json':
      return { type: 'json', json: decode(message.json) }
    case 'variable':
      return { type: 'variable', name: message.name, value: decode(message.value), isStream: message.stream ?? false }
  }
}
