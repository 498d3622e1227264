import type { AppsTable, Db } from '@trellis/db'

export interface SpokenMessage {
  readonly answer: string
  readonly from_end_user_id: string | null
}

export const findAnswer = (db: Db, app: AppsTable, messageId: string): Promise<SpokenMessage | undefined> =>
  db
    .selectFrom('messages')
    .select(['answer', 'from_end_user_id'])
    .where('tenant_id', '=', app.tenant_id)
    .where('app_id', '=', app.id)
    .where('id', '=', messageId)
    .executeTakeFirst()
