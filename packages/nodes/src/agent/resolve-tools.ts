import { type Dict, getKey, isDict, isList, isTruthy, type Value } from '@trellis/values'
import { selectorOf, toParameterInput } from '../tool-messages/parameter-input.ts'

/** Tools as a strategy takes them: the enabled ones, each parameter fixed or left to the model, settings as plain values. */
export function resolveTools(value: Value, read: (selector: readonly string[]) => Value): readonly Dict[] {
  const tools = isList(value) ? value.filter((tool): tool is Dict => tool !== null && isDict(tool)) : []
  return tools.filter((tool) => isTruthy(getKey(tool, 'enabled') ?? false)).map((tool) => resolveTool(tool, read))
}

function resolveTool(tool: Dict, read: (selector: readonly string[]) => Value): Dict {
  const { schemas: _, ...rest } = tool
  return {
    ...rest,
    parameters: mapDict(tool['parameters'], (entry) => fixedValue(entry, read)),
    settings: mapDict(tool['settings'], bareValue),
  }
}

/** Null: the model fills it in. */
function fixedValue(entry: Value, read: (selector: readonly string[]) => Value): Value {
  if (entry === null || !isDict(entry)) return null
  const auto = getKey(entry, 'auto') ?? 1
  if (isTruthy(auto)) return null
  const input = toParameterInput(getKey(entry, 'value'))
  if (!input) return bareValue(getKey(entry, 'value') ?? null)
  return input.type === 'variable' ? read(selectorOf(input)) : input.value
}

const bareValue = (entry: Value): Value => (entry !== null && isDict(entry) ? (getKey(entry, 'value') ?? null) : entry)

function mapDict(dict: Value | undefined, map: (entry: Value) => Value): Dict {
  if (dict === undefined || dict === null || !isDict(dict)) return {}
  return Object.fromEntries(Object.entries(dict).map(([name, entry]) => [name, map(entry)]))
}
