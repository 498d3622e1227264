import { nanoToDecimal } from '@trellis/contracts'
import { CSV_MARK, type CsvCell, writeCsvLines } from '../../http/csv.ts'
import type { LoggedFeedback } from './logs.repository.ts'
import type { WalkedTurn } from './walk-log.ts'

type Column = readonly [heading: string, read: (walked: WalkedTurn) => CsvCell]

const ratingOf = ({ feedbacks }: WalkedTurn, source: LoggedFeedback['from_source']): LoggedFeedback | undefined =>
  feedbacks.find((feedback) => feedback.from_source === source)

const statusOf = ({ turn }: WalkedTurn): string => {
  if (turn.status === 'error') return 'failed'
  return turn.is_stopped === 1 ? 'stopped' : turn.status === 'paused' ? 'paused' : 'succeeded'
}

/** Names are for programs as well as for people: they stay what they are in every language. */
const columns: readonly Column[] = [
  ['conversation_id', ({ conversation }) => conversation.id],
  ['conversation_name', ({ conversation }) => conversation.name],
  ['message_id', ({ turn }) => turn.id],
  ['created_at', ({ turn }) => new Date(turn.created_at).toISOString()],
  ['source', ({ conversation }) => conversation.invoke_from],
  ['user', ({ conversation }) => conversation.account_name ?? conversation.session_id],
  ['inputs', ({ turn }) => (turn.inputs === '{}' ? '' : turn.inputs)],
  ['question', ({ turn }) => turn.query],
  ['answer', ({ turn }) => turn.answer],
  ['status', statusOf],
  ['error', ({ turn }) => turn.error],
  ['model_provider', ({ turn }) => turn.model_provider],
  ['model', ({ turn }) => turn.model_id],
  ['input_tokens', ({ turn }) => turn.prompt_tokens],
  ['output_tokens', ({ turn }) => turn.completion_tokens],
  ['price', ({ turn }) => Number(nanoToDecimal(turn.total_price_nano))],
  ['currency', ({ turn }) => turn.currency],
  ['latency_seconds', ({ turn }) => turn.provider_latency_ms / 1000],
  ['user_rating', (walked) => ratingOf(walked, 'user')?.rating],
  ['user_reason', (walked) => ratingOf(walked, 'user')?.content],
  ['operator_rating', (walked) => ratingOf(walked, 'admin')?.rating],
  ['operator_reason', (walked) => ratingOf(walked, 'admin')?.content],
]

/** A line a turn, below the names of the columns. */
export async function* writeLogCsv(
  batches: AsyncIterable<readonly WalkedTurn[]> | Iterable<readonly WalkedTurn[]>,
): AsyncGenerator<string, void, undefined> {
  yield CSV_MARK + writeCsvLines([columns.map(([heading]) => heading)])
  for await (const batch of batches) yield writeCsvLines(batch.map((walked) => columns.map(([, read]) => read(walked))))
}
