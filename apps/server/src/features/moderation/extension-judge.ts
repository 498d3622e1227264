import type { ApiExtensions } from '../api-extensions/index.ts'
import type { AskedTurn, PreflightVerdict, Replacement } from '../turns/index.ts'
import type { ModerationConfig } from './moderation-config.ts'

export type ExtensionJudge = Pick<ApiExtensions, 'ask'>

/** Has an extension decide about what is asked (`app.moderation.input`). @throws AppError `api_extension_failed` */
export async function askAboutQuestion(
  extensions: ExtensionJudge,
  { extensionId, inputs: preset }: ModerationConfig,
  { turn, signal }: { readonly turn: AskedTurn; readonly signal: AbortSignal },
): Promise<PreflightVerdict> {
  const { app, inputs, query } = turn
  const verdict = await extensions.ask({
    tenantId: app.tenant_id,
    extensionId,
    point: 'moderateInput',
    params: { app_id: app.id, inputs, query },
    signal,
  })
  if (!verdict.flagged) return { type: 'pass' }
  if (verdict.action === 'direct_output') return { type: 'answer', text: verdict.preset_response || preset || '', isModerated: true }
  return { type: 'pass', inputs: overridden(inputs, verdict.inputs ?? {}), query: verdict.query ?? '' }
}

/** The inputs as the extension gave them. A text that it left out is empty rather than what it flagged; nothing new comes in. */
const overridden = (inputs: AskedTurn['inputs'], given: Readonly<Record<string, unknown>>): AskedTurn['inputs'] =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, before]) => {
      const value = Object.hasOwn(given, name) ? given[name] : undefined
      if (value === undefined) return [name, typeof before === 'string' ? '' : before]
      // What JSON has is a value that inputs may have.
      return [name, value as AskedTurn['inputs'][string]]
    }),
  )

/** Has an extension decide about what is answered so far (`app.moderation.output`). @throws AppError `api_extension_failed` */
export async function askAboutAnswer(
  extensions: ExtensionJudge,
  { extensionId, outputs: preset }: ModerationConfig,
  { text, app, signal }: { readonly text: string; readonly app: Pick<AskedTurn['app'], 'id' | 'tenant_id'>; readonly signal: AbortSignal },
): Promise<Replacement | undefined> {
  const verdict = await extensions.ask({
    tenantId: app.tenant_id,
    extensionId,
    point: 'moderateOutput',
    params: { app_id: app.id, text },
    signal,
  })
  if (!verdict.flagged) return undefined
  if (verdict.action === 'direct_output') return { text: verdict.preset_response || preset || '', isLast: true }
  return { text: verdict.text ?? '', isLast: false }
}
