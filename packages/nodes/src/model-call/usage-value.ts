import { toUsageWire, type Usage } from '@trellis/contracts'
import { type Dict, float } from '@trellis/values'

/** Usage as an output that later nodes can read. */
export function toUsageValue(usage: Usage): Dict {
  const { latency, time_to_first_token, time_to_generate, ...wire } = toUsageWire(usage)
  return {
    ...wire,
    latency: float(latency),
    time_to_first_token: time_to_first_token === null ? null : float(time_to_first_token),
    time_to_generate: time_to_generate === null ? null : float(time_to_generate),
  }
}
