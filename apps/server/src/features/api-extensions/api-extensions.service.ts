import { type ApiExtension, type ApiExtensionInput, type ApiExtensionUser, AppError, type Refusal } from '@trellis/contracts'
import { type Db, inTransaction, isUniqueViolation } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock, Egress } from '@trellis/spec'
import { toSeconds } from '../../http/compat/seconds.ts'
import {
  type ApiExtensionRow,
  deleteExtension,
  findExtension,
  insertExtension,
  listExtensions,
  listUsers,
  updateExtension,
} from './api-extensions.repository.ts'
import { askExtension, type ExtensionAccess, ExtensionFailure, valuesOf } from './ask-extension.ts'
import { isMaskOf, maskApiKey } from './mask-api-key.ts'
import type { SealedApiKeys } from './sealed-api-keys.ts'

export interface ApiExtensionService {
  /** Oldest first. */
  list(tenantId: string): Promise<readonly ApiExtension[]>
  /** @throws AppError `not_found` */
  get(tenantId: string, id: string): Promise<ApiExtension>
  /** @throws AppError `invalid_param` for a name that is taken, or where the server does not answer a ping */
  create(by: { readonly tenantId: string; readonly accountId: string }, wanted: ApiExtensionInput): Promise<ApiExtension>
  /** @throws AppError `not_found`, `invalid_param` as above, or where the key would go to another address unseen */
  update(tenantId: string, id: string, wanted: ApiExtensionInput): Promise<ApiExtension>
  /** @throws AppError `not_found` */
  delete(tenantId: string, id: string): Promise<void>
  /** Apps that ask it, by name. @throws AppError `not_found` */
  listUsers(tenantId: string, id: string): Promise<readonly ApiExtensionUser[]>
}

export interface ApiExtensionServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly egress: Egress
  readonly keys: SealedApiKeys
}

const MOST_EXTENSIONS = 100

export function createApiExtensionService({ db, clock, egress, keys }: ApiExtensionServiceDependencies): ApiExtensionService {
  const getRow = async (tenantId: string, id: string): Promise<ApiExtensionRow> => {
    const row = await findExtension(db, tenantId, id)
    if (!row) throw unknownExtension()
    return row
  }
  const present = async (row: ApiExtensionRow): Promise<ApiExtension> => toWire(row, await keys.open(row))
  return {
    list: async (tenantId) => Promise.all((await listExtensions(db, tenantId)).map(present)),
    get: async (tenantId, id) => present(await getRow(tenantId, id)),
    async create({ tenantId, accountId }, { name, api_endpoint, api_key }) {
      if (isMaskOf(api_key, undefined)) {
        refuse('came masked, but nothing is stored to take its place. Enter it in full', { reason: 'key_masked', values: {} })
      }
      await ping(egress, { endpoint: api_endpoint, apiKey: api_key })
      const now = clock.now()
      const row: ApiExtensionRow = {
        id: newId(),
        tenant_id: tenantId,
        name,
        api_endpoint,
        sealed_api_key: await keys.seal(tenantId, api_key),
        created_by: accountId,
        created_at: now,
        updated_at: now,
      }
      await refuseTaken(name, () =>
        inTransaction(db, async (db) => {
          if ((await listExtensions(db, tenantId)).length >= MOST_EXTENSIONS) {
            const refusal: Refusal = { reason: 'extensions_at_most', values: { limit: MOST_EXTENSIONS } }
            throw new AppError('invalid_param', { message: `A workspace has at most ${MOST_EXTENSIONS} API extensions.`, refusal })
          }
          await insertExtension(db, row)
        }),
      )
      return toWire(row, api_key)
    },
    async update(tenantId, id, { name, api_endpoint, api_key }) {
      const row = await getRow(tenantId, id)
      const apiKey = takeKey(row, await keys.open(row), { api_endpoint, api_key })
      await ping(egress, { endpoint: api_endpoint, apiKey })
      const change = { name, api_endpoint, sealed_api_key: await keys.seal(tenantId, apiKey), updated_at: clock.now() }
      if (!(await refuseTaken(name, () => updateExtension(db, tenantId, { id, change })))) throw unknownExtension()
      return toWire({ ...row, ...change }, apiKey)
    },
    async delete(tenantId, id) {
      if (!(await deleteExtension(db, tenantId, id))) throw unknownExtension()
    },
    async listUsers(tenantId, id) {
      await getRow(tenantId, id)
      return (await listUsers(db, tenantId, id)).map(({ id: app_id, name, mode }) => ({ app_id, name, mode }))
    },
  }
}

const toWire = ({ id, name, api_endpoint, created_at }: ApiExtensionRow, apiKey: string | undefined): ApiExtension => ({
  id,
  name,
  api_endpoint,
  api_key: maskApiKey(apiKey ?? ''),
  created_at: toSeconds(created_at),
})

/** A stored key that nobody can read must not be sent to an address that anybody chose. */
function takeKey(
  row: ApiExtensionRow,
  stored: string | undefined,
  { api_endpoint, api_key }: Pick<ApiExtensionInput, 'api_endpoint' | 'api_key'>,
): string {
  if (!isMaskOf(api_key, stored)) return api_key
  if (stored === undefined) {
    return refuse('cannot be read any more: SECRET_KEY has changed. Enter it again', { reason: 'key_unreadable', values: {} })
  }
  if (api_endpoint !== row.api_endpoint) {
    const told = 'is needed again where the address changes, so that it is sent nowhere new unseen'
    return refuse(told, { reason: 'credentials_secret_again', values: {} })
  }
  return stored
}

/** @throws AppError `invalid_param` naming the address */
async function ping(egress: Egress, access: ExtensionAccess): Promise<void> {
  try {
    await askExtension(egress, { access, point: 'ping', params: {}, signal: new AbortController().signal })
  } catch (error) {
    if (!(error instanceof ExtensionFailure)) throw error
    throw new AppError('invalid_param', {
      message: `api_endpoint: the extension must answer a ping before it is saved, and ${error.details}.`,
      param: 'api_endpoint',
      details: { fault: error.fault },
      refusal: { reason: 'extension_ping', values: valuesOf(error.fault) },
      cause: error,
    })
  }
}

/** The index decides, so that two who come at once cannot both have the name. */
async function refuseTaken<Result>(name: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new AppError('invalid_param', {
      message: `name: there is an API extension "${name}" already. Choose another name.`,
      param: 'name',
      refusal: { reason: 'name_taken', values: { name } },
      cause: error,
    })
  }
}

const unknownExtension = () => new AppError('not_found', { message: 'The workspace has no such API extension.' })

function refuse(what: string, refusal: Refusal): never {
  throw new AppError('invalid_param', { message: `api_key ${what}.`, param: 'api_key', refusal })
}
