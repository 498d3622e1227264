import type { RunEvent } from '@trellis/contracts'
import { sseData, ssePing } from '@trellis/kit'
import type { EventBatch, StreamPosition } from '../../features/runs/index.ts'
import { noUsage, SourceGatherer } from './answer-sources.ts'
import { type FrameOptions, type FrameTranslator, toMetadata } from './message-frames.ts'
import { toPauseFrames } from './pause-frames.ts'
import { createFrameReader, filesIn, type WorkflowEnvelope, type WorkflowFrame } from './workflow-frames.ts'

/** What the frames of a chatflow's run tell of it (service-api 2.2). */
export interface ChatflowEnvelope extends WorkflowEnvelope {
  readonly messageId: string
  readonly conversationId: string
  /** Whether the app shows its sources. */
  readonly showsSources: boolean
}

export interface ChatflowFrameOptions extends FrameOptions {
  /** Frames up to this one are not told again, but what they said counts. */
  readonly after?: StreamPosition | undefined
}

/** Translates a run's events into the frames of chatflows. It wants all events from the first on: the last frame sums them up. */
export function createChatflowFrames(envelope: ChatflowEnvelope, { hasIds, after, isOpened }: ChatflowFrameOptions): FrameTranslator {
  const sources = new SourceGatherer()
  const toJson = createTranslation(envelope, sources)
  let isFirst = !isOpened
  return {
    toFrames({ epoch, firstOffset, events }: EventBatch) {
      // Dify's streams of workflows begin with a ping.
      let text = isFirst ? ssePing : ''
      isFirst = false
      events.forEach((event, index) => {
        sources.add(event)
        const position = { epoch, offset: firstOffset + index }
        if (isKnown(position, after)) return
        const frames = toJson(event)
        frames.forEach((json, part) => {
          // A reader that has an id has all of its event.
          const isLast = part === frames.length - 1
          text += sseData(json, hasIds && isLast ? `${epoch}-${position.offset}` : undefined)
        })
      })
      return text
    },
  }
}

const isKnown = ({ epoch, offset }: StreamPosition, after: StreamPosition | undefined): boolean =>
  after !== undefined && (epoch < after.epoch || (epoch === after.epoch && offset <= after.offset))

const baseOf = ({ messageId, conversationId, createdAtMs, taskId }: ChatflowEnvelope) => ({
  conversation_id: conversationId,
  message_id: messageId,
  created_at: Math.floor(createdAtMs / 1000),
  task_id: taskId,
})

export const writeChatflowFrame = (envelope: ChatflowEnvelope, { event, data }: WorkflowFrame): string =>
  JSON.stringify({ event, ...baseOf(envelope), ...(event === 'agent_log' ? {} : { workflow_run_id: envelope.runId }), data })

/** The whole text as it stands. */
export const writeReplacement = (
  envelope: ChatflowEnvelope,
  { text, reason }: { readonly text: string; readonly reason: string },
): string => JSON.stringify({ event: 'message_replace', ...baseOf(envelope), answer: text, reason })

function createTranslation(envelope: ChatflowEnvelope, sources: SourceGatherer): (event: RunEvent) => readonly string[] {
  const { messageId } = envelope
  const base = baseOf(envelope)
  const messageHead = `${JSON.stringify({ event: 'message', ...base, id: messageId }).slice(0, -1)},"answer":`
  const readFrame = createFrameReader(envelope)
  const toJson = (frame: WorkflowFrame): string => writeChatflowFrame(envelope, frame)
  const workflowFrames = (event: RunEvent): readonly string[] => {
    const frame = readFrame(event)
    return frame ? [toJson(frame)] : []
  }
  return (event) => {
    switch (event.type) {
      case 'text-delta':
        return [`${messageHead}${JSON.stringify(event.text)},"from_variable_selector":${JSON.stringify(event.from ?? [])}}`]
      case 'text-replace':
        return [writeReplacement(envelope, event)]
      case 'reasoning-delta': {
        const data = { message_id: messageId, reasoning: event.text, node_id: event.nodeId ?? null, is_final: event.isFinal ?? false }
        return [JSON.stringify({ event: 'reasoning_chunk', ...base, data })]
      }
      case 'run-pause':
        return toPauseFrames(envelope, event).map(toJson)
      case 'workflow-end':
        // Only a good answer has an end of its own (workflow spec 4.11).
        return event.status === 'succeeded' || event.status === 'partial-succeeded'
          ? [JSON.stringify({ event: 'message_end', ...base, ...toMessageEnd(envelope, sources, event) }), ...workflowFrames(event)]
          : workflowFrames(event)
      default:
        return workflowFrames(event)
    }
  }
}

const toMessageEnd = (envelope: ChatflowEnvelope, sources: SourceGatherer, event: Extract<RunEvent, { type: 'workflow-end' }>) => ({
  id: envelope.messageId,
  metadata: toChatflowMetadata(envelope, sources, event),
  files: filesIn({ files: event.outputs['files'] }),
  ...(envelope.detail === 'simple' && event.annotationReply ? { is_annotation: true } : {}),
})

/** Metadata of a chatflow's answer: what all its models used, and what it rests on. */
export const toChatflowMetadata = (
  { detail, showsSources }: Pick<ChatflowEnvelope, 'detail' | 'showsSources'>,
  { resources, reasoning }: SourceGatherer,
  { usage = noUsage, annotationReply }: Pick<Extract<RunEvent, { type: 'workflow-end' }>, 'usage' | 'annotationReply'>,
) => toMetadata(usage, detail, { resources: showsSources ? resources : [], reasoning, annotationReply })
