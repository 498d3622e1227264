// expect: rung-models-storage-queue-cache-sandbox-client
import { compose } from '../../../apps/server/src/compose.ts'

export const face = compose
