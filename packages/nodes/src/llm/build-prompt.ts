import type { ModelMessage, NodeContext, NodeModel } from '@trellis/spec'
import { type FileValue, filesInTemplate, parseTemplate, renderTemplate, type Template } from '@trellis/variables'
import { attachFiles, type DraftMessage, finishMessages, textDraft } from '../model-call/draft-message.ts'
import { type PartOptions, toParts } from '../model-call/file-parts.ts'
import { leftTokens, toHistoryText } from '../model-call/memory.ts'
import type { ModelParameters } from '../model-call/model-parameters.ts'
import { NodeError } from '../model-call/node-error.ts'
import type { LlmConfig, PromptMessage, PromptText } from './config.ts'
import type { PromptContext } from './read-context.ts'
import { renderJinja } from './render-jinja.ts'

export interface PromptSource {
  readonly node: NodeContext<LlmConfig>
  readonly model: NodeModel
  readonly parameters: ModelParameters['parameters']
  readonly context: PromptContext
  /** Files of the vision setting. */
  readonly files: readonly FileValue[]
}

/** The messages, in the order that existing apps depend on (workflow spec 2.6). */
export async function buildPrompt(source: PromptSource): Promise<readonly ModelMessage[]> {
  const { node, model, context, files } = source
  const { prompt, vision } = node.config
  const drafts = 'pieces' in prompt ? [await buildCompletion(source, prompt)] : await buildChat(source, prompt)
  const withFiles = attachFiles(drafts, await toParts(files, partOptions(source)))
  const contextFiles = vision.isEnabled ? await toParts(context.files, partOptions(source)) : []
  return finishMessages(attachFiles(withFiles, contextFiles), model.entry)
}

const partOptions = ({ node, model }: PromptSource): PartOptions => ({
  files: node.services.files,
  entry: model.entry,
  detail: node.config.vision.detail,
  signal: node.signal,
})

async function buildChat(source: PromptSource, messages: readonly PromptMessage[]): Promise<readonly DraftMessage[]> {
  const written = await Promise.all(messages.map((message) => buildMessage(source, message)))
  return [...written.flat(), ...(await readHistory(source)), ...(await buildQuery(source))]
}

async function buildMessage(source: PromptSource, message: PromptMessage): Promise<readonly DraftMessage[]> {
  const { role } = message
  if (message.isJinja) return [textDraft(role, renderText(source, message))]
  const files = message.pieces.flatMap((piece) => filesInTemplate(piece, source.node.variables))
  return toDrafts(source, role, renderText(source, message), files)
}

/** Files that a message names make one of their own behind it. */
async function toDrafts(
  source: PromptSource,
  role: DraftMessage['role'],
  text: string,
  files: readonly FileValue[],
): Promise<readonly DraftMessage[]> {
  const parts = await toParts(files, partOptions(source))
  return [...(text === '' ? [] : [textDraft(role, text)]), ...(parts.length === 0 ? [] : [{ role, content: parts }])]
}

/** The context is put in when the variables are resolved: what a document says is never read as a template. */
function renderText({ node, context }: PromptSource, text: PromptText): string {
  if (!text.isJinja) return text.pieces.map((piece) => render(piece, node)).join(context.text)
  const values = node.config.jinjaVariables.map(({ variable, value_selector }) => {
    return [variable, node.variables.get(value_selector)?.value ?? ''] as const
  })
  return renderJinja(text.source, Object.fromEntries(values))
}

const render = (template: Template, { variables }: NodeContext<LlmConfig>): string => renderTemplate(template, variables, 'text')

async function readHistory({ node, model, parameters }: PromptSource): Promise<readonly DraftMessage[]> {
  const { memory } = node.config
  if (!memory || node.run.conversationId === undefined) return []
  const history = await node.services.memory.history({
    model,
    maxTokens: leftTokens(model, parameters, 0),
    messageLimit: memory.window?.enabled ? (memory.window.size ?? undefined) : undefined,
  })
  return history.flatMap((message) => (message.role === 'tool' ? [] : [message]))
}

/** What the user asks now; said only where the node has a memory. */
function queryOf({ config, variables }: NodeContext<LlmConfig>): { readonly text: string; readonly files: readonly FileValue[] } {
  if (!config.memory) return { text: '', files: [] }
  const template = parseTemplate(config.memory.query_prompt_template)
  if (template.length > 0) return { text: renderTemplate(template, variables, 'text'), files: filesInTemplate(template, variables) }
  // As it was said: a question is no template, or its author could read the app's secrets.
  const query = variables.get(['sys', 'query'])?.value
  return { text: typeof query === 'string' ? query : '', files: [] }
}

function buildQuery(source: PromptSource): Promise<readonly DraftMessage[]> {
  const { text, files } = queryOf(source.node)
  return toDrafts(source, 'user', text, files)
}

/** One text: history in its place or in front, and the query before that. */
async function buildCompletion(source: PromptSource, prompt: PromptText): Promise<DraftMessage> {
  const text = renderText(source, prompt)
  const history = await readHistoryText(source)
  const withHistory = text.includes('#histories#') ? text.replaceAll('#histories#', () => history) : `${history}\n${text}`
  const query = queryOf(source.node).text
  return textDraft('user', query === '' ? withHistory : `${query}\n${withHistory}`)
}

async function readHistoryText(source: PromptSource): Promise<string> {
  const { config, run } = source.node
  if (!config.memory || run.conversationId === undefined) return ''
  if (!config.memory.role_prefix)
    throw new NodeError(
      'MemoryRolePrefixRequiredError',
      'Memory of a completion model needs the names of user and assistant: set role_prefix.',
    )
  return toHistoryText(await readHistory(source), config.memory.role_prefix)
}
