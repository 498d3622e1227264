import { z } from 'zod'
import { jsonObject, orNull, timestamp, uuid } from '../common/wire.ts'

/** What the audit log tells of, noun first. */
export const auditActions = [
  'member.invite',
  'member.make_reset_link',
  'member.change_role',
  'member.remove',
  'member.join',
  'member.leave',
  'workspace.transfer',
  'workspace.create',
  'workspace.rename',
  'app.create',
  'app.copy',
  'app.import',
  'app.change',
  'app.delete',
  'app.publish',
  'app.change_limits',
  'app.switch_api',
  'app.switch_site',
  'app.change_site',
  'app.reset_site_code',
  'app.restore_version',
  'app.delete_version',
  'app.name_version',
  'app.switch_trigger',
  'annotation.create',
  'annotation.change',
  'annotation.delete',
  'annotation.import',
  'annotation.switch_reply',
  'key.create',
  'key.delete',
  'provider.add_key',
  'provider.change_key',
  'provider.remove_key',
  'provider.switch_key',
  'provider.share_key',
  'model.add',
  'model.change',
  'model.remove',
  'model.enable',
  'model.disable',
  'model.choose_defaults',
  'budget.create',
  'budget.change',
  'budget.delete',
  'extension.create',
  'extension.change',
  'extension.delete',
  'account.rename',
  'account.change_password',
  'account.change_email',
  'account.link_service',
  'account.unlink_service',
] as const
export type AuditAction = (typeof auditActions)[number]

export const auditEntrySchema = z.object({
  id: uuid,
  action: z.enum(auditActions),
  /** Who did it, by the name of then. */
  account: z.object({ id: uuid, name: z.string() }),
  /** What it was done to, by the name of before. */
  target: orNull(z.object({ type: z.enum(['app', 'member', 'provider', 'workspace', 'extension']), id: z.string(), name: z.string() })),
  /** What it was changed to; never a secret. */
  details: jsonObject,
  ip: z.string(),
  created_at: timestamp,
})
export type AuditEntry = z.infer<typeof auditEntrySchema>
