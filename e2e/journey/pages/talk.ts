import type { Locator, Page } from 'playwright-core'
import { appears, until, vanishes } from '../wait.ts'
import { button, field } from './controls.ts'

/** A chat, in the preview and on a public page alike. */
export interface Talk {
  readonly composer: Locator
  readonly turns: Locator
  ask(question: string): Promise<void>
  /** The newest turn's answer so far. */
  answer(): Promise<string>
  /** Waits until so many characters of the newest answer stand there, while more come: more than the words that say one has to wait. */
  streams(atLeast: number): Promise<string>
  /** Waits until the newest answer is whole. */
  finishes(): Promise<string>
}

export function createTalk(scope: Page | Locator): Talk {
  const turns = scope.getByRole('article')
  const composer = field(scope, 'Message')
  const newest = turns.last().locator('[aria-busy]')
  const answer = (): Promise<string> => newest.textContent().then((text) => text ?? '')
  return {
    composer,
    turns,
    answer,
    async ask(question) {
      const before = await turns.count()
      await composer.fill(question)
      // An answer can be read before it has ended, and until then the next question is not taken.
      await vanishes(button(scope, 'Stop answering'))
      await composer.press('Enter')
      await until('the question stands in the thread', async () => (await turns.count()) > before)
    },
    async streams(atLeast) {
      await appears(button(scope, 'Stop answering'))
      return until(`${atLeast} characters of the answer came`, answer, (text) => text.length >= atLeast)
    },
    async finishes() {
      await appears(button(turns.last(), 'Answer again'))
      return answer()
    },
  }
}
