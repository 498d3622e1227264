import type { Db } from '@trellis/db'
import type { Clock, Logger } from '@trellis/spec'
import { z } from 'zod'
import type { AccountActor } from '../../http/actor.ts'
import type { Witness, WitnessedCall } from '../../http/mount.ts'
import { findNames } from './audit.repository.ts'
import { type AuditRule, auditRules, type KnownBefore, type TargetType, type Told } from './audit-rules.ts'
import { recordAccountChange, recordChange } from './record-change.ts'

export interface AuditWitnessDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
}

interface Named {
  readonly target: { readonly type: TargetType; readonly id: string; readonly name: string } | undefined
  readonly key: string | undefined
}

/** Writes an entry for each call of an audited route that succeeded. Names are read before: of what is deleted, they are gone after. */
export function createAuditWitness(dependencies: AuditWitnessDependencies): Witness {
  const rules = new Map(auditRules.map((rule) => [rule.contract, rule]))
  return (contract) => {
    const rule = rules.get(contract)
    return rule && ((call) => witnessCall(dependencies, rule, call))
  }
}

async function witnessCall({ db, clock, logger }: AuditWitnessDependencies, rule: AuditRule, call: WitnessedCall) {
  const { actor, body, request } = call
  if (actor.type !== 'account') throw new TypeError(`${rule.action} is of a route without a session.`)
  const before = await findNamed(db, actor.tenantId, call.params)
  const credential = await findCredential(db, actor.tenantId, body)
  return async ({ status, body: answer }: { readonly status: number; readonly body: unknown }): Promise<void> => {
    if (status !== 200 && status !== 201 && status !== 204) return
    try {
      const told = rule.tell({ params: call.params, query: call.query, body, answer, credential })
      if (!told) return
      const { action = rule.action } = told
      const account = { id: actor.accountId, name: actor.name }
      if (told.isOfAccount) {
        return await recordAccountChange(db, { account, action, details: told.details, ip: request.ip, now: clock.now() })
      }
      const tenantId = told.tenantId ?? actor.tenantId
      await recordChange(db, {
        tenantId,
        account,
        action,
        target: await findTarget(db, tenantId, { told, before }),
        details: { ...told.details, ...(await findMore(db, actor, { told, before })) },
        ip: request.ip,
        now: clock.now(),
      })
    } catch (error) {
      // The change is made: to answer that it failed would be wrong.
      logger.error({ err: error, action: rule.action, tenantId: actor.tenantId }, 'The audit log could not be written')
    }
  }
}

const ofCredential = z.object({ credential_id: z.string() })

async function findCredential(db: Db, tenantId: string, body: unknown): Promise<KnownBefore['credential']> {
  const named = ofCredential.safeParse(body)
  return named.success ? await findNames.credential(db, tenantId, named.data.credential_id) : undefined
}

/** What the address names. */
async function findNamed(db: Db, tenantId: string, params: unknown): Promise<Named> {
  const { app_id, member_id, extension_id, tag_id, key_id, provider } = (params ?? {}) as Readonly<Record<string, string | undefined>> // parsed: an object of texts
  const key = key_id === undefined ? undefined : await findNames.key(db, tenantId, key_id)
  if (app_id !== undefined) return { key, target: named('app', app_id, await findNames.app(db, tenantId, app_id)) }
  if (member_id !== undefined) return { key, target: named('member', member_id, await findNames.member(db, tenantId, member_id)) }
  if (extension_id !== undefined) {
    return { key, target: named('extension', extension_id, await findNames.extension(db, tenantId, extension_id)) }
  }
  if (tag_id !== undefined) return { key, target: named('tag', tag_id, (await findNames.tags(db, tenantId, [tag_id]))[0]) }
  return { key, target: provider === undefined ? undefined : named('provider', provider, provider) }
}

async function findTarget(db: Db, tenantId: string, { told, before }: { told: Told; before: Named }): Promise<Named['target']> {
  if (told.appId === undefined) return before.target
  return named('app', told.appId, await findNames.app(db, tenantId, told.appId))
}

async function findMore(db: Db, { tenantId, sessionId }: AccountActor, { told, before }: { told: Told; before: Named }) {
  const key = told.keyId === undefined ? before.key : await findNames.key(db, tenantId, told.keyId)
  const tags = told.tagIds && (await findNames.tags(db, tenantId, told.tagIds))
  return { ...(key === undefined ? {} : { key }), ...(tags && { tags }), ...(sessionId === undefined ? { by: 'admin_key' } : {}) }
}

const named = (type: TargetType, id: string, name: string | undefined) => ({ type, id, name: name ?? id })
