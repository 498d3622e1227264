import type { Db, HumanInputFormsTable, HumanInputRecipientsTable } from '@trellis/db'
import { keepRunFiles } from '../files/index.ts'

export type FormRow = HumanInputFormsTable
export type RecipientRow = HumanInputRecipientsTable

export const insertForms = async (db: Db, rows: readonly FormRow[]): Promise<void> => {
  if (rows.length > 0) await db.insertInto('human_input_forms').values(rows).execute()
}

export const insertRecipients = async (db: Db, rows: readonly RecipientRow[]): Promise<void> => {
  if (rows.length > 0) await db.insertInto('human_input_recipients').values(rows).execute()
}

export const listFormsOfRun = (db: Db, runId: string): Promise<FormRow[]> =>
  db.selectFrom('human_input_forms').selectAll().where('run_id', '=', runId).orderBy('created_at').orderBy('id').execute()

export const listRecipients = async (db: Db, formIds: readonly string[]): Promise<RecipientRow[]> =>
  formIds.length === 0
    ? []
    : db.selectFrom('human_input_recipients').selectAll().where('form_id', 'in', formIds).orderBy('created_at').orderBy('id').execute()

/** The form that a token opens, and by which way; none of an archived workspace. */
export async function findFormByToken(
  db: Db,
  token: string,
): Promise<{ readonly form: FormRow; readonly recipient: RecipientRow } | undefined> {
  const recipient = await db
    .selectFrom('human_input_recipients')
    .innerJoin('tenants', 'tenants.id', 'human_input_recipients.tenant_id')
    .selectAll('human_input_recipients')
    .where('human_input_recipients.token', '=', token)
    .where('tenants.status', '=', 'normal')
    .executeTakeFirst()
  const form = recipient && (await db.selectFrom('human_input_forms').selectAll().where('id', '=', recipient.form_id).executeTakeFirst())
  return form && { form, recipient }
}

/** None of an archived workspace. */
export const findForm = (db: Db, id: string): Promise<FormRow | undefined> =>
  db
    .selectFrom('human_input_forms')
    .innerJoin('tenants', 'tenants.id', 'human_input_forms.tenant_id')
    .selectAll('human_input_forms')
    .where('human_input_forms.id', '=', id)
    .where('tenants.status', '=', 'normal')
    .executeTakeFirst()

export interface FormAnswerRow {
  readonly submission: string
  /** Uploads that it names. */
  readonly fileIds: readonly string[]
  readonly submittedBy: string | null
  readonly now: number
}

/** Keeps an answer with its files, if the form waits for one and its time is not over; tells whether it did. */
export async function submitForm(db: Db, form: FormRow, answer: FormAnswerRow): Promise<boolean> {
  if (answer.fileIds.length === 0) return writeAnswer(db, form, answer)
  return db.transaction().execute(async (db) => {
    if (!(await writeAnswer(db, form, answer))) return false
    await keepRunFiles(db, { run_id: form.run_id, tenant_id: form.tenant_id, app_id: form.app_id }, answer.fileIds)
    return true
  })
}

async function writeAnswer(db: Db, { id }: FormRow, answer: FormAnswerRow): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('human_input_forms')
    .set({ status: 'submitted', submission: answer.submission, submitted_by: answer.submittedBy, submitted_at: answer.now })
    .where('id', '=', id)
    .where('status', '=', 'waiting')
    .where('expires_at', '>', answer.now)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Forms that nobody answered in time, as far as one turn takes them. */
export const listDueForms = (db: Db, now: number, limit: number): Promise<Pick<FormRow, 'id' | 'run_id'>[]> =>
  db
    .selectFrom('human_input_forms')
    .select(['id', 'run_id'])
    .where('settled_at', 'is', null)
    .where('status', '=', 'waiting')
    .where('expires_at', '<=', now)
    .limit(limit)
    .execute()

export const expireForms = async (db: Db, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await db.updateTable('human_input_forms').set({ status: 'expired' }).where('id', 'in', ids).where('status', '=', 'waiting').execute()
}

/**
 * Paused runs that could go on, by id, after the one given: a form of theirs was answered or has expired, or they were asked to stop.
 */
export async function listWakeableRuns(db: Db, { after, limit }: { readonly after: string; readonly limit: number }): Promise<string[]> {
  const paused = () => db.selectFrom('runs').select('runs.id').where('runs.status', '=', 'paused').where('runs.id', '>', after)
  const answered = paused()
    .innerJoin('human_input_forms', 'human_input_forms.run_id', 'runs.id')
    .distinct()
    .where('human_input_forms.settled_at', 'is', null)
    .where('human_input_forms.status', 'in', ['submitted', 'expired'])
  const stopped = paused().where('runs.stop_requested_at', 'is not', null)
  const pages = [answered, stopped].map((query) => query.orderBy('runs.id').limit(limit).execute())
  const ids = (await Promise.all(pages)).flat().map(({ id }) => id)
  // Ids are of one width and of lower-case letters: they sort here as they do there.
  return [...new Set(ids)].sort().slice(0, limit)
}

/** Whether something came of a form that the run has not gone on with. */
export async function hasNews(db: Db, runId: string): Promise<boolean> {
  const row = await db
    .selectFrom('human_input_forms')
    .select('id')
    .where('run_id', '=', runId)
    .where('settled_at', 'is', null)
    .where('status', 'in', ['submitted', 'expired'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export const settleForms = async (db: Db, ids: readonly string[], now: number): Promise<void> => {
  if (ids.length > 0) await db.updateTable('human_input_forms').set({ settled_at: now }).where('id', 'in', ids).execute()
}

/** The run is over: what nobody has answered nobody can any more. */
export async function closeFormsOfRun(db: Db, runId: string, now: number): Promise<void> {
  const ofRun = () => db.updateTable('human_input_forms').where('run_id', '=', runId).where('settled_at', 'is', null)
  await ofRun().set({ status: 'closed' }).where('status', '=', 'waiting').execute()
  await ofRun().set({ settled_at: now }).execute()
}

/** Forms of the runs that wrote these messages. */
export const listFormsOfMessages = async (
  db: Db,
  tenantId: string,
  messageIds: readonly string[],
): Promise<(FormRow & { message_id: string | null })[]> =>
  messageIds.length === 0
    ? []
    : db
        .selectFrom('human_input_forms')
        .innerJoin('runs', 'runs.id', 'human_input_forms.run_id')
        .selectAll('human_input_forms')
        .select('runs.message_id')
        .where('human_input_forms.tenant_id', '=', tenantId)
        .where('runs.message_id', 'in', messageIds)
        .orderBy('human_input_forms.created_at')
        .orderBy('human_input_forms.id')
        .execute()

/** Addresses of members who may sign in, by account; of all of them where no accounts are named. */
export async function listMemberAddresses(db: Db, tenantId: string, accountIds: readonly string[] | undefined): Promise<string[]> {
  if (accountIds?.length === 0) return []
  let query = db
    .selectFrom('tenant_members')
    .innerJoin('accounts', 'accounts.id', 'tenant_members.account_id')
    .select('accounts.email')
    .where('tenant_members.tenant_id', '=', tenantId)
    .where('accounts.status', '=', 'active')
    .orderBy('accounts.created_at')
  if (accountIds) query = query.where('accounts.id', 'in', accountIds)
  return (await query.execute()).map(({ email }) => email)
}
