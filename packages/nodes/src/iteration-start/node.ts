import { z } from 'zod'
import { defineNode } from '../define-node.ts'

/** Where each round of an iteration begins; does nothing. */
export const iterationStartNode = defineNode({ type: 'iteration-start', config: z.looseObject({}) }, () => ({
  status: 'succeeded',
  outputs: {},
}))
