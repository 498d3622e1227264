// expect: rung-contracts
import { createIdSource } from '@trellis/kit'

export const face = createIdSource
