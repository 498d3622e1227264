import { AppError, type PublishObstacle, type Refusal, type wire } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Cache, Egress } from '@trellis/spec'
import { type Dict, dumpJson } from '@trellis/values'
import type { AppContent, Apps, ImportProblem } from '../apps/index.ts'
import { type DraftStore, isWorkflowMode, type Workflows } from '../workflows/index.ts'
import { type AppFile, AppFileError, dictOf, dictsOf, missingSection, readAppFile, without } from './app-file.ts'
import { type AppSection, readAppSection } from './app-section.ts'
import { compareVersion, type ImportStatus } from './dsl-version.ts'
import { toImportedGraph } from './exported-graph.ts'
import { fetchAppFile, MAX_FILE_BYTES } from './fetch-app-file.ts'
import { readYaml, YamlError } from './yaml/read-yaml.ts'

/** Whoever imports. */
export interface Importer {
  readonly tenantId: string
  readonly accountId: string
  readonly language?: string | undefined
}

export interface ImportRequest {
  readonly source:
    | { readonly type: 'content'; readonly text: string | undefined }
    | { readonly type: 'url'; readonly url: string | undefined }
  /** What the new app is called and looks like instead of what the file says. */
  readonly look: Partial<Pick<AppSection, 'name' | 'description' | 'icon_type' | 'icon' | 'icon_background'>>
  /** A workflow or chatflow that is overwritten. */
  readonly appId: string | undefined
}

export interface ImportOutcome {
  readonly id: string
  readonly status: ImportStatus
  readonly appId: string | undefined
  readonly appMode: wire.AppMode | undefined
  readonly importedVersion: string
  /** What was wrong, or what is left to do. */
  readonly error: string
  /** The latter, for whoever words it in another language. */
  readonly obstacle: PublishObstacle | undefined
  /** And the former. */
  readonly refusal: Refusal | undefined
}

export interface ImportService {
  /** Never throws for what a file or a request holds: the outcome says it. */
  start(importer: Importer, request: ImportRequest): Promise<ImportOutcome>
  /** Imports what waits for confirmation. */
  confirm(importer: Importer, importId: string): Promise<ImportOutcome>
}

export interface ImportDependencies {
  readonly apps: Pick<Apps, 'createApp' | 'updateApp' | 'getApp' | 'readImportedConfig'>
  readonly workflows: Pick<Workflows, 'drafts' | 'forgetDraftVariables'>
  readonly store: DraftStore
  readonly cache: Cache
  readonly egress: Egress
}

const PENDING_MS = 10 * 60_000
/** One place for each account: a file is large, and a newer one takes the place of an older. */
const keyOf = ({ tenantId, accountId }: Importer): string => `app-import:${tenantId}:${accountId}`

/** What waits for confirmation: written and read by this file alone. */
interface Pending extends Pick<ImportRequest, 'look' | 'appId'> {
  readonly id: string
  readonly text: string
}

export function createImportService(dependencies: ImportDependencies): ImportService {
  const { cache, egress } = dependencies
  const guarded = async (id: string, work: () => Promise<ImportOutcome>): Promise<ImportOutcome> => {
    try {
      return await work()
    } catch (error) {
      const isOfFile = error instanceof AppFileError || error instanceof YamlError
      if (isOfFile || (AppError.is(error) && error.entry.kind === 'user')) return fail(id, error.message, error.refusal)
      throw error
    }
  }
  return {
    async start(importer, { source, look, appId }) {
      const id = newId()
      return guarded(id, async () => {
        const text = await readSource(egress, source)
        const file = readAppFile(readYaml(text))
        const status = compareVersion(file.version)
        if (status !== 'pending') return store(dependencies, importer, { id, file, look, appId, status })
        const pending: Pending = { id, text, look, appId }
        await cache.set(keyOf(importer), JSON.stringify(pending), { ttlMs: PENDING_MS })
        return { ...fail(id, ''), status, importedVersion: file.version }
      })
    },
    async confirm(importer, id) {
      const waiting = await takePending(cache, importer, id)
      if (!waiting) return fail(id, 'This import does not wait any more. Import the file again.', { reason: 'import_gone', values: {} })
      return guarded(id, async () => {
        const { text, look, appId } = waiting
        return store(dependencies, importer, { id, file: readAppFile(readYaml(text)), look, appId, status: 'completed' })
      })
    },
  }
}

const fail = (id: string, error: string, refusal?: Refusal): ImportOutcome => ({
  id,
  status: 'failed',
  appId: undefined,
  appMode: undefined,
  importedVersion: '',
  error,
  obstacle: undefined,
  refusal,
})

/** Looks before it takes: what waits may be another import of theirs. */
async function takePending(cache: Cache, importer: Importer, id: string): Promise<Pending | undefined> {
  const key = keyOf(importer)
  const isIt = (text: string | undefined): text is string => text !== undefined && read(text).id === id
  const read = (text: string): Pending => JSON.parse(text) as Pending // written above
  if (!isIt(await cache.get(key))) return undefined
  const taken = await cache.take(key)
  return isIt(taken) ? read(taken) : undefined
}

async function readSource(egress: Egress, source: ImportRequest['source']): Promise<string> {
  if (source.type === 'url') {
    if (!source.url) throw new AppFileError('yaml_url is needed where the mode is "yaml-url".', { reason: 'file_address', values: {} })
    return fetchAppFile(egress, source.url)
  }
  if (!source.text) {
    throw new AppFileError('yaml_content is needed where the mode is "yaml-content".', { reason: 'import_empty', values: {} })
  }
  if (Buffer.byteLength(source.text) > MAX_FILE_BYTES) {
    const megabytes = MAX_FILE_BYTES / 1024 / 1024
    throw new AppFileError(`The file is larger than ${megabytes} MiB.`, { reason: 'file_too_large', values: { megabytes } })
  }
  return source.text
}

