import type { CredentialField, LocalizedText } from '@trellis/spec'

type FieldOptions = Partial<Pick<CredentialField, 'required' | 'default' | 'placeholder' | 'help' | 'show_on'>>

const field = (type: CredentialField['type'], variable: string, label: LocalizedText, options: FieldOptions): CredentialField => ({
  variable,
  label,
  type,
  required: false,
  show_on: [],
  ...options,
})

export const secretField = (
  variable: string,
  options: FieldOptions = {},
  label: LocalizedText = { en_US: 'API key', zh_Hans: 'API 密钥' },
) => field('secret-input', variable, label, options)

export const textField = (variable: string, label: LocalizedText, options: FieldOptions = {}) =>
  field('text-input', variable, label, options)

export const urlField = (variable: string, example: string, options: FieldOptions = {}) =>
  textField(variable, { en_US: 'Address', zh_Hans: '地址' }, { placeholder: { en_US: example }, ...options })

export const selectField = (
  variable: string,
  label: LocalizedText,
  values: readonly (readonly [value: string, label: LocalizedText])[],
  options: FieldOptions = {},
): CredentialField => ({
  ...field('select', variable, label, options),
  options: values.map(([value, text]) => ({ value, label: text, show_on: [] })),
})

/** Yes and no in the words that each field has for them. */
export const choiceField = (
  variable: string,
  label: LocalizedText,
  words: { readonly yes: string; readonly no: string },
  options: FieldOptions = {},
) =>
  selectField(
    variable,
    label,
    [
      [words.yes, { en_US: 'Yes', zh_Hans: '是' }],
      [words.no, { en_US: 'No', zh_Hans: '否' }],
    ],
    { default: words.no, ...options },
  )

/** Forms of custom models know the type of the model under this name. */
export const forType = (type: string) => ({ show_on: [{ variable: '__model_type', value: type }] })

export const modeField = selectField(
  'mode',
  { en_US: 'Completion mode', zh_Hans: '调用方式' },
  [
    ['chat', { en_US: 'Chat', zh_Hans: '对话' }],
    ['completion', { en_US: 'Completion', zh_Hans: '补全' }],
  ],
  { default: 'chat', ...forType('llm') },
)

/** What Dify's forms begin with. Nobody knows what a model takes that was added by hand; most take far more today. */
const GUESSED_TOKENS = '4096'

export const contextSizeField = textField(
  'context_size',
  { en_US: 'Context size (tokens)', zh_Hans: '上下文长度（token 数）' },
  {
    default: GUESSED_TOKENS,
    help: {
      en_US: `It begins with ${GUESSED_TOKENS}, a guess: enter the model’s real limit. What does not fit is cut off, earlier messages first.`,
      zh_Hans: `默认为 ${GUESSED_TOKENS}，仅供参考：请填写模型实际支持的长度。超出的内容会被截断，先舍弃较早的消息。`,
    },
  },
)

export const maxTokensField = (variable: string) =>
  textField(
    variable,
    { en_US: 'Longest answer (tokens)', zh_Hans: '回答长度上限（token 数）' },
    {
      default: GUESSED_TOKENS,
      help: {
        en_US: `${GUESSED_TOKENS} is only a guess, too: apps cannot ask for longer answers than this.`,
        zh_Hans: `${GUESSED_TOKENS} 同样只是默认值：应用无法要求比这更长的回答。`,
      },
      ...forType('llm'),
    },
  )

export const toolCallField = (values: readonly string[]) =>
  selectField(
    'function_calling_type',
    { en_US: 'Tool calling', zh_Hans: '工具调用' },
    values.map((value) => [value, TOOL_CALL_LABELS[value] ?? { en_US: value }] as const),
    { default: 'no_call', ...forType('llm') },
  )

const TOOL_CALL_LABELS: Readonly<Record<string, LocalizedText>> = {
  no_call: { en_US: 'Not supported', zh_Hans: '不支持' },
  tool_call: { en_US: 'Tool call', zh_Hans: '工具调用' },
  function_call: { en_US: 'Function call', zh_Hans: '函数调用' },
}

export const SUPPORT = { yes: 'support', no: 'no_support' }
export const SUPPORTED = { yes: 'supported', no: 'not_supported' }
export const TRUE_FALSE = { yes: 'true', no: 'false' }

export const visionField = (words: { readonly yes: string; readonly no: string }) =>
  choiceField('vision_support', { en_US: 'Sees images', zh_Hans: '支持图像' }, words, forType('llm'))
