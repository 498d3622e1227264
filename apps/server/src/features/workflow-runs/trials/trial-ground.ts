import { AppError } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Dict, Value } from '@trellis/values'
import { type Selector, Variable } from '@trellis/variables'
import type { DraftVariables, PlacedVariable, VariableOwner } from '../../draft-variables/index.ts'
import type { RunnableWorkflow, RunnableWorkflows } from '../../workflows/index.ts'
import type { HeldVariable } from '../conversation-variables.ts'
import { findRoot } from '../launch-run.ts'
import { prepareInputs, type ResolveFiles, readStartFields } from '../start-inputs.ts'
import { assertPresent, listMentioned, listNeeded, overlay, readGiven } from './given-variables.ts'

export interface GroundDependencies {
  readonly workflows: RunnableWorkflows
  readonly draftVariables: Pick<DraftVariables, 'read'>
}

/** A part of a draft that somebody wants to run. */
export interface PartRequest {
  readonly app: AppsTable
  readonly accountId: string
  readonly nodeId: string
  /** What is to be run of the draft's graph; undefined where it has no such node. */
  readonly trim: (graph: Dict, nodeId: string) => Dict | undefined
  readonly inputs: Readonly<Record<string, Value>>
  /** Empty and undefined: what was asked last. */
  readonly query: string | undefined
  /** Undefined: what was attached last. */
  readonly files: readonly Value[] | undefined
  readonly resolveFiles: ResolveFiles
}

/** What a run of a part begins with: of the draft's variables what it needs, and over them what the caller gave. */
export interface TrialGround {
  readonly owner: VariableOwner
  readonly workflow: RunnableWorkflow
  readonly rootId: string
  readonly rootType: string
  /** Of a part that begins with the draft's start. */
  readonly inputs: Readonly<Record<string, Value>>
  readonly variables: readonly PlacedVariable[]
  readonly held: readonly HeldVariable[]
  readonly system: Readonly<Record<string, Value>>
}

/** @throws AppError `draft_workflow_not_exist`, `not_found` for no such node, `invalid_param` for what cannot run and for variables without a value */
export async function prepareGround({ workflows, draftVariables }: GroundDependencies, request: PartRequest): Promise<TrialGround> {
  const { app, accountId, nodeId, resolveFiles } = request
  const owner: VariableOwner = { tenantId: app.tenant_id, appId: app.id, accountId }
  const { graph } = await workflows.getDraft(app)
  const part = request.trim(graph, nodeId)
  if (!part) throw new AppError('not_found', { message: `The draft has no node "${nodeId}". Save the draft before you run it.` })
  const workflow = await workflows.getDraft(app, part)
  const root = findRoot(workflow, nodeId)
  const needed = listNeeded(workflow.plan())
  const stored = await draftVariables.read(owner, [...listMentioned(graph, part), 'sys', 'conversation'])
  const given = await readGiven(needed, request.inputs, (mappings) => resolveFiles(mappings, anyFiles))
  const variables = overlay([...initialOf(workflow, stored), ...stored], given)
  const system = systemOf(request, { isRoot: root.isRoot, workflow, before: valuesOf(variables, 'sys') })
  const held = heldOf(workflow, variables)
  const others = variables.filter(({ nodeId: place }) => place !== 'sys' && place !== 'conversation')
  assertPresent(needed, [
    ...others.map(place),
    ...held.map(({ name, type, value }) => place({ nodeId: 'conversation', name, type, value })),
    ...Object.entries(system).map(([name, value]): [Selector, Variable] => [['sys', name], new Variable(value)]),
  ])
  return {
    owner,
    workflow,
    rootId: root.id,
    rootType: root.type,
    inputs: await inputsOf(request, root),
    variables: others,
    held,
    system,
  }
}

const place = ({ nodeId, name, type, value }: PlacedVariable): [Selector, Variable] => [[nodeId, name], new Variable(value, type)]

/** Any number of files, of any kind. */
export const anyFiles = {
  name: 'inputs',
  type: 'file-list',
  isRequired: false,
  fallback: null,
  maxLength: undefined,
  options: [],
  data: {},
} as const

async function inputsOf(
  { inputs, resolveFiles }: PartRequest,
  root: ReturnType<typeof findRoot>,
): Promise<Readonly<Record<string, Value>>> {
  if (!root.isRoot) return {}
  return root.type === 'start' ? prepareInputs(readStartFields(root.data), inputs, resolveFiles) : inputs
}

/** Conversation variables that no run has left yet. */
const initialOf = ({ conversationVariables }: RunnableWorkflow, stored: readonly PlacedVariable[]): readonly PlacedVariable[] => {
  const known = new Set(stored.filter(({ nodeId }) => nodeId === 'conversation').map(({ name }) => name))
  return conversationVariables
    .filter(({ name }) => !known.has(name))
    .map(({ name, declaredType, variable }) => ({ nodeId: 'conversation', name, type: declaredType, value: variable.value }))
}

/** Conversation variables of the workflow, with the ids that it has for them. */
const heldOf = ({ conversationVariables }: RunnableWorkflow, variables: readonly PlacedVariable[]): readonly HeldVariable[] =>
  variables
    .filter(({ nodeId }) => nodeId === 'conversation')
    .flatMap(({ name, type, value }) => {
      const declared = conversationVariables.find((variable) => variable.name === name)
      return declared ? [{ id: declared.id, name, type, value }] : []
    })

const valuesOf = (variables: readonly PlacedVariable[], namespace: string): Readonly<Record<string, Value>> =>
  Object.fromEntries(variables.filter(({ nodeId }) => nodeId === namespace).map(({ name, value }) => [name, value]))

interface SystemOptions {
  readonly isRoot: boolean
  readonly workflow: RunnableWorkflow
  readonly before: Readonly<Record<string, Value>>
}

/** The system's variables but for those of the run itself. */
function systemOf({ app, accountId, inputs, ...request }: PartRequest, { isRoot, workflow, before }: SystemOptions) {
  const system: Record<string, Value> = {
    files: request.files ?? before['files'] ?? [],
    user_id: accountId,
    app_id: app.id,
    workflow_id: workflow.id,
  }
  if (app.mode !== 'advanced-chat') return system
  const said = inputs['#sys.query#']
  const query = request.query || (typeof said === 'string' ? said : undefined) || before['query']
  if (query !== undefined || isRoot) system['query'] = query ?? ''
  system['conversation_id'] = before['conversation_id'] ?? newId()
  system['dialogue_count'] = before['dialogue_count'] ?? 1
  return system
}
