// expect: rung-models
import { cache } from '@trellis/cache'

export const face = cache
