import type { LLMock } from '@copilotkit/aimock'
import { FAKE_USAGE, RETRY_AFTER_SECONDS } from './scenario.ts'
import type { Subject } from './subjects.ts'

/** The names of the protocols' own for an answer that was refused, which the emulator passes on as they are. */
const refusals: Readonly<Record<Exclude<Subject['wire'], 'replicate'>, string>> = {
  openai: 'content_filter',
  anthropic: 'refusal',
  google: 'PROHIBITED_CONTENT',
  bedrock: 'guardrail_intervened',
}

/** Tells the emulator what to answer: chosen by the words of the last user, the same for every protocol. */
export function playEmulatedAnswers(emulator: LLMock): void {
  const total = FAKE_USAGE.prompt + FAKE_USAGE.completion
  const usage = { prompt_tokens: FAKE_USAGE.prompt, completion_tokens: FAKE_USAGE.completion, total_tokens: total }
  const tools = [
    { name: 'get_weather', arguments: '{"city":"Paris"}' },
    { name: 'get_weather', arguments: '{"city":"Rome, Italy"}' },
  ]
  emulator
    .on({ userMessage: 'weather', hasToolResult: true }, { content: 'Sunny in both.' })
    .on({ userMessage: 'weather', toolName: 'get_weather' }, { toolCalls: tools })
    .onMessage('text', { content: 'Hello there, you', usage })
    .onMessage('think', { content: '42', reasoning: 'Let me think.' })
    .onJsonOutput('title', { title: 'Bread' })
    .on({ userMessage: 'title', responseFormat: 'json_schema' }, { content: '{"title":"Bread"}' })
    .on({ userMessage: 'title', systemMessage: JSON.stringify({ title: { type: 'string' } }) }, { content: '{"title":"Bread"}' })
    .onEmbedding('bread', { embedding: [0.5, 0.25] })
    .onRerank('bread', [
      { index: 0, relevance_score: 0.1 },
      { index: 1, relevance_score: 0.9 },
    ])
    .onSpeech('Hello', { audio: 'aGVsbG8=' })
    .onTranscription({ transcription: { text: 'Good day' } })
    .onModerate('hurt', { flagged: true, categories: { violence: true } })
  for (const [wire, finishReason] of Object.entries(refusals)) emulator.onMessage(`forbidden ${wire}`, { content: '', finishReason })
  playFailures(emulator)
}

function playFailures(emulator: LLMock): void {
  const tooOften = { error: { message: 'Too many requests.', type: 'rate_limit_error' }, status: 429, retryAfter: RETRY_AFTER_SECONDS }
  const tooMany = { error: { message: 'Overloaded', type: 'overloaded_error' }, status: 503 }
  const tooLong = {
    error: {
      message: "This model's maximum context length is 8192 tokens.",
      type: 'invalid_request_error',
      code: 'context_length_exceeded',
    },
    status: 400,
  }
  for (const [words, error] of [
    ['too often', tooOften],
    ['too many', tooMany],
    ['too long', tooLong],
  ] as const) {
    emulator.onMessage(words, error).onEmbedding(words, error)
  }
  emulator.onMessage('torn', { content: 'Hello there, you' }, { truncateAfterChunks: 3 })
  emulator.onEmbedding('torn', { embedding: [0.5] }, { chaos: { disconnectRate: 1 } })
}
