import type { HumanInputContent } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { toSeconds } from '../../http/compat/seconds.ts'
import { presentActions, readDefinition, readSubmission } from './form-definition.ts'
import { type FormRow, listFormsOfMessages } from './forms.repository.ts'

/** What people were asked while these messages were written, by message (service-api 1.4). */
export async function findHumanInput(
  db: Db,
  tenantId: string,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, readonly HumanInputContent[]>> {
  const byMessage = new Map<string, HumanInputContent[]>()
  for (const { message_id: messageId, ...form } of await listFormsOfMessages(db, tenantId, messageIds)) {
    if (messageId !== null) byMessage.set(messageId, [...(byMessage.get(messageId) ?? []), presentContent(form)])
  }
  return byMessage
}

function presentContent(row: FormRow): HumanInputContent {
  const submission = readSubmission(row)
  const head = { type: 'human_input' as const, workflow_run_id: row.run_id, submitted: submission !== undefined }
  const node = { node_id: row.node_id, node_title: row.node_title }
  if (submission) {
    const { renderedContent, actionId, actionTitle, values } = submission
    const data = {
      ...node,
      rendered_content: renderedContent,
      action_id: actionId,
      action_text: actionTitle,
      submitted_data: { ...values },
    }
    return { ...head, form_definition: null, form_submission_data: data }
  }
  const form = readDefinition(row)
  return {
    ...head,
    form_definition: {
      ...node,
      form_id: row.id,
      form_content: form.formContent,
      inputs: form.inputs,
      actions: presentActions(form),
      display_in_ui: form.isShownInChat,
      // Whoever reads the history may answer only as long as anybody may.
      form_token: row.status === 'waiting' ? form.token : null,
      resolved_default_values: form.resolvedDefaults,
      expiration_time: toSeconds(row.expires_at),
    },
    form_submission_data: null,
  }
}
