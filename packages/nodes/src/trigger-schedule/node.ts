import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { systemOutputs } from '../system-variables.ts'

/** Where a run begins that the clock starts; when, is told elsewhere (workflow spec 2.24). */
export const triggerScheduleNode = defineNode(
  {
    type: 'trigger-schedule',
    executionClass: 'root',
    defaults: () => ({
      mode: 'visual',
      frequency: 'daily',
      cron_expression: '',
      visual_config: { on_minute: 0, time: '12:00 AM', weekdays: ['sun'], monthly_days: [1] },
      timezone: 'UTC',
    }),
    config: z.looseObject({}),
  },
  ({ variables }) => {
    const outputs = systemOutputs(variables)
    return { status: 'succeeded', inputs: outputs, outputs }
  },
)
