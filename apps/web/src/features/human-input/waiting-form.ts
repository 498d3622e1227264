import { type ControlType, type FormVariable, parseForm } from '../app/user-input-form.ts'

export interface FormAction {
  readonly id: string
  readonly title: string
  readonly style: 'primary' | 'default' | 'accent' | 'ghost'
}

/** What somebody is asked: a text with places for inputs, and the buttons that answer it. */
export interface FormContent {
  readonly content: string
  readonly fields: readonly FormVariable[]
  readonly actions: readonly FormAction[]
  /** Unix seconds; null where it never ends. */
  readonly expiresAt: number | null
}

/** A form that a run waits for. */
export interface WaitingForm extends FormContent {
  readonly id: string
  readonly nodeId: string
  readonly title: string
  /** Null where somebody else is asked. */
  readonly token: string | null
}

/** Reads the data of `human_input_required`, and the same of message history. */
export function readWaitingForm(data: Readonly<Record<string, unknown>>): WaitingForm {
  return {
    ...readFormContent(data),
    id: textOf(data['form_id']),
    nodeId: textOf(data['node_id']),
    title: textOf(data['node_title']),
    token: textOf(data['form_token']) || null,
  }
}

/** Reads a form as its own route answers it, where the buttons are called `user_actions`. */
export function readFormContent(data: Readonly<Record<string, unknown>>): FormContent {
  const defaults = isRecord(data['resolved_default_values']) ? data['resolved_default_values'] : {}
  const expiresAt = data['expiration_time']
  return {
    content: textOf(data['form_content']),
    fields: parseForm(recordsOf(data['inputs']).map((input) => toItem(input, defaults))),
    actions: recordsOf(data['actions'] ?? data['user_actions']).map(toAction),
    expiresAt: typeof expiresAt === 'number' ? expiresAt : null,
  }
}

/** What is sent: the server wants every declared text and list, be it empty. */
export function toAnswer({ fields }: FormContent, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const empty = fields.flatMap(({ type, variable }) =>
    type === 'paragraph' ? [[variable, '']] : type === 'file-list' ? [[variable, []]] : [],
  )
  return { ...Object.fromEntries(empty), ...inputs }
}

/** A field as the forms of apps have it: named by its output, which is all that it is called. */
function toItem(input: Readonly<Record<string, unknown>>, defaults: Readonly<Record<string, unknown>>) {
  const name = textOf(input['output_variable_name'])
  const constant = isRecord(input['default']) && input['default']['type'] === 'constant' ? input['default']['value'] : undefined
  const options = isRecord(input['option_source']) ? input['option_source']['value'] : undefined
  const field = {
    ...input,
    variable: name,
    label: name,
    required: input['type'] === 'select' || input['type'] === 'file',
    default: defaults[name] ?? constant,
    options: Array.isArray(options) ? options.filter((option): option is string => typeof option === 'string') : [],
    max_length: Number(input['number_limits'] ?? 0) || undefined,
  }
  return { [controlOf(input['type'])]: field }
}

function controlOf(type: unknown): ControlType {
  return type === 'select' || type === 'file' || type === 'file-list' ? type : 'paragraph'
}

const styles: readonly FormAction['style'][] = ['primary', 'default', 'accent', 'ghost']

function toAction(action: Readonly<Record<string, unknown>>): FormAction {
  const style = styles.find((known) => known === action['button_style']) ?? 'default'
  return { id: textOf(action['id']), title: textOf(action['title']), style }
}

export type FormPart = { readonly text: string } | { readonly field: FormVariable }

/** The text with the fields in their places; those without a place follow at the end. */
export function splitContent({ content, fields }: FormContent): FormPart[] {
  const parts: FormPart[] = []
  const placed = new Set<FormVariable>()
  for (const [index, piece] of content.split(/\{\{#\$output\.([\w-]+)#\}\}/u).entries()) {
    // Every other piece is the name of an output.
    const field = index % 2 === 1 ? fields.find(({ variable }) => variable === piece) : undefined
    if (field && !placed.has(field)) {
      placed.add(field)
      parts.push({ field })
    } else if (index % 2 === 0 && piece.trim() !== '') parts.push({ text: piece })
  }
  return [...parts, ...fields.filter((field) => !placed.has(field)).map((field) => ({ field }))]
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const recordsOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] => (Array.isArray(value) ? value.filter(isRecord) : [])

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
