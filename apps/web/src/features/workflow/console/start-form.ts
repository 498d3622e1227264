import type { FormItem } from '../../../api/types/apps.ts'
import { type FormVariable, parseForm } from '../../app/user-input-form.ts'

/** The variables of a graph's start node, as forms show them. */
export function readStartForm(graph: Readonly<Record<string, unknown>>): FormVariable[] {
  const start = listAt(graph, 'nodes')
    .map((node) => node['data'])
    .filter(isObject)
    .find((data) => data['type'] === 'start')
  const items = (start ? listAt(start, 'variables') : []).map(({ type, ...field }) => ({ [String(type ?? 'text-input')]: field }))
  // Fields of a start node are those of a form's items; what a control does not know it carries along.
  return parseForm(items as unknown as readonly FormItem[])
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

function listAt(value: Readonly<Record<string, unknown>>, key: string): readonly Readonly<Record<string, unknown>>[] {
  const list = value[key]
  return Array.isArray(list) ? list.filter(isObject) : []
}