interface ReadImport extends Pick<ImportRequest, 'look' | 'appId'> {
  readonly id: string
  readonly file: AppFile
  readonly status: ImportStatus
}

async function store(dependencies: ImportDependencies, importer: Importer, given: ReadImport): Promise<ImportOutcome> {
  const section = readAppSection(given.file.app)
  const look = { ...section, ...given.look }
  if (look.name === '') {
    throw new AppFileError('The app has no name. Give it one with "name".', { reason: 'import_nameless', values: {} })
  }
  const { app, problem } =
    given.appId === undefined
      ? await createApp(dependencies, importer, { file: given.file, look })
      : { app: await overwriteApp(dependencies, importer, { ...given, appId: given.appId, look }), problem: undefined }
  return {
    id: given.id,
    status: problem === undefined ? given.status : 'completed-with-warnings',
    appId: app.id,
    appMode: app.mode,
    importedVersion: given.file.version,
    error: problem?.message ?? '',
    obstacle: problem?.obstacle,
    refusal: undefined,
  }
}

interface Made {
  readonly app: AppsTable
  readonly problem: ImportProblem | undefined
}

async function createApp(
  { apps, store }: ImportDependencies,
  importer: Importer,
  { file, look }: { readonly file: AppFile; readonly look: AppSection },
): Promise<Made> {
  const editor = { tenantId: importer.tenantId, accountId: importer.accountId, language: importer.language }
  if (isWorkflowMode(look.mode)) {
    const document = await store.prepare(importer.tenantId, contentOf(file, importer.tenantId), [])
    return { app: await createWith(apps, editor, look, { insertDraft: store.toInsert(document) }), problem: undefined }
  }
  if (!file.modelConfig) {
    throw missingSection(`An app of the mode "${look.mode}" needs the section "model_config".`, 'model_config')
  }
  const text = toText(without(file.modelConfig, readOnlyKeys))
  const { content, problem } = await apps.readImportedConfig({ tenantId: importer.tenantId, mode: look.mode, text })
  return {
    app: await createWith(apps, editor, look, {
      ...content,
      fileExtra: toText({ ...extraOf(file), config: annotationOf(file.modelConfig) }),
    }),
    problem,
  }
}

/** Set up through routes of their own, or ours to write. */
const readOnlyKeys: ReadonlySet<string> = new Set(['annotation_reply', 'created_by', 'created_at', 'updated_by', 'updated_at'])

/** Annotations are not part of a file: the switch stays, off. */
const annotationOf = (config: Dict): Dict => ('annotation_reply' in config ? { annotation_reply: { enabled: false } } : {})

/** A picture of another workspace cannot be shown here: the app gets a sign instead. */
async function createWith(apps: ImportDependencies['apps'], editor: Importer, look: AppSection, content: AppContent): Promise<AppsTable> {
  try {
    return await apps.createApp(editor, look, content)
  } catch (error) {
    if (!AppError.is(error) || error.param !== 'icon') throw error
    return apps.createApp(editor, { ...look, icon_type: 'emoji', icon: '🤖' }, content)
  }
}

async function overwriteApp(
  { apps, workflows }: ImportDependencies,
  importer: Importer,
  { file, look, appId }: { readonly file: AppFile; readonly look: AppSection; readonly appId: string },
): Promise<AppsTable> {
  const { tenantId, accountId } = importer
  const app = await apps.getApp(tenantId, appId)
  if (!isWorkflowMode(app.mode)) {
    const message = 'Only workflows and chatflows can be overwritten by a file. Import it as a new app.'
    throw new AppFileError(message, { reason: 'import_onto_basic', values: {} })
  }
  if (!isWorkflowMode(look.mode)) {
    throw new AppFileError(`A file of the mode "${look.mode}" cannot overwrite a workflow.`, { reason: 'import_of_basic', values: {} })
  }
  await workflows.drafts.replace({ tenantId, accountId, appId }, contentOf(file, tenantId))
  await workflows.forgetDraftVariables(tenantId, appId)
  const { name, description, icon_type, icon, icon_background } = look
  const isForeignPicture = icon_type === 'image' && icon !== app.icon
  return apps.updateApp({ tenantId, accountId }, appId, {
    name,
    description,
    ...(isForeignPicture ? {} : { icon_type, icon, icon_background }),
  })
}

function contentOf(file: AppFile, tenantId: string) {
  if (!file.workflow) throw missingSection('A workflow or chatflow needs the section "workflow".', 'workflow')
  return {
    graph: toImportedGraph(dictOf(file.workflow, 'graph'), tenantId),
    features: dictOf(file.workflow, 'features'),
    environmentVariables: dictsOf(file.workflow, 'environment_variables'),
    conversationVariables: dictsOf(file.workflow, 'conversation_variables'),
    extra: extraOf(file),
  }
}

const keptApart: ReadonlySet<string> = new Set(['graph', 'features', 'environment_variables', 'conversation_variables'])

/** What the product does not read, and an export gives back. */
const extraOf = ({ rest, version, dependencies, app, workflow }: AppFile): Dict => ({
  root: { ...rest, version, dependencies },
  app,
  workflow: workflow ? without(workflow, keptApart) : {},
})

const toText = (value: Dict): string => dumpJson(value, { compact: true, ensureAscii: false })
