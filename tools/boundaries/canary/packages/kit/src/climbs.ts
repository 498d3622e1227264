// expect: rung-kit
import { config } from '@trellis/config'

export const face = config
