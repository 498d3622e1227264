import { z } from 'zod'

const inputs = z.record(z.string(), z.unknown())

/** What an extension decides of a text (plugins-and-models 9): Dify's defaults stand for what it leaves out. */
const verdict = z.looseObject({
  flagged: z.boolean().default(false),
  action: z.enum(['direct_output', 'overridden']).default('direct_output'),
  preset_response: z.string().nullish(),
})

/** What extensions are asked, and what they answer (plugins-and-models 10). */
export const points = {
  ping: { name: 'ping', answer: z.looseObject({ result: z.literal('pong') }), example: '{"result": "pong"}' },
  externalData: {
    name: 'app.external_data_tool.query',
    answer: z.looseObject({ result: z.string() }),
    example: '{"result": "a text"}',
  },
  moderateInput: {
    name: 'app.moderation.input',
    answer: verdict.extend({ inputs: inputs.nullish(), query: z.string().nullish() }),
    example: '{"flagged": true, "action": "direct_output", "preset_response": "a text"}',
  },
  moderateOutput: {
    name: 'app.moderation.output',
    answer: verdict.extend({ text: z.string().nullish() }),
    example: '{"flagged": true, "action": "direct_output", "preset_response": "a text"}',
  },
} as const

type Points = typeof points
export type PointName = keyof Points
export type AnswerOf<Name extends PointName> = z.output<Points[Name]['answer']>

export interface PointParams {
  readonly ping: Readonly<Record<string, never>>
  readonly externalData: {
    readonly app_id: string
    readonly tool_variable: string
    readonly inputs: Readonly<Record<string, unknown>>
    readonly query: string
  }
  readonly moderateInput: { readonly app_id: string; readonly inputs: Readonly<Record<string, unknown>>; readonly query: string }
  readonly moderateOutput: { readonly app_id: string; readonly text: string }
}
