import { AppError } from '@trellis/contracts'
import type { Dict } from '@trellis/values'
import type { WorkspaceSecrets } from '../secrets/index.ts'
import { textOf } from './workflow-document.ts'

/** Reads as the value of a secret, and stands for the stored one when it is sent back. */
const HIDDEN = '[__HIDDEN__]'
/** What older editors send back. */
const MASK = '*'.repeat(20)
const PURPOSE = 'workflow-environment'

export interface WorkflowSecrets {
  /** Seals what is new and keeps what is stored where the placeholder came back. @throws AppError `invalid_param` where nothing is stored */
  sealAll(tenantId: string, variables: readonly Dict[], stored: readonly Dict[]): Promise<readonly Dict[]>
  openAll(tenantId: string, variables: readonly Dict[]): Promise<readonly Dict[]>
}

export function createWorkflowSecrets(secrets: WorkspaceSecrets): WorkflowSecrets {
  const change = (variables: readonly Dict[], toValue: (value: string, variable: Dict) => Promise<string>): Promise<readonly Dict[]> =>
    Promise.all(
      variables.map(async (variable) =>
        isSecret(variable) ? { ...variable, value: await toValue(textOf(variable, 'value'), variable) } : variable,
      ),
    )
  return {
    sealAll: (tenantId, variables, stored) =>
      change(variables, async (value, variable) => {
        if (value === HIDDEN || value === MASK) return findStored(variable, stored)
        return value === '' ? '' : secrets.seal(tenantId, value, PURPOSE)
      }),
    openAll: (tenantId, variables) => change(variables, async (value) => (value === '' ? '' : secrets.unseal(tenantId, value, PURPOSE))),
  }
}

const isSecret = (variable: Dict): boolean => textOf(variable, 'value_type') === 'secret'

/** As others may see it. */
export const hideSecret = (variable: Dict): Dict =>
  isSecret(variable) && textOf(variable, 'value') !== '' ? { ...variable, value: HIDDEN } : variable

function findStored(variable: Dict, stored: readonly Dict[]): string {
  const known = stored.find((other) => isSecret(other) && textOf(other, 'id') === textOf(variable, 'id'))
  if (known) return textOf(known, 'value')
  throw new AppError('invalid_param', {
    message: `environment_variables: no value of "${textOf(variable, 'name')}" is stored. Enter it again.`,
    param: 'environment_variables',
    refusal: { reason: 'secret_gone', values: { name: textOf(variable, 'name') } },
  })
}
