// expect: no-test-code
import { aBuilder } from './__fixtures__/sample.ts'

export const face = aBuilder
