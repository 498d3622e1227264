import type { NodeContext, NodeOutcome, Submission } from '@trellis/spec'
import type { Value } from '@trellis/values'
import { parseTemplate, renderTemplate } from '@trellis/variables'
import { defineNode } from '../define-node.ts'
import { inputsOfTemplates } from '../node-data.ts'
import { type HumanInputConfig, humanInputSchema } from './config.ts'
import { fillForm } from './fill-form.ts'
import { pauseReasonOf } from './pause-reason.ts'

const TIMEOUT_HANDLE = '__timeout'

/** Waits until somebody has filled in a form, or its time is over (workflow spec 2.23). */
export const humanInputNode = defineNode(
  {
    type: 'human-input',
    executionClass: 'branch',
    defaults: () => ({
      delivery_methods: [],
      form_content: '',
      inputs: [],
      user_actions: [],
      timeout: 36,
      timeout_unit: 'hour',
    }),
    config: humanInputSchema,
    inputs: ({ form_content }) => inputsOfTemplates(form_content),
  },
  (context): NodeOutcome => {
    const { config, submission, variables } = context
    const formContent = renderTemplate(parseTemplate(config.form_content), variables, 'markdown')
    if (!submission) return { status: 'paused', reason: pauseReasonOf(config, formContent, variables) }
    if (submission.type === 'expired') {
      return { status: 'succeeded', handle: TIMEOUT_HANDLE, outputs: closingOutputs('', '', formContent) }
    }
    return resume(context, submission, formContent)
  },
)

function resume(
  { config }: NodeContext<HumanInputConfig>,
  submission: Extract<Submission, { type: 'submitted' }>,
  formContent: string,
): NodeOutcome {
  const { actionId, values } = submission
  const submitted: Record<string, Value> = {}
  for (const { output_variable_name: name } of config.inputs) if (Object.hasOwn(values, name)) submitted[name] = values[name] ?? null
  const title = config.user_actions.find(({ id }) => id === actionId)?.title
  if (title === undefined) throw new Error(`The form has no action "${actionId}".`)
  const outputs = { ...submitted, ...closingOutputs(actionId, title, fillForm(formContent, config.inputs, submitted)) }
  return { status: 'succeeded', handle: actionId, inputs: submitted, outputs }
}

const closingOutputs = (actionId: string, title: string, content: string) => ({
  __action_id: actionId,
  __action_value: title,
  __rendered_content: content,
})
