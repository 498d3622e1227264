import type { App } from '../../../api/types/apps.ts'
import type { WorkflowVersion } from '../../../api/workflows-api.ts'
import { CodeBlock } from '../../chat/CodeBlock.tsx'
import { initialValues, toInputs } from '../../form/form-values.ts'
import { readStartForm } from './start-form.ts'

const KEY_PLACEHOLDER = 'YOUR_API_KEY'

export interface CallSampleProps {
  readonly app: App
  /** Whose form names the inputs. */
  readonly graph: WorkflowVersion['graph']
  /** The version that is called; what is published where absent. */
  readonly versionId?: string | undefined
  readonly apiKey?: string | null
}

/** A call to copy, with the inputs of this very form. */
export function CallSample(props: CallSampleProps) {
  return <CodeBlock code={toCurl(props)} language="bash" />
}

function toCurl({ app, graph, versionId, apiKey }: CallSampleProps): string {
  const variables = readStartForm(graph)
  const named = Object.fromEntries(variables.map(({ variable, options }) => [variable, options[0] ?? '…']))
  const inputs = { ...named, ...toInputs(variables, initialValues(variables)) }
  const isChat = app.mode === 'advanced-chat'
  // Chatflows name their version beside the question, workflows in the address.
  const message = { query: '…', ...(versionId !== undefined && { workflow_id: versionId }) }
  const body = JSON.stringify({ inputs, ...(isChat && message), response_mode: 'blocking', user: 'user-1' }, null, 2)
  const workflowPath = versionId === undefined ? 'workflows/run' : `workflows/${versionId}/run`
  return [
    `curl -X POST '${app.api_base_url ?? ''}/${isChat ? 'chat-messages' : workflowPath}' \\`,
    `  -H 'Authorization: Bearer ${apiKey ?? KEY_PLACEHOLDER}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${body.replaceAll("'", String.raw`'\''`)}'`,
  ].join('\n')
}
