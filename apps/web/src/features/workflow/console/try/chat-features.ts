/** What a chatflow begins a conversation with. */
export interface ChatFeatures {
  readonly opening: string
  readonly questions: readonly string[]
}

/** Reads the features of a draft; whatever is not there, or is something else, is none. */
export function readChatFeatures(features: Readonly<Record<string, unknown>>): ChatFeatures {
  const opening = features['opening_statement']
  const questions = features['suggested_questions']
  return {
    opening: typeof opening === 'string' ? opening.trim() : '',
    questions: Array.isArray(questions)
      ? questions.filter((question): question is string => typeof question === 'string' && question.trim() !== '')
      : [],
  }
}
