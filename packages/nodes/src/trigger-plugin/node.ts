import { type Dict, isDict } from '@trellis/values'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { textSchema } from '../node-data.ts'
import { systemOutputs } from '../system-variables.ts'

/**
 * Where a run begins that an event of a plugin starts (workflow spec 2.24). Whoever starts the run puts the event's payload into the
 * pool as `event_data` under the node's name; each of its fields is an output.
 */
export const triggerPluginNode = defineNode(
  {
    type: 'trigger-plugin',
    executionClass: 'root',
    defaults: () => ({
      plugin_id: '',
      provider_id: '',
      event_name: '',
      subscription_id: '',
      plugin_unique_identifier: '',
      event_parameters: {},
      config: {},
    }),
    config: z.looseObject({ provider_id: textSchema, event_name: textSchema, plugin_unique_identifier: textSchema }),
  },
  ({ nodeId, config, variables }) => {
    const payload = variables.get([nodeId, 'event_data'])?.value ?? null
    const fields: Dict = payload !== null && isDict(payload) ? payload : {}
    const { provider_id, event_name, plugin_unique_identifier } = config
    return {
      status: 'succeeded',
      inputs: fields,
      outputs: { ...fields, ...systemOutputs(variables) },
      metadata: { trigger_info: { provider_id, event_name, plugin_unique_identifier } },
    }
  },
)
