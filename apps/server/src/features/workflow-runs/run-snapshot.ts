import type { NodeEndEvent, NodeStartEvent, RunEvent } from '@trellis/contracts'
import { sseData, ssePing } from '@trellis/kit'
import { type ChatflowEnvelope, writeChatflowFrame, writeReplacement } from '../../http/compat/chatflow-frames.ts'
import { toPauseFrames } from '../../http/compat/pause-frames.ts'
import { createFrameReader, type WorkflowEnvelope, type WorkflowFrame, writeWorkflowFrame } from '../../http/compat/workflow-frames.ts'
import { foldText } from '../runs/index.ts'

export type RunEnvelope = WorkflowEnvelope | ChatflowEnvelope

export const isChatflow = (envelope: RunEnvelope): envelope is ChatflowEnvelope => 'messageId' in envelope

/**
 * How far a run is, as the first frames of a stream (service-api 1.1): that it began, a chatflow's answer so far, which nodes ran, and
 * the pause or the end, where that is the last thing that happened.
 */
export function writeSnapshot(
  envelope: RunEnvelope,
  { events, isPaused }: { readonly events: readonly RunEvent[]; readonly isPaused: boolean },
): string {
  const read = createFrameReader({ ...envelope, detail: 'simple' })
  const write = (frame: WorkflowFrame | undefined): string => {
    if (!frame) return ''
    return sseData(isChatflow(envelope) ? writeChatflowFrame(envelope, frame) : writeWorkflowFrame(envelope, frame))
  }
  const start = events.find(({ type }) => type === 'run-start')
  return [
    ssePing,
    start ? write(read(start)) : '',
    isChatflow(envelope) ? sseData(writeReplacement(envelope, { text: foldText('', events), reason: '' })) : '',
    ...listNodes(events).map((event) => write(read(event))),
    ...toStanding(envelope, { last: events.at(-1), isPaused, read }).map(write),
  ].join('')
}

/** The pause or the end that the run has come to. */
function toStanding(
  envelope: RunEnvelope,
  context: {
    readonly last: RunEvent | undefined
    readonly isPaused: boolean
    readonly read: (event: RunEvent) => WorkflowFrame | undefined
  },
): readonly (WorkflowFrame | undefined)[] {
  const { last, isPaused, read } = context
  if (last?.type === 'run-pause') return isPaused ? toPauseFrames(envelope, last) : []
  return last && isEnd(last) ? [read(last)] : []
}

const isEnd = ({ type }: RunEvent): boolean => type === 'workflow-end' || type === 'run-error'

/** The start of each execution, and its end behind it where it has one. */
function listNodes(events: readonly RunEvent[]): readonly RunEvent[] {
  const nodes = new Map<string, { readonly start: NodeStartEvent; end?: NodeEndEvent }>()
  for (const event of events) {
    // What was taken up after a crash began twice, under one name.
    if (event.type === 'node-start') nodes.set(event.executionId, { start: event })
    else if (event.type === 'node-end') {
      const node = nodes.get(event.executionId)
      if (node) node.end = event
    }
  }
  return [...nodes.values()].flatMap(({ start, end }) => (end ? [start, end] : [start]))
}
