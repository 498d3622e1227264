import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** They take minutes where others take seconds. */
const longest: readonly string[] = ['/testing/bad-input.int.test.ts', '/testing/route-walk.int.test.ts']

const isLongest = ({ moduleId }: TestSpecification): boolean => longest.some((end) => moduleId.endsWith(end))

/** Without times of earlier runs, as in a fresh clone, vitest begins with the largest files: those that take longest could run alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))]
  }
}
