import type { SeenFrame, SeenTurn, Stored } from './turn.ts'

/** How a turn stands after the restart. */
export type Standing = 'whole' | 'interrupted' | 'never accepted'

export interface CheckedTurn {
  readonly standing: Standing
  /** What is not as it should be. */
  readonly complaints: readonly string[]
}

const INTERRUPTED = /stopped while this answer/

/** Holds what the server says now against what its caller saw before it was killed. */
export function checkTurn(seen: SeenTurn, stored: Stored | undefined, rest: readonly SeenFrame[]): CheckedTurn {
  const isAcknowledged = seen.frames.length > 0 || seen.whole !== undefined
  if (!stored) return { standing: 'never accepted', complaints: isAcknowledged ? ['an acknowledged turn is gone'] : [] }
  const isWhole = stored.status === 'normal'
  const complaints = [
    ...checkSeen(seen, isWhole),
    ...(isWhole ? checkWhole(seen, stored) : checkInterrupted(seen, stored)),
    ...checkRest(seen, stored, rest),
  ]
  return { standing: isWhole ? 'whole' : 'interrupted', complaints }
}

const isEnd = ({ data }: SeenFrame): boolean => data.event === 'message_end' || data.event === 'error'

function checkSeen({ plan, frames, whole }: SeenTurn, isWhole: boolean): string[] {
  const complaints: string[] = []
  const text = foldText(frames)
  if (!plan.text.startsWith(text)) complaints.push(`what was streamed is not what the model said: ${excerpt(text)}`)
  if (whole && whole.answer !== plan.text) complaints.push(`the blocking answer is not what the model said: ${excerpt(whole.answer)}`)
  const isEndSeen = whole !== undefined || frames.at(-1)?.data.event === 'message_end'
  if (isEndSeen && !isWhole) complaints.push('an answer whose end was told is not whole any more')
  if (frames.at(-1)?.data.event === 'message_end' && text !== plan.text) complaints.push('message_end came before the whole text')
  return complaints
}

const checkWhole = ({ plan }: SeenTurn, { answer, error }: Stored): string[] => [
  ...(answer === plan.text ? [] : [`a whole answer is not what the model said: ${excerpt(answer)}`]),
  ...(error === null ? [] : [`a whole answer has an error: ${error}`]),
]

const checkInterrupted = ({ plan }: SeenTurn, { status, answer, error }: Stored): string[] => [
  ...(status === 'error' ? [] : [`the status is ${status}`]),
  ...(plan.text.startsWith(answer) ? [] : [`an interrupted answer is not the beginning of what the model said: ${excerpt(answer)}`]),
  ...(INTERRUPTED.test(error ?? '') ? [] : [`the error does not tell of the interruption: ${error}`]),
]

/** A caller who comes back gets the exact rest, or the truth in place of what it has. */
function checkRest({ frames }: SeenTurn, { status, answer }: Stored, rest: readonly SeenFrame[]): string[] {
  const lastId = frames.at(-1)?.id
  const complaints: string[] = []
  if (lastId !== undefined && frames.some(isEnd)) {
    return rest.length === 0 ? [] : ['a caller who had the end got more']
  }
  const known = lastId === undefined ? [] : frames
  const text = foldText([...known, ...rest])
  if (text.trim() !== answer) complaints.push(`who comes back has ${excerpt(text)} where ${excerpt(answer)} is stored`)
  const events = rest.map(({ data }) => data.event)
  const last = rest.at(-1)?.data
  if (status === 'normal') {
    if (events.at(-1) !== 'message_end' || events.includes('message_replace') || events.includes('error')) {
      complaints.push(`who comes back to a whole answer gets ${events.slice(-3)}`)
    }
  } else {
    if (last?.event !== 'error' || last.code !== 'run_interrupted') complaints.push(`the last frame is ${JSON.stringify(last)}`)
    if (lastId !== undefined && events[0] !== 'message_replace') complaints.push(`the first frame of another life is ${events[0]}`)
  }
  return [...complaints, ...checkOrder([...known, ...rest])]
}

/** Ids go on one by one within a life; a life is followed only by a later one. */
function checkOrder(frames: readonly SeenFrame[]): string[] {
  const complaints: string[] = []
  let before: readonly [number, number] | undefined
  for (const { id } of frames) {
    const [epoch = Number.NaN, offset = Number.NaN] = (id ?? '').split('-').map(Number)
    const follows = !before || epoch > before[0] || (epoch === before[0] && offset === before[1] + 1)
    if (!follows) complaints.push(`after ${before?.join('-')} comes ${id}`)
    before = [epoch, offset]
  }
  return complaints
}

/** The text that a caller has in hand. */
function foldText(frames: readonly SeenFrame[]): string {
  return frames.reduce((text, { data }) => {
    if (data.event === 'message_replace') return data.answer
    return data.event === 'message' ? text + data.answer : text
  }, '')
}

const excerpt = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 30)} … ${text.slice(-30)}` : text)
