import { filesInTemplate, parseTemplate, renderTemplate } from '@trellis/variables'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { inputsOfTemplates, textSchema } from '../node-data.ts'

/** Says something to the caller of a chatflow (workflow spec 2.5). */
export const answerNode = defineNode(
  {
    type: 'answer',
    executionClass: 'response',
    defaults: () => ({ variables: [], answer: '' }),
    config: z.looseObject({ answer: textSchema }).transform(({ answer }) => ({ source: answer, template: parseTemplate(answer) })),
    inputs: ({ source }) => inputsOfTemplates(source),
    template: ({ template }) => template,
  },
  ({ config, variables }) => ({
    status: 'succeeded',
    outputs: { answer: renderTemplate(config.template, variables, 'markdown'), files: filesInTemplate(config.template, variables) },
  }),
)
