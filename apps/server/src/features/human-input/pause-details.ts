import type { Db } from '@trellis/db'
import { decodeEvents, findLastEvents, type RunRow } from '../runs/index.ts'
import { formLink } from './form-trace.ts'
import { listFormsOfRun, listRecipients } from './forms.repository.ts'

/** What a paused run waits for, and where an editor may answer in the place of those who were asked. */
export async function describePause(db: Db, run: RunRow, baseUrl: string) {
  if (run.status !== 'paused') return { paused_at: null, paused_nodes: [] }
  const [last, forms] = await Promise.all([findLastEvents(db, run.id), listFormsOfRun(db, run.id)])
  const pause = last && decodeEvents(last).findLast(({ type }) => type === 'run-pause')
  const waiting = forms.filter(({ status }) => status === 'waiting')
  const recipients = await listRecipients(
    db,
    waiting.map(({ id }) => id),
  )
  return {
    paused_at: pause?.type === 'run-pause' ? new Date(pause.atMs).toISOString() : null,
    paused_nodes: waiting.map((form) => {
      const editor = recipients.find(({ form_id: id, channel }) => id === form.id && channel === 'console')
      return {
        node_id: form.node_id,
        node_title: form.node_title,
        pause_type: {
          type: 'human_input' as const,
          form_id: form.id,
          backstage_input_url: editor ? formLink(baseUrl, editor.token) : null,
        },
      }
    }),
  }
}
