// expect: rung-models
import { compose } from '../../../apps/server/src/compose.ts'

export const face = compose
