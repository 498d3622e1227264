import { until } from '../journey/wait.ts'
import { countWords } from './judge.ts'
import { readLog } from './log.ts'
import type { Asked } from './scene.ts'
import type { Kind, World } from './world.ts'

const PATIENCE_MS = 180_000

/** Waits until the provider has a question. */
export async function isAsked(world: World, tag: string): Promise<void> {
  await until(
    `the provider was asked ${tag}`,
    async () => world.countAsks(tag) > 0,
    (is) => is,
    PATIENCE_MS,
  )
}

/** Waits until the server's log has a whole answer. */
export async function isStored(world: World, kind: Kind, { tag, answer: { words } }: Asked): Promise<void> {
  await until(
    `the log has all of ${tag}`,
    () => countStored(world, kind, tag),
    (counts) => counts.includes(words),
    PATIENCE_MS,
  )
}

/** Waits until the server's log has an answer that was stopped: a page says so at once, the log when the wish has come to the server. */
export async function isStoredInPart(world: World, kind: Kind, { tag }: Asked): Promise<void> {
  const hasSome = (counts: readonly number[]) => counts.some((count) => count > 0)
  await until(`the log has what was said of ${tag}`, () => countStored(world, kind, tag), hasSome, PATIENCE_MS)
}

/** Words of the answers that the log has to a question. */
async function countStored(world: World, kind: Kind, tag: string): Promise<readonly number[]> {
  const stored = (await readLog(world, kind)).filter(({ asked }) => asked.includes(`#${tag}#`))
  return stored.map(({ answer }) => countWords(tag, answer))
}
