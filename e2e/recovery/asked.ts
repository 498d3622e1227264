import { until } from '../journey/wait.ts'
import type { World } from './world.ts'

const PATIENCE_MS = 60_000

/** Waits until the provider has a question. */
export async function isAsked(world: World, tag: string): Promise<void> {
  await until(
    `the provider was asked ${tag}`,
    async () => world.countAsks(tag) > 0,
    (is) => is,
    PATIENCE_MS,
  )
}
