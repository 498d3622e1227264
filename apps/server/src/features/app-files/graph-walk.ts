import { type Dict, getKey, isDict, isList, type Value } from '@trellis/values'
import { dictOf, textOf } from './app-file.ts'

/** A graph whose nodes' `data` are changed by their type; all else stays as it is. */
export function mapNodeData(graph: Dict, change: (type: string, data: Dict) => Dict): Dict {
  const nodes = getKey(graph, 'nodes') ?? null
  if (!isList(nodes)) return graph
  return {
    ...graph,
    nodes: nodes.map((node) => {
      const data = isDict(node) ? (getKey(node, 'data') ?? null) : null
      return isDict(node) && isDict(data) ? { ...node, data: change(textOf(data, 'type'), data) } : node
    }),
  }
}

/** Every dict of a value, itself included, changed from the inside out. */
export function mapDicts(value: Value, change: (dict: Dict) => Dict): Value {
  if (isList(value)) return value.map((item) => mapDicts(item, change))
  if (!isDict(value)) return value
  return change(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapDicts(item, change)])))
}

/** Tools within the parameters of an agent node. */
export function mapAgentTools(data: Dict, change: (tool: Dict) => Dict): Dict {
  const parameters = dictOf(data, 'agent_parameters')
  const tools = dictOf(parameters, 'tools')
  const list = getKey(tools, 'value') ?? null
  if (!isList(list)) return data
  const value = list.map((tool) => (isDict(tool) ? change(tool) : tool))
  return { ...data, agent_parameters: { ...parameters, tools: { ...tools, value } } }
}
