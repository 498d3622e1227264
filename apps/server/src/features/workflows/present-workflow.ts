import { type Dict, getKey, isList, toPlain } from '@trellis/values'
import { toSeconds } from '../../http/compat/seconds.ts'
import { normalizeFeatures } from './check-features.ts'
import { fromColumns, textOf } from './workflow-document.ts'
import { hideSecret } from './workflow-secrets.ts'
import type { WorkflowRow } from './workflows.repository.ts'

/** Accounts by id; those that are gone are left out. */
export type AccountReferences = ReadonlyMap<string, { readonly id: string; readonly name: string; readonly email: string }>

export function presentWorkflow(row: WorkflowRow, accounts: AccountReferences) {
  const { graph, features, environmentVariables, conversationVariables } = fromColumns(row)
  return {
    id: row.id,
    graph: toObject(graph),
    features: toObject(normalizeFeatures(features)),
    hash: row.hash,
    version: row.version,
    marked_name: row.marked_name,
    marked_comment: row.marked_comment,
    created_by: accounts.get(row.created_by) ?? null,
    created_at: toSeconds(row.created_at),
    updated_by: accounts.get(row.updated_by) ?? null,
    updated_at: toSeconds(row.updated_at),
    environment_variables: environmentVariables.map((variable) => presentVariable(hideSecret(variable))),
    conversation_variables: conversationVariables.map(presentVariable),
  }
}

const presentVariable = (variable: Dict) => ({
  ...toObject(variable),
  id: textOf(variable, 'id'),
  name: textOf(variable, 'name'),
  value_type: textOf(variable, 'value_type'),
  value: toPlain(getKey(variable, 'value') ?? null),
  description: textOf(variable, 'description'),
})

/** As the editor's list of variables shows it. */
export const presentEnvironmentVariable = (stored: Dict) => {
  const { id, name, value_type, value, description } = presentVariable(hideSecret(stored))
  const selector = getKey(stored, 'selector') ?? null
  return {
    id,
    type: 'env' as const,
    name,
    description,
    selector: isList(selector) ? selector.filter((part) => typeof part === 'string') : ['env', name],
    value_type,
    value,
    edited: false,
    visible: true,
    editable: true,
  }
}

// A dict becomes a plain object, never a list.
const toObject = (dict: Dict): Record<string, unknown> => toPlain(dict) as Record<string, unknown>
