import type { AppsTable, Db } from '@trellis/db'
import { CSV_MARK, type CsvCell, writeCsvLines } from '../../http/csv.ts'
import { type ExportedFeedback, type FeedbackFilter, listFeedbacksAfter } from './logged-feedbacks.repository.ts'

type Column = readonly [heading: string, read: (feedback: ExportedFeedback) => CsvCell]

const columns: readonly Column[] = [
  ['feedback_id', ({ id }) => id],
  ['conversation_id', ({ conversation_id }) => conversation_id],
  ['conversation_name', ({ name }) => name],
  ['message_id', ({ message_id }) => message_id],
  ['user_query', ({ query }) => query],
  ['ai_response', ({ answer }) => answer],
  ['feedback_rating', ({ rating }) => rating],
  ['feedback_comment', ({ content }) => content],
  ['feedback_source', ({ from_source }) => from_source],
  ['feedback_date', ({ created_at }) => new Date(created_at).toISOString()],
  ['message_date', ({ asked_at }) => new Date(asked_at).toISOString()],
  ['from', ({ account_name, session_id }) => account_name ?? session_id],
]

const AT_ONCE = 500

/** A line a rating, oldest first, below the names of the columns; a batch at a time. */
export async function* writeFeedbackCsv(
  db: Db,
  { id: appId, tenant_id: tenantId }: Pick<AppsTable, 'id' | 'tenant_id'>,
  filter: Omit<FeedbackFilter, 'appId'>,
): AsyncGenerator<string, void, undefined> {
  yield CSV_MARK + writeCsvLines([columns.map(([heading]) => heading)])
  let afterId = ''
  for (;;) {
    const batch = await listFeedbacksAfter(db, tenantId, { ...filter, appId, afterId, limit: AT_ONCE })
    yield writeCsvLines(batch.map((feedback) => columns.map(([, read]) => read(feedback))))
    const last = batch.at(-1)
    if (!last || batch.length < AT_ONCE) return
    afterId = last.id
  }
}
