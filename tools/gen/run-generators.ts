import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describeDifference } from './describe-difference.ts'
import type { Generator } from './generator.ts'

/** A file whose text on disk is not what its generator makes. */
export interface Drift {
  readonly output: string
  /** The lines that differ; empty for a file that is missing. */
  readonly difference: string
}

/** Compares every output below `root` with what its generator makes; with `isWriting` also writes those that differ. */
export async function runGenerators(
  root: string,
  generators: readonly Generator[],
  { isWriting }: { isWriting: boolean },
): Promise<Drift[]> {
  assertDistinct(generators)
  const drifts = await Promise.all(
    generators.map(async ({ output, generate }): Promise<Drift[]> => {
      const path = join(root, output)
      const [wanted, found] = await Promise.all([generate(), readIfThere(path)])
      if (wanted === found) return []
      if (isWriting) {
        await mkdir(dirname(path), { recursive: true })
        await writeFile(path, wanted)
      }
      return [{ output, difference: found === undefined ? '' : describeDifference(found, wanted) }]
    }),
  )
  return drifts.flat()
}

function assertDistinct(generators: readonly Generator[]): void {
  const seen = new Set<string>()
  for (const { output } of generators) {
    if (seen.has(output)) throw new Error(`Two generators write ${output}`)
    seen.add(output)
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
