import { z } from 'zod'
import { jsonObject, orDefault, uuid } from '../common/wire.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { runErrors } from '../routes/run-errors.ts'

/** More than any model reads, less than would trouble the server. */
const LONGEST_TEXT = 1_000_000

const text = orDefault(z.string().max(LONGEST_TEXT), '')

/** What is asked of a model that writes for whoever builds. */
const ask = {
  instruction: z.string().trim().min(1, 'Say what shall be written.').max(LONGEST_TEXT),
  model_config: z.object({ provider: z.string().min(1), name: z.string().min(1), completion_params: orDefault(jsonObject, {}) }),
}

/** The app that the call is booked under; beyond Dify. */
const app_id = uuid.nullish()

/** Why the model's answer cannot be used; empty where it can. */
const error = z.string()

export const writtenPromptSchema = z.object({
  prompt: z.string(),
  /** Those that the prompt names as `{{name}}`. */
  variables: z.array(z.string()),
  opening_statement: z.string(),
  error,
})
export type WrittenPrompt = z.infer<typeof writtenPromptSchema>

const writtenCodeSchema = z.object({ code: z.string(), language: z.string(), error })

/** `modified` is what was asked for, whatever it is; the others say more about what was written from nothing. */
export const writtenInstructionSchema = z.object({
  modified: z.string(),
  /** What was changed, in a few words. */
  message: z.string(),
  error,
  prompt: z.string().optional(),
  variables: z.array(z.string()).optional(),
  opening_statement: z.string().optional(),
  code: z.string().optional(),
  language: z.string().optional(),
})
export type WrittenInstruction = z.infer<typeof writtenInstructionSchema>

const writing = { surface: 'console', tag: 'Generators', method: 'POST', auth: editing } as const
const errors = [...runErrors, 'app_not_found'] as const

/** Prompts and code by a model (service-api 7.2). */
export const consoleGeneratorRoutes = {
  generatePrompt: defineRoute({
    ...writing,
    path: '/rule-generate',
    summary: 'Have a model write a prompt',
    body: z.object({ ...ask, app_id, no_variable: orDefault(z.boolean(), false) }),
    responses: { 200: writtenPromptSchema },
    errors,
  }),
  generateCode: defineRoute({
    ...writing,
    path: '/rule-code-generate',
    summary: 'Have a model write the code of a node',
    body: z.object({ ...ask, app_id, code_language: orDefault(z.string().max(100), 'javascript') }),
    responses: { 200: writtenCodeSchema },
    errors,
  }),
  generateSchema: defineRoute({
    ...writing,
    path: '/rule-structured-output-generate',
    summary: 'Have a model write the JSON schema of a structured output',
    body: z.object({ ...ask, app_id }),
    responses: { 200: z.object({ output: z.string(), error }) },
    errors,
  }),
  generateInstruction: defineRoute({
    ...writing,
    path: '/instruction-generate',
    summary: 'Have a model improve a prompt or code, or write what a node of the draft lacks',
    body: z.object({
      ...ask,
      flow_id: uuid,
      node_id: orDefault(z.string().max(1000), ''),
      current: text,
      language: orDefault(z.string().max(100), 'javascript'),
      ideal_output: text,
    }),
    responses: { 200: writtenInstructionSchema },
    errors: [...errors, 'bad_request', 'draft_workflow_not_exist'],
  }),
  getInstructionTemplate: defineRoute({
    ...writing,
    path: '/instruction-generate/template',
    summary: 'What an instruction for improving can begin with',
    body: z.object({ type: z.enum(['prompt', 'code']) }),
    responses: { 200: z.object({ data: z.string() }) },
  }),
}
