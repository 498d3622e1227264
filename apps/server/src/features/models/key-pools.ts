import type { Credentials } from '@trellis/spec'
import type { CredentialRow, ModelKeyRow } from './models.repository.ts'
import type { SealedCredentials } from './sealed-credentials.ts'

/** Opened credentials that calls may be made with. */
export interface CredentialSet {
  /** Another one after each change, so that nothing known of the old ones is believed of the new. */
  readonly version: string
  /** As people call it; undefined where no key is needed. */
  readonly name?: string
  readonly credentials: Credentials
}

/** Told of a set by its row alone. */
export const versionOf = ({ id, updated_at }: { readonly id: string; readonly updated_at: number }): string => `${id}@${updated_at}`

interface KeyFlags {
  readonly is_active: number
  readonly shares_load: number
}

/** The key in use, of several oldest first. Two that were first at the same moment are both marked: the older one counts. */
export const currentOf = <Row extends KeyFlags>(rows: readonly Row[]): Row | undefined => rows.find((row) => row.is_active === 1) ?? rows[0]

/** Those that calls may go by, of several oldest first: the one in use, then those that share its load. */
export function callableOf<Row extends KeyFlags>(rows: readonly Row[]): readonly Row[] {
  const current = currentOf(rows)
  return current ? [current, ...rows.filter((row) => row !== current && row.shares_load === 1)] : []
}

/** Opens the keys that calls may go by; one that cannot be opened is left out. */
export async function openPool(
  sealed: SealedCredentials,
  rows: readonly (CredentialRow | ModelKeyRow)[],
): Promise<readonly CredentialSet[]> {
  const opened = await Promise.all(
    callableOf(rows).map(async (row) => ({
      version: versionOf(row),
      name: 'credential_name' in row ? row.credential_name : row.name,
      credentials: await sealed.open(row.tenant_id, row.sealed),
    })),
  )
  return opened.flatMap(({ credentials, ...set }) => (credentials ? [{ ...set, credentials }] : []))
}
