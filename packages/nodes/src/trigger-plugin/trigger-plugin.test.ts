import { expect, it } from 'vitest'
import { runNode } from '../testing/run-node.ts'
import { triggerScheduleNode } from '../trigger-schedule/node.ts'
import { triggerPluginNode } from './node.ts'

it('2.24 gives the fields of the event, and says which event it was', async () => {
  const data = { provider_id: 'github', event_name: 'issue_opened', plugin_unique_identifier: 'a/b:1' }
  const { outcome } = await runNode(triggerPluginNode, data, { variables: { 'node.event_data': { title: 'Broken' }, 'sys.user_id': 'u' } })
  expect(outcome).toMatchObject({
    outputs: { title: 'Broken', 'sys.user_id': 'u' },
    metadata: { trigger_info: { provider_id: 'github', event_name: 'issue_opened' } },
  })
})

it('2.24 has a sister that gives the time at which the clock began the run', async () => {
  const { outcome } = await runNode(triggerScheduleNode, { frequency: 'daily' }, { variables: { 'sys.timestamp': 1700000000 } })
  expect(outcome).toMatchObject({ outputs: { 'sys.timestamp': 1700000000 } })
})
