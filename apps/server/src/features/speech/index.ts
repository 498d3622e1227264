import type { Mount } from '../../http/mount.ts'
import { mountSpeechRoutes, type SpeechRouteDependencies } from './speech.routes.ts'
import { createSpeechService, type SpeechDependencies } from './speech.service.ts'

/** Apps that hear and speak: audio in both directions, for API callers, visitors and editors. */
export function mountSpeech(mount: Mount, dependencies: SpeechDependencies & Omit<SpeechRouteDependencies, 'speech'>): void {
  mountSpeechRoutes(mount, { ...dependencies, speech: createSpeechService(dependencies) })
}

export { createSpeechCheck } from './check-speech.ts'
