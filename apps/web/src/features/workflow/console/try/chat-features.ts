import { readAttachmentRules } from '../../../attachments/attachment-rules.ts'
import type { FileRules } from '../../../form/file-rules.ts'

/** What a chatflow begins a conversation with, and what it takes beside a question. */
export interface ChatFeatures {
  readonly opening: string
  readonly questions: readonly string[]
  readonly fileRules: FileRules | undefined
}

/** Reads the features of a draft; whatever is not there, or is something else, is none. */
export function readChatFeatures(features: Readonly<Record<string, unknown>>): ChatFeatures {
  const opening = features['opening_statement']
  const questions = features['suggested_questions']
  const upload = features['file_upload']
  return {
    opening: typeof opening === 'string' ? opening.trim() : '',
    questions: Array.isArray(questions)
      ? questions.filter((question): question is string => typeof question === 'string' && question.trim() !== '')
      : [],
    fileRules: typeof upload === 'object' && upload !== null ? readAttachmentRules({ ...upload }) : undefined,
  }
}
