import { AppError, type InputControl, type InputFormItem, type ModelConfig, type PublishObstacle } from '@trellis/contracts'

/** Form controls that the basic modes take (workflow spec 1.8). */
const acceptedControls: ReadonlySet<InputControl> = new Set([
  'text-input',
  'paragraph',
  'select',
  'number',
  'checkbox',
  'external_data_tool',
])

/** Letters, digits, underscores, Chinese characters and emoji; 1 to 100 of them, no digit first. */
const VARIABLE_NAME =
  /^(?!\d)(?:[A-Za-z0-9_\u4e00-\u9fa5]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\ufe0f\u200d]){1,100}$/u

/**
 * What a configuration must be before callers get it, as far as that can be told without its model.
 * @throws AppError `invalid_param` naming the section
 */
export function checkConfig(config: ModelConfig): void {
  checkForm(config.user_input_form)
  checkExternalData(config)
  checkPrompt(config)
  checkAvailability(config)
}

function checkForm(form: readonly InputFormItem[]): void {
  const seen = new Set<string>()
  for (const [index, item] of form.entries()) {
    const controls = Object.entries(item)
    const [control, field] = controls[0] ?? []
    if (controls.length !== 1 || !control || !field) {
      const told = `field ${index + 1} must have one key, its control, such as {"text-input": {...}}`
      refuse('user_input_form', told, { code: 'field_shape', values: { position: String(index + 1) } })
    }
    // The contract's record has no other keys than controls.
    if (!acceptedControls.has(control as InputControl)) {
      const told = `apps of this mode do not take the control "${control}". Use one of ${[...acceptedControls].join(', ')}`
      refuse('user_input_form', told, { code: 'field_control', values: { control } })
    }
    checkName('user_input_form', field.variable)
    if (seen.has(field.variable))
      refuse('user_input_form', `the variable "${field.variable}" stands twice in the form`, twice(field.variable))
    seen.add(field.variable)
  }
}

function checkName(section: string, variable: unknown): asserts variable is string {
  if (typeof variable === 'string' && VARIABLE_NAME.test(variable)) return
  const told = `"${variable}" is no name of a variable: use 1 to 100 letters, digits and underscores, and no digit first`
  refuse(section, told, { code: 'variable_name', values: { name: String(variable) } })
}

/** Tools that are switched on fill variables that nobody is asked for. Dify's editor keeps them in the form as well. */
function checkExternalData({ external_data_tools: tools, user_input_form: form }: ModelConfig): void {
  const asked = new Set(form.flatMap(({ external_data_tool: _tool, ...item }) => Object.values(item).map(({ variable }) => variable)))
  const seen = new Set<string>()
  for (const { variable } of tools.filter(isOn)) {
    checkName('external_data_tools', variable)
    if (asked.has(variable)) {
      const told = `the form asks for "${variable}" already: name one of them otherwise`
      refuse('external_data_tools', told, { code: 'variable_asked', values: { name: variable } })
    }
    if (seen.has(variable)) refuse('external_data_tools', `the variable "${variable}" stands twice`, twice(variable))
    seen.add(variable)
  }
}

const isOn = (section: { readonly enabled?: unknown }): boolean => section.enabled === true

function checkPrompt({ prompt_type, chat_prompt_config, completion_prompt_config }: ModelConfig): void {
  if (prompt_type === 'simple') return
  if (!chat_prompt_config.prompt?.length && !completion_prompt_config.prompt) {
    const told = 'an advanced prompt needs chat_prompt_config or completion_prompt_config'
    refuse('prompt_type', told, { code: 'prompt_missing', values: {} })
  }
}

/** Refused rather than ignored: a caller would believe that it works. */
function checkAvailability(config: ModelConfig): void {
  if (isOn(config.agent_mode)) refuseForNow('agent_mode', 'Agents', 'agents_later')
  if (countDatasets(config.dataset_configs) > 0) refuseForNow('dataset_configs', 'Knowledge', 'knowledge_later')
}

function countDatasets({ datasets }: Readonly<Record<string, unknown>>): number {
  if (typeof datasets !== 'object' || datasets === null || !('datasets' in datasets)) return 0
  return Array.isArray(datasets.datasets) ? datasets.datasets.length : 0
}

const refuseForNow = (section: string, what: string, code: PublishObstacle['code']): never =>
  refuse(section, `${what} for apps of this mode comes with a later version of Trellis. Switch it off to publish`, { code, values: {} })

const twice = (name: string): PublishObstacle => ({ code: 'variable_twice', values: { name } })

function refuse(section: string, message: string, obstacle: PublishObstacle): never {
  throw new AppError('invalid_param', { message: `${section}: ${message}.`, param: section, details: { obstacle } })
}
