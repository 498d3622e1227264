import type { ModelCall, ToolCall, ToolDefinition } from '@trellis/spec'
import type { DemoConversation } from './conversation.ts'
import { fillSchema } from './fill-schema.ts'

/** The call of the tool that the person clearly named, or of the first one where a tool is required; undefined otherwise. */
export function toolCallFor(conversation: DemoConversation, call: ModelCall): ToolCall | undefined {
  const tools = call.tools ?? []
  if (tools.length === 0 || call.toolChoice === 'none' || conversation.toolResults.length > 0) return undefined
  const spoken = wordsOf(conversation.userText)
  const named = tools.find((tool) => spoken.includes(wordsOf(tool.name)))
  const chosen = named ?? (call.toolChoice === 'required' ? tools[0] : undefined)
  if (chosen === undefined) return undefined
  const earlier = call.messages.filter((message) => message.role === 'assistant').flatMap((message) => message.toolCalls ?? [])
  return { id: `demo-call-${earlier.length + 1}`, name: chosen.name, arguments: argumentsFor(chosen, conversation.userText) }
}

/** Lower case, with every name style (`get_weather`, `getWeather`, `get weather`) made the same, between spaces. */
function wordsOf(text: string): string {
  const apart = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return ` ${apart.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `
}

function argumentsFor(tool: ToolDefinition, userText: string): string {
  return JSON.stringify(fillSchema(tool.parameters, { subject: objectOf(userText.slice(-MOST_CHARACTERS), tool.name), mentions: userText }))
}

/** Whoever names a tool says what for in fewer words; patterns that look for a last word try a longer text for seconds. */
const MOST_CHARACTERS = 1_000

/** What the tool is to be used on: what stands in quotes, else what follows the last "in", "for", "of", "with" or "on". */
function objectOf(userText: string, toolName: string): string {
  const quoted = userText.match(/["“'‘「]([^"”'’」]+)["”'’」]/u)?.[1]
  if (quoted !== undefined) return quoted
  const withoutName = userText.replaceAll(toolName, ' ')
  const following = withoutName.match(/.*\b(?:in|for|of|with|on|about|to)\s+(.+?)[\s.?!。？！]*$/isu)?.[1]
  return (following ?? withoutName).replace(/\s+/g, ' ').trim()
}
