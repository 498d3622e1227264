import {
  type AnnotationReply,
  type MessageEndFile,
  type RetrieverResource,
  type RunEvent,
  simpleRetrieverResourceSchema,
  toUsageWire,
  type Usage,
} from '@trellis/contracts'
import { sseData } from '@trellis/kit'
import type { EventBatch } from '../../features/runs/index.ts'
import type { FrameDetail } from './shown-values.ts'

/** What stands on every frame of a basic app's stream (service-api 2.2). */
export interface FrameEnvelope {
  readonly mode: 'chat' | 'completion'
  readonly taskId: string
  readonly messageId: string
  readonly conversationId: string
  readonly createdAtMs: number
  /** Web callers learn neither usage nor annotations (service-api 2.4). */
  readonly detail: FrameDetail
  /** Files that the answer came with. */
  readonly files?: readonly MessageEndFile[]
}

export interface FrameOptions {
  /** The caller asked for `id:` lines, to continue from. */
  readonly hasIds: boolean
  /** Something was sent before: streams of workflows begin with a ping otherwise. */
  readonly isOpened?: boolean
}

/** Translates a run's events into Dify's frames. */
export interface FrameTranslator {
  toFrames(batch: EventBatch): string
}

export function createMessageFrames(envelope: FrameEnvelope, options: FrameOptions): FrameTranslator {
  const base = toBase(envelope)
  // Text deltas are nearly all there is: everything but the text is put together once.
  const messageHead = `${JSON.stringify({ event: 'message', ...base, id: envelope.messageId }).slice(0, -1)},"answer":`
  const messageTail = ',"from_variable_selector":null}'
  const toJson = (event: RunEvent): string | undefined => {
    switch (event.type) {
      case 'run-start':
        // Who means to continue learns at once what there is to continue, or to stop: the first word may be long in coming.
        return options.hasIds ? `${messageHead}""${messageTail}` : undefined
      case 'text-delta':
        return messageHead + JSON.stringify(event.text) + messageTail
      case 'text-replace':
        // Only chatflows say why.
        return JSON.stringify({ event: 'message_replace', ...base, answer: event.text, reason: '' })
      case 'run-end':
        return JSON.stringify({
          event: 'message_end',
          ...base,
          id: envelope.messageId,
          metadata: toMetadata(event.usage, envelope.detail, toSources(event)),
          files: envelope.files?.length ? envelope.files : null,
          // Only who made the app can give it more room.
          ...(envelope.detail === 'full' && event.isCut ? { is_cut: true } : {}),
          ...(envelope.detail === 'simple' && event.isStopped ? { is_stopped: true } : {}),
          ...(envelope.detail === 'simple' && event.annotationReply ? { is_annotation: true } : {}),
        })
      case 'run-error': {
        const { task_id: _, ...rest } = base
        const { message, status, details } = event
        return JSON.stringify({ event: 'error', ...rest, code: toWireCode(event.code), message, status, ...(details && { details }) })
      }
      default:
        // Thoughts are not told; the events of workflows have frames of their own.
        return undefined
    }
  }
  return {
    toFrames({ epoch, firstOffset, events }) {
      let frames = ''
      for (let index = 0; index < events.length; index++) {
        const event = events[index]
        const json = event && toJson(event)
        if (json) frames += sseData(json, options.hasIds ? `${epoch}-${firstOffset + index}` : undefined)
      }
      return frames
    },
  }
}

const toBase = ({ mode, conversationId, messageId, createdAtMs, taskId }: FrameEnvelope) => ({
  ...(mode === 'chat' ? { conversation_id: conversationId } : {}),
  message_id: messageId,
  created_at: Math.floor(createdAtMs / 1000),
  task_id: taskId,
})

/** Frames of an answer's sound, behind its end. They have no ids: no reader continues in the midst of what is spoken. */
export interface SpeechFrames {
  toFrame(sound: Uint8Array): string
  readonly end: string
}

export function createSpeechFrames(envelope: FrameEnvelope): SpeechFrames {
  const base = toBase(envelope)
  return {
    toFrame: (sound) => sseData(JSON.stringify({ event: 'tts_message', ...base, audio: Buffer.from(sound).toString('base64') })),
    end: sseData(JSON.stringify({ event: 'tts_message_end', ...base, audio: '' })),
  }
}

/** What an answer of a chatflow rests on. */
export interface AnswerSources {
  readonly resources: readonly RetrieverResource[]
  /** Reasoning by node. */
  readonly reasoning: Readonly<Record<string, string>>
  readonly annotationReply?: AnnotationReply | undefined
}

const noSources: AnswerSources = { resources: [], reasoning: {} }

/** Of a basic app's answer. */
export const toSources = ({ annotationReply }: Extract<RunEvent, { type: 'run-end' }>): AnswerSources => ({ ...noSources, annotationReply })

/** Metadata of an answer; its keys are always there. */
export function toMetadata(usage: Usage, detail: FrameDetail, { resources, reasoning, annotationReply }: AnswerSources = noSources) {
  if (detail === 'simple') {
    return { retriever_resources: resources.map((resource) => simpleRetrieverResourceSchema.parse(resource)), reasoning: { ...reasoning } }
  }
  return {
    annotation_reply: annotationReply ?? null,
    retriever_resources: [...resources],
    usage: toUsageWire(usage),
    reasoning: { ...reasoning },
  }
}

/** Codes of ours that Dify's callers do not know are told as what they know (service-api 2.6). */
export function toWireCode(code: string): string {
  return code === 'run_timeout' ? 'completion_request_error' : code
}
