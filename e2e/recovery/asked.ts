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
    async () => (await readLog(world, kind)).filter(({ asked }) => asked.includes(`#${tag}#`)).map(({ answer }) => countWords(tag, answer)),
    (counts) => counts.includes(words),
    PATIENCE_MS,
  )
}
