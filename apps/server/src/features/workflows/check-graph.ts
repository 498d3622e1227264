import { AppError, type AppErrorOptions } from '@trellis/contracts'
import { compile, GraphError, type Plan } from '@trellis/engine'
import { findNodeType } from '@trellis/nodes'
import type { Dict } from '@trellis/values'
import { listNodeData, textOf } from './workflow-document.ts'

const triggerTypes: ReadonlySet<string> = new Set(['trigger-webhook', 'trigger-schedule', 'trigger-plugin'])

/**
 * What a draft must be to be stored (workflow spec 4.13): node types that this version does not know are stored, because a person may
 * import them now and replace them later.
 * @throws AppError `invalid_param`
 */
export function checkGraph(graph: Dict): void {
  const nodes = listNodeData(graph)
  const types = new Set(nodes.map(({ data }) => textOf(data, 'type')))
  const trigger = [...triggerTypes].find((type) => types.has(type))
  if (trigger !== undefined && types.has('start')) {
    const message = `a workflow begins with a start node or with triggers, not with both. Remove the start node or the ${trigger}.`
    throw refusal(message, { refusal: { reason: 'start_and_trigger', values: {} } })
  }
  for (const { id, data } of nodes) {
    checkId(id, data)
    if (textOf(data, 'type') === 'human-input') checkForm(id, data)
  }
}

/** What the tables that name nodes keep of an id. */
const MAX_ID_CHARACTERS = 255
const SHOWN_CHARACTERS = 40

function checkId(nodeId: string, data: Dict): void {
  // By characters, as databases count: one may be two of JavaScript's units.
  const characters = [...nodeId]
  if (characters.length <= MAX_ID_CHARACTERS) return
  const shown = `${characters.slice(0, SHOWN_CHARACTERS).join('')}…`
  const title = textOf(data, 'title')
  const node = title ? `"${title}" ("${shown}")` : `"${shown}"`
  throw refusal(
    `the id of node ${node} has ${characters.length} characters; at most ${MAX_ID_CHARACTERS} are allowed. Give the node a shorter id, where edges and variables name it too.`,
  )
}

function checkForm(nodeId: string, data: Dict): void {
  const parsed = findNodeType('human-input', '1')?.definition.config.safeParse(data)
  if (!parsed || parsed.success) return
  const [issue] = parsed.error.issues
  throw refusal(`the form of node "${textOf(data, 'title') || nodeId}" is not valid: ${issue?.path.join('.')}: ${issue?.message}.`)
}

/** What a graph must be to be published: able to run. @throws AppError `invalid_param` with the engine's words */
export function compileGraph(graph: Dict): Plan {
  try {
    return compile(graph, { find: findNodeType })
  } catch (error) {
    if (error instanceof GraphError) throw refusal(error.message, { cause: error })
    throw error
  }
}

const refusal = (message: string, told: Pick<AppErrorOptions, 'refusal' | 'cause'> = {}): AppError =>
  new AppError('invalid_param', { message: `graph: ${message}`, param: 'graph', ...told })
