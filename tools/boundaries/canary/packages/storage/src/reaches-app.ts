// expect: rung-models-storage-queue-cache
import { compose } from '../../../apps/server/src/compose.ts'

export const face = compose
