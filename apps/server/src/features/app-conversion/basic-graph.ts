import type { BasicConfig } from '../turns/index.ts'

/** A block of a graph: its id and its data. */
export interface Block {
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
}

/** How a text model is told who speaks. */
const SPEAKERS = { user: 'Human', assistant: 'Assistant' }
const QUERY = '{{#sys.query#}}'

/** The steps that a basic app takes, as nodes in a row: its form, its model, its answer. */
export function toBlocks(mode: 'chat' | 'completion', config: BasicConfig): readonly Block[] {
  const end =
    mode === 'chat'
      ? { id: 'answer', data: { type: 'answer', title: 'Answer', desc: '', variables: [], answer: '{{#llm.text#}}' } }
      : {
          id: 'end',
          data: { type: 'end', title: 'End', desc: '', outputs: [{ variable: 'result', value_selector: ['llm', 'text'] }] },
        }
  return [
    { id: 'start', data: { type: 'start', title: 'Start', desc: '', variables: config.user_input_form } },
    { id: 'llm', data: toModelStep(mode, config) },
    end,
  ]
}

function toModelStep(mode: 'chat' | 'completion', config: BasicConfig): Block['data'] {
  const { provider, name, completion_params } = config.model
  const modelMode = config.model.mode ?? 'chat'
  return {
    type: 'llm',
    title: 'LLM',
    desc: '',
    variables: [],
    model: { provider, name, mode: modelMode, completion_params },
    prompt_template: modelMode === 'chat' ? toMessages(mode, config) : { edition_type: 'basic', text: toText(mode, config) },
    context: { enabled: false, variable_selector: [] },
    vision: toVision(config),
    ...(mode === 'chat' ? { memory: toMemory(modelMode, config) } : {}),
  }
}

function toMessages(mode: 'chat' | 'completion', config: BasicConfig): readonly { readonly role: string; readonly text: string }[] {
  const bind = binderOf(config)
  // What a text app is told is the question itself.
  if (config.prompt_type === 'simple') return [{ role: mode === 'chat' ? 'system' : 'user', text: bind(config.pre_prompt) }]
  return (config.chat_prompt_config?.prompt ?? []).map(({ role, text }) => ({ role, text: bind(text) }))
}

function toText(mode: 'chat' | 'completion', config: BasicConfig): string {
  const bind = binderOf(config)
  if (config.prompt_type === 'advanced') return bind(config.completion_prompt_config?.prompt.text ?? '')
  const prompt = bind(config.pre_prompt)
  const { user, assistant } = SPEAKERS
  return mode === 'chat' ? `${prompt}\n\n{{#histories#}}\n\n${user}: ${QUERY}\n\n${assistant}: `.trimStart() : prompt
}

/** All that was said, as far as it fits: what basic apps remember. */
function toMemory(modelMode: 'chat' | 'completion', config: BasicConfig): object {
  const written = config.prompt_type === 'advanced' ? config.completion_prompt_config?.conversation_histories_role : undefined
  const roles = written ? { user: written.user_prefix, assistant: written.assistant_prefix } : SPEAKERS
  return {
    window: { enabled: false, size: 10 },
    query_prompt_template: `${QUERY}\n\n{{#sys.files#}}`,
    ...(modelMode === 'completion' ? { role_prefix: roles } : {}),
  }
}

function toVision({ file_upload }: BasicConfig): object {
  const image = file_upload?.['image']
  const isOn = typeof image === 'object' && image !== null && 'enabled' in image && image.enabled === true
  if (!isOn && file_upload?.['enabled'] !== true) return { enabled: false }
  const detail = isOn && 'detail' in image && image.detail === 'low' ? 'low' : 'high'
  return { enabled: true, configs: { detail, variable_selector: ['sys', 'files'] } }
}

/** Places for inputs become selectors of the start node's; what is no field of the form stays as it is written. */
function binderOf({ user_input_form }: BasicConfig): (text: string) => string {
  const names = new Set(user_input_form.map(({ variable }) => variable))
  return (text) =>
    text
      .replace(/\{\{\s*([a-zA-Z_]\w*)\s*\}\}/g, (whole, name: string) => (names.has(name) ? `{{#start.${name}#}}` : whole))
      .replaceAll('{{#query#}}', QUERY)
}
