import { AppError, type InputControl, type InputFormItem, type ModelConfig } from '@trellis/contracts'

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
  checkPrompt(config)
  checkAvailability(config)
}

function checkForm(form: readonly InputFormItem[]): void {
  const seen = new Set<string>()
  for (const [index, item] of form.entries()) {
    const controls = Object.entries(item)
    const [control, field] = controls[0] ?? []
    if (controls.length !== 1 || !control || !field) {
      refuse('user_input_form', `field ${index + 1} must have one key, its control, such as {"text-input": {...}}`)
    }
    // The contract's record has no other keys than controls.
    if (!acceptedControls.has(control as InputControl)) {
      refuse('user_input_form', `apps of this mode do not take the control "${control}". Use one of ${[...acceptedControls].join(', ')}`)
    }
    if (!VARIABLE_NAME.test(field.variable)) {
      refuse(
        'user_input_form',
        `"${field.variable}" is no name of a variable: use 1 to 100 letters, digits and underscores, and no digit first`,
      )
    }
    if (seen.has(field.variable)) refuse('user_input_form', `the variable "${field.variable}" stands twice in the form`)
    seen.add(field.variable)
  }
}

function checkPrompt({ prompt_type, chat_prompt_config, completion_prompt_config }: ModelConfig): void {
  if (prompt_type === 'simple') return
  if (!chat_prompt_config.prompt?.length && !completion_prompt_config.prompt) {
    refuse('prompt_type', 'an advanced prompt needs chat_prompt_config or completion_prompt_config')
  }
}

/** Refused rather than ignored: a caller would believe that it works. */
function checkAvailability(config: ModelConfig): void {
  const isOn = (section: { readonly enabled?: unknown }): boolean => section.enabled === true
  if (isOn(config.agent_mode)) refuseForNow('agent_mode', 'Agents')
  if (config.external_data_tools.some(isOn)) refuseForNow('external_data_tools', 'External data')
  if (countDatasets(config.dataset_configs) > 0) refuseForNow('dataset_configs', 'Knowledge')
}

function countDatasets({ datasets }: Readonly<Record<string, unknown>>): number {
  if (typeof datasets !== 'object' || datasets === null || !('datasets' in datasets)) return 0
  return Array.isArray(datasets.datasets) ? datasets.datasets.length : 0
}

const refuseForNow = (section: string, what: string): never =>
  refuse(section, `${what} for apps of this mode comes with a later version of Trellis. Switch it off to publish`)

function refuse(section: string, message: string): never {
  throw new AppError('invalid_param', { message: `${section}: ${message}.`, param: section })
}
