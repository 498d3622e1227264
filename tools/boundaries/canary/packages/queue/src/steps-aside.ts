// expect: rung-models-storage-queue-cache
import { cache } from '@trellis/cache'

export const face = cache
