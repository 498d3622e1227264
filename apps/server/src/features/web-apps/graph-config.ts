import type { InputFormItem } from '@trellis/contracts'
import { inputFormItemSchema } from '@trellis/contracts'
import { type Dict, getKey, isDict, isList, toPlain, type Value } from '@trellis/values'
import type { RunnableWorkflow } from '../workflows/index.ts'
import type { ParameterSource } from './app-parameters.ts'

/** What callers of a workflow or chatflow must know: its features, and the form of its start node. */
export function toGraphConfig({ graph, features }: Pick<RunnableWorkflow, 'graph' | 'features'>): ParameterSource {
  // Plain JSON of an object is one.
  const sections = toPlain(features) as Readonly<Record<string, unknown>>
  const { opening_statement: opening, suggested_questions: questions, file_upload: upload } = sections
  return {
    ...sections,
    opening_statement: typeof opening === 'string' ? opening : '',
    suggested_questions: Array.isArray(questions) ? questions.filter((question) => typeof question === 'string') : [],
    // Checked when the draft was saved.
    file_upload: typeof upload === 'object' && upload !== null ? (upload as Record<string, unknown>) : undefined,
    user_input_form: startFields(graph).flatMap((field) => toFormItem(field) ?? []),
  }
}

function startFields(graph: Dict): readonly Dict[] {
  const start = dictsAt(graph, 'nodes')
    .map((node) => getKey(node, 'data') ?? null)
    .find((data): data is Dict => isDict(data) && getKey(data, 'type') === 'start')
  return start ? dictsAt(start, 'variables') : []
}

function dictsAt(dict: Dict, key: string): readonly Dict[] {
  const value: Value = getKey(dict, key) ?? null
  return isList(value) ? value.filter((item): item is Dict => isDict(item)) : []
}

/** Undefined for a field of a kind that no form has. */
function toFormItem(field: Dict): InputFormItem | undefined {
  const { type, ...rest } = field
  const control = typeof type === 'string' && type !== '' ? type : 'text-input'
  return inputFormItemSchema.safeParse({ [control]: toPlain(rest) }).data
}
