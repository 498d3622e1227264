import { AppError, type WrittenInstruction, type WrittenPrompt } from '@trellis/contracts'
import { listTemplateVariables } from '@trellis/kit'
import { askModel } from '../conversations/index.ts'
import { accountAsCaller, type ModelGateway } from '../models/index.ts'
import { findTagged, readCode, readObject, readTagged } from './read-answer.ts'
import { askForCode, askForPrompt, askForSchema, askToImprove, tags } from './wordings.ts'

export interface GeneratorDependencies {
  readonly gateway: Pick<ModelGateway, 'resolveLanguageModel'>
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<unknown>
  /** Of a node in the app's draft; undefined where it has no such node. @throws `app_not_found`, `draft_workflow_not_exist` */
  readonly nodeTypeOf: (tenantId: string, place: { readonly appId: string; readonly nodeId: string }) => Promise<string | undefined>
}

/** Who asks which model, for which app. */
export interface GeneratorCall {
  readonly actor: { readonly tenantId: string; readonly accountId: string }
  readonly appId: string | null
  readonly model: {
    readonly provider: string
    readonly name: string
    readonly completion_params: Readonly<Record<string, unknown>>
  }
  readonly instruction: string
  readonly signal: AbortSignal
}

export interface InstructionCall extends GeneratorCall {
  readonly appId: string
  readonly nodeId: string
  readonly current: string
  readonly language: string
  readonly idealOutput: string
}

/** Has models write prompts, code and schemas. What a model fails at is thrown; an answer that cannot be used says so in `error`. */
export type Generators = ReturnType<typeof createGeneratorService>

const NOTHING = 'The model answered nothing that can be used. Say more about what you want, or choose another model.'

export function createGeneratorService({ gateway, getApp, nodeTypeOf }: GeneratorDependencies) {
  async function ask({ actor, appId, model, signal }: GeneratorCall, text: string): Promise<string> {
    if (appId !== null) await getApp(actor.tenantId, appId)
    const caller = accountAsCaller(actor, { purpose: 'generator', appId })
    const resolved = await gateway.resolveLanguageModel({ caller, provider: model.provider, model: model.name })
    // Texts at which the app's answers end would cut off what is written about them.
    const { stop: _, ...parameters } = model.completion_params
    return askModel(resolved, { text, parameters }, signal)
  }

  async function writePrompt(call: GeneratorCall, hasVariables: boolean): Promise<WrittenPrompt> {
    const answer = await ask(call, askForPrompt(call.instruction, { hasVariables }))
    // A model that leaves its opening within the prompt's tags, or forgets the latter, must not repeat it.
    const opening = findTagged(answer, tags.opening) ?? ''
    const prompt = readTagged(answer.split(`<${tags.opening}>`)[0] ?? '', tags.prompt)
    return {
      prompt,
      variables: hasVariables ? [...listTemplateVariables(prompt)] : [],
      opening_statement: hasVariables ? opening : '',
      error: errorOf(prompt),
    }
  }

  async function writeCode(call: GeneratorCall, language: string) {
    const code = readCode(await ask(call, askForCode(call.instruction, language)))
    return { code, language, error: errorOf(code) }
  }

  return {
    writePrompt,
    writeCode,
    async writeSchema(call: GeneratorCall) {
      const schema = readObject(await ask(call, askForSchema(call.instruction)))
      return schema ? { output: JSON.stringify(schema, null, 2), error: '' } : { output: '', error: NOTHING }
    },
    /** Improves what there is; what a node lacks is written from nothing. @throws `bad_request` where neither is possible */
    async writeInstruction(call: InstructionCall): Promise<WrittenInstruction> {
      const { nodeId, current, language, idealOutput } = call
      const instruction = call.instruction.replaceAll('{{#current#}}', () => current)
      const kind = nodeId === '' ? 'prompt' : await kindOf(call)
      if (current.trim() !== '') {
        const answer = await ask(call, askToImprove({ kind, current, instruction, idealOutput, language }))
        const message = findTagged(answer, tags.message) ?? ''
        const found = readTagged(answer.split(`<${tags.message}>`)[0] ?? '', tags.result)
        const modified = kind === 'code' ? readCode(found) : found
        return { modified, message, error: errorOf(modified) }
      }
      if (nodeId === '') {
        throw new AppError('bad_request', {
          message: 'There is nothing to improve: send `current`, or the `node_id` of a node to write for.',
        })
      }
      if (kind === 'code') {
        const written = await writeCode({ ...call, instruction }, language)
        return { ...written, modified: written.code, message: '' }
      }
      // Nodes take their values from others, not from a form.
      const written = await writePrompt({ ...call, instruction }, false)
      return { ...written, modified: written.prompt, message: '' }
    },
  }

  async function kindOf({ actor, appId, nodeId }: InstructionCall): Promise<'prompt' | 'code'> {
    const type = await nodeTypeOf(actor.tenantId, { appId, nodeId })
    if (type === undefined) {
      const message = `The draft has no node “${nodeId}”. Save it, then try again.`
      throw new AppError('bad_request', { message, refusal: { reason: 'node_unsaved', values: {} } })
    }
    return type === 'code' ? 'code' : 'prompt'
  }
}

const errorOf = (written: string): string => (written === '' ? NOTHING : '')
