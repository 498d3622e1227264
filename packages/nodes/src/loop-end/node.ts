import { z } from 'zod'
import { defineNode } from '../define-node.ts'

/** Makes the round of the loop around it the last one (workflow spec 2.16). */
export const loopEndNode = defineNode({ type: 'loop-end', config: z.looseObject({}) }, () => ({
  status: 'succeeded',
  outputs: {},
  endsLoop: true,
}))
