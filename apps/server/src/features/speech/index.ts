export { type AnswerSpeech, createAnswerSpeech, type FindAnswerSpeech } from './answer-speech.ts'
export { createSpeechCheck } from './check-speech.ts'
export { mountSpeechRoutes } from './speech.routes.ts'
export { createSpeechService } from './speech.service.ts'
