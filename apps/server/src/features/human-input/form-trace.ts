import type { Db } from '@trellis/db'
import type { Dict } from '@trellis/values'
import { toSeconds } from '../../http/compat/seconds.ts'
import { listFormsOfRun, listRecipients, type RecipientRow } from './forms.repository.ts'

/** Where a form's page is. */
export const formLink = (baseUrl: string, token: string): string => `${baseUrl}/form/${token}`

/** Said of each recipient who would get a mail. */
const NOT_SENT = 'Not sent: forms do not go out by mail yet. Pass the link on to this person.'

/** What each form of a run came to, and who was to answer it, by execution: for the trace that editors see. */
export async function traceForms(db: Db, runId: string, baseUrl: string): Promise<ReadonlyMap<string, Dict>> {
  const forms = await listFormsOfRun(db, runId)
  const recipients = await listRecipients(
    db,
    forms.map(({ id }) => id),
  )
  return new Map(
    forms.map((form) => [
      form.execution_id,
      {
        form_id: form.id,
        form_status: form.status,
        expiration_time: toSeconds(form.expires_at),
        submitted_at: form.submitted_at === null ? null : toSeconds(form.submitted_at),
        submitted_by: form.submitted_by,
        recipients: recipients.filter(({ form_id: id }) => id === form.id).map((recipient) => traceRecipient(recipient, baseUrl)),
      },
    ]),
  )
}

const traceRecipient = ({ channel, address, token }: RecipientRow, baseUrl: string): Dict => ({
  channel,
  url: formLink(baseUrl, token),
  ...(channel === 'email' ? { address, delivery: NOT_SENT } : {}),
})
