import { z } from 'zod'
import { cursorOf, optionalCursor, queryInteger, timestamp, uuid } from '../common/wire.ts'
import { auditActions, auditEntrySchema } from '../entities/audit.ts'
import { defineRoute } from '../routes/define-route.ts'
import { administering } from '../routes/roles.ts'

const absentWhenEmpty = <T extends z.ZodType>(schema: T) =>
  z
    .union([z.literal(''), schema])
    .nullish()
    .transform((value) => (value === '' || value === null ? undefined : value))

export const consoleAuditRoutes = {
  listAuditLog: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/workspaces/current/audit-log',
    summary: 'Tell who changed what in the current workspace, the latest first',
    tag: 'Audit log',
    auth: administering,
    query: z.object({
      /** An action, or what stands before its dot for all of its kind. */
      action: absentWhenEmpty(
        z.union([
          z.enum(auditActions),
          z.enum(['member', 'workspace', 'app', 'annotation', 'key', 'provider', 'model', 'budget', 'extension', 'tag', 'account']),
        ]),
      ),
      account_id: absentWhenEmpty(uuid),
      app_id: absentWhenEmpty(uuid),
      /** Only what happened at or after this time. */
      since: absentWhenEmpty(z.coerce.number<number | string>().pipe(timestamp.nonnegative())),
      last_id: optionalCursor,
      limit: queryInteger({ min: 1, max: 100, default: 50 }),
    }),
    responses: { 200: cursorOf(auditEntrySchema) },
  }),
}
