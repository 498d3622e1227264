import { z } from 'zod'
import { defineNode } from '../define-node.ts'

/** Where each round of a loop begins; does nothing. */
export const loopStartNode = defineNode({ type: 'loop-start', config: z.looseObject({}) }, () => ({ status: 'succeeded', outputs: {} }))
