import type { WorkflowEvent } from '@trellis/contracts'
import type { ChatEvent } from '../../../api/types/conversations.ts'

/** The steps behind a chatflow's answer, and its text as a workflow would stream it; frames of workflows pass. */
export async function* toWorkflowEvents(events: AsyncIterable<ChatEvent | WorkflowEvent>): AsyncGenerator<WorkflowEvent, void, undefined> {
  let runId = ''
  for await (const event of events) {
    if ('workflow_run_id' in event) {
      runId = event.workflow_run_id
      yield event
    } else if (event.event === 'message' || event.event === 'message_replace') {
      const { answer: text, task_id } = event
      const common = { task_id, workflow_run_id: runId }
      if (event.event === 'message_replace') yield { event: 'text_replace', ...common, data: { text } }
      else yield { event: 'text_chunk', ...common, data: { text, from_variable_selector: [] } }
    }
  }
}
