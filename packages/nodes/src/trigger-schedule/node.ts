import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { systemOutputs } from '../system-variables.ts'

/** Where a run begins that the clock starts; when, is told elsewhere (workflow spec 2.24). */
export const triggerScheduleNode = defineNode(
  { type: 'trigger-schedule', executionClass: 'root', config: z.looseObject({}) },
  ({ variables }) => {
    const outputs = systemOutputs(variables)
    return { status: 'succeeded', inputs: outputs, outputs }
  },
)
