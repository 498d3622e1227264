export { defaultBehaviour, type FakeBehaviour, type FaultKind, faultKinds, UnknownBehaviourError } from './behaviour.ts'
export type { ChatRequestBody, FakeRequest } from './request-log.ts'
export { type FakeOpenai, type FakeOpenaiOptions, type FakeStats, startFakeOpenai } from './server.ts'
export { answerPieces, createSharedClock } from './wire.ts'
