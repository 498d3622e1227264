// expect: rung-models-storage-queue-cache-sandbox-client
import { cache } from '@trellis/cache'

export const face = cache
