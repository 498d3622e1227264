import { AppError } from '@trellis/contracts'
import { type AppsTable, fromFlag, toFlag } from '@trellis/db'
import { type Dict, isDict, parseJson } from '@trellis/values'
import type { Apps } from '../apps/index.ts'
import type { BasicConfig } from '../turns/index.ts'
import { type DraftStore, inARow } from '../workflows/index.ts'
import { toBlocks } from './basic-graph.ts'

export interface ConversionDependencies {
  readonly apps: Pick<Apps, 'getApp' | 'createApp' | 'findConfigInEditor'>
  readonly store: Pick<DraftStore, 'prepare' | 'toInsert'>
}

/** How the new app shall look; what is undefined is taken from the original. */
export type WantedLook = { readonly [Key in 'name' | 'icon_type' | 'icon' | 'icon_background']: AppsTable[Key] | undefined }

export interface ConversionRequest {
  readonly tenantId: string
  readonly accountId: string
  readonly language: string | undefined
  readonly appId: string
  readonly look: WantedLook
}

/** What workflows and chatflows offer their callers as well; of these, workflows take files alone. */
const sharedFeatures = [
  'opening_statement',
  'suggested_questions',
  'suggested_questions_after_answer',
  'speech_to_text',
  'text_to_speech',
  'retriever_resource',
  'sensitive_word_avoidance',
  'file_upload',
] as const

/**
 * Makes a workflow of a text app and a chatflow of a chat app: a new app with a draft, the original stays.
 * @throws `app_not_found` for apps of other modes; `app_unavailable` where nothing is configured; `invalid_param` for what no node does
 */
export async function convertToWorkflow({ apps, store }: ConversionDependencies, request: ConversionRequest): Promise<AppsTable> {
  const { tenantId, accountId, language, appId, look } = request
  const app = await apps.getApp(tenantId, appId)
  if (app.mode !== 'chat' && app.mode !== 'completion') {
    throw new AppError('app_not_found', { message: `This app is of the mode "${app.mode}": only chat and text apps become workflows.` })
  }
  const config = await apps.findConfigInEditor(app)
  if (!config) throw new AppError('app_unavailable', { message: 'This app has no configuration yet. Choose a model for it first.' })
  assertConvertible(config)
  const document = await store.prepare(
    tenantId,
    {
      graph: inARow(toBlocks(app.mode, config).map(({ id, data }) => ({ id, data: toDict(data) }))),
      features: toDict(featuresOf(config)),
      environmentVariables: [],
      conversationVariables: [],
      extra: {},
    },
    [],
  )
  const own = {
    mode: app.mode === 'chat' ? ('advanced-chat' as const) : ('workflow' as const),
    name: look.name ?? `${app.name} (workflow)`,
    description: app.description,
    icon_type: look.icon_type ?? app.icon_type,
    icon: look.icon ?? app.icon,
    icon_background: look.icon_background ?? app.icon_background,
    use_icon_as_answer_icon: toFlag(fromFlag(app.use_icon_as_answer_icon)),
    max_active_requests: app.max_active_requests,
  }
  return apps.createApp({ tenantId, accountId, language }, own, { insertDraft: store.toInsert(document) })
}

const featuresOf = (config: BasicConfig): object => {
  // Sections that the basic modes only hand on are kept as they were stored.
  const stored = config as Readonly<Record<string, unknown>>
  return Object.fromEntries(sharedFeatures.flatMap((name) => (stored[name] == null ? [] : [[name, stored[name]]])))
}

/** What was read as JSON is JSON again. */
function toDict(value: object): Dict {
  const dict = parseJson(JSON.stringify(value))
  if (!isDict(dict)) throw new TypeError('An object is no dict.')
  return dict
}

function assertConvertible(config: BasicConfig): void {
  const { external_data_tools: tools } = config
  const asks = config.user_input_form.find(({ type }) => type === 'external_data_tool')
  if (!asks && !(Array.isArray(tools) && tools.length > 0)) return
  throw new AppError('invalid_param', {
    message: 'The app asks an API extension for external data, which no node does. Take it out of the form first.',
    param: 'external_data_tools',
    refusal: { reason: 'external_data_in_graph', values: {} },
  })
}
