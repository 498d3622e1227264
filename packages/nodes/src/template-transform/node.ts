import { compileTemplate, type Template, TemplateError } from '@trellis/jinja'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { inputsOfNamed, namedSelectorsSchema, readNamed, textSchema } from '../node-data.ts'

/** Texts on the way to the result may be longer than the result: what is too long is often cut by the template itself. */
const ROOM_FOR_WORK = 10

/** Renders a Jinja2 template, in this process (workflow spec 2.11). */
export const templateTransformNode = defineNode(
  {
    type: 'template-transform',
    defaults: () => ({ variables: [{ variable: 'arg1', value_selector: [] }], template: '{{ arg1 }}' }),
    config: z
      .looseObject({ template: textSchema, variables: namedSelectorsSchema })
      .transform(({ template, variables }) => ({ variables, template: compile(template) })),
    inputs: ({ variables }) => inputsOfNamed(variables),
  },
  ({ config, variables, services }) => {
    const inputs = readNamed(config.variables, variables)
    const most = services.limits.templateMaxLength
    const output = render(config.template, inputs, most * ROOM_FOR_WORK)
    if (output instanceof TemplateError) return { status: 'failed', error: describe(output), errorType: '', inputs }
    if (countCharacters(output) > most) {
      const error = `The rendered text has more than ${most} characters. Let the template print less, or raise TEMPLATE_TRANSFORM_MAX_LENGTH.`
      return { status: 'failed', error, errorType: '', inputs }
    }
    return { status: 'succeeded', inputs, outputs: { output } }
  },
)

/** A template that cannot be read fails the node that has it, not the whole graph. */
function compile(source: string): Template | TemplateError {
  return orTemplateError(() => compileTemplate(source))
}

function render(template: Template | TemplateError, inputs: Parameters<Template['render']>[0], maxLength: number): string | TemplateError {
  return template instanceof TemplateError ? template : orTemplateError(() => template.render(inputs, { maxLength }))
}

function orTemplateError<Result>(action: () => Result): Result | TemplateError {
  try {
    return action()
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
}

const describe = ({ kind, message, line }: TemplateError): string => `${kind}${line === undefined ? '' : ` in line ${line}`}: ${message}`

function countCharacters(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
