// expect: rung-models-storage-queue-cache-client
import { cache } from '@trellis/cache'

export const face = cache
