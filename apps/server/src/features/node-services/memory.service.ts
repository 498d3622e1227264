import type { Db } from '@trellis/db'
import type { ContentPart, MemoryService, ModelMessage, NodeModel, RunFacts } from '@trellis/spec'
import { countTokens } from '../models/index.ts'
import {
  type Attachments,
  basicConfigSchema,
  extractThread,
  fitHistory,
  LINEAR_PARENT,
  listRecentMessages,
  MEMORY_ROWS,
  type ThreadRow,
  toHistoryMessages,
} from '../turns/index.ts'

export interface NodeMemoryDependencies {
  readonly db: Db
  readonly attachments: Attachments
  readonly run: Pick<RunFacts, 'tenantId' | 'conversationId' | 'messageId'>
}

/** What was said before in a run's conversation (workflow spec 6.5). */
export function createNodeMemory({ db, attachments, run }: NodeMemoryDependencies): MemoryService {
  return {
    async history({ maxTokens, messageLimit, model }) {
      if (run.conversationId === undefined) return []
      const limit = messageLimit ? Math.min(Math.max(messageLimit, 1), MEMORY_ROWS) : MEMORY_ROWS
      const rows = await listRecentMessages(db, run.conversationId, limit)
      const thread = threadOf(rows, run.messageId)
      const files = await loadFiles(attachments, { tenantId: run.tenantId, thread, model })
      const turns = thread.toReversed().map(({ id, query, answer }) => ({ query, answer, files: files.get(id) ?? [] }))
      return fit(toHistoryMessages(turns), maxTokens)
    },
  }
}

/** The turns before the one that is being answered, newest first. That one is among the rows already, and counts towards the limit. */
function threadOf(rows: readonly ThreadRow[], messageId: string | undefined): readonly ThreadRow[] {
  const current = rows.find(({ id }) => id === messageId)
  if (current) return extractThread(rows.slice(rows.indexOf(current) + 1), current.parent_message_id)
  return extractThread(rows, LINEAR_PARENT)
}

const loadFiles = (
  attachments: Attachments,
  { tenantId, thread, model }: { readonly tenantId: string; readonly thread: readonly ThreadRow[]; readonly model: NodeModel },
): Promise<ReadonlyMap<string, readonly ContentPart[]>> =>
  attachments.loadParts(
    tenantId,
    thread.map(({ id }) => id),
    model.entry,
    basicConfigSchema.parse(HIGH_DETAIL),
  )

/** Earlier pictures are shown in full, as Dify does. */
const HIGH_DETAIL = { model: { provider: '', name: '' }, file_upload: { image: { detail: 'high' } } }

const fit = (history: readonly ModelMessage[], maxTokens: number): Promise<readonly ModelMessage[]> =>
  fitHistory(history, [], { contextSize: maxTokens, maxOutputTokens: 0, countTokens })
