import { AppError } from '@trellis/contracts'
import type {
  CatalogModel,
  ContentPart,
  FileService,
  MemoryService,
  ModelCall,
  ModelEvent,
  ModelMessage,
  NodeServices,
  TokenUsage,
} from '@trellis/spec'
import { FILE_IDENTITY, type FileValue } from '@trellis/variables'

export interface FakeModelOptions {
  /** What the model says: a text, pieces of one, or events; an error breaks off there, and `...` is silence for ever. */
  readonly says?: string | readonly (string | ModelEvent | Error)[]
  readonly entry?: Partial<CatalogModel>
  readonly tokens?: TokenUsage
  readonly history?: readonly ModelMessage[]
}

export interface FakeModels {
  readonly services: Pick<NodeServices, 'models' | 'memory' | 'files'>
  /** What the model was asked. */
  readonly calls: ModelCall[]
  /** What the memory was asked. */
  readonly recalls: Parameters<MemoryService['history']>[0][]
}

/** A provider `p` with a model `m`, a conversation's memory, and files that are read by their names. */
export function fakeModels(options: FakeModelOptions = {}): FakeModels {
  const calls: ModelCall[] = []
  const recalls: FakeModels['recalls'] = []
  const entry: CatalogModel = { model: 'm', label: { en_US: 'M' }, type: 'llm', features: [], parameterRules: [], ...options.entry }
  return {
    calls,
    recalls,
    services: {
      models: {
        async resolve(provider, model) {
          if (provider !== 'p') throw new AppError('provider_not_initialize')
          if (model !== 'm') throw new AppError('model_currently_not_support')
          return {
            provider,
            model,
            entry,
            stream(call, signal) {
              calls.push(call)
              return say(options, signal)
            },
            usageOf: (tokens) => usageOf(tokens),
            countTokens: async (messages) => messages.reduce((total, { content }) => total + JSON.stringify(content).length, 0),
          }
        },
      },
      memory: {
        async history(asked) {
          recalls.push(asked)
          return options.history ?? []
        },
      },
      files: fakeFiles,
    },
  }
}

/** Said instead of a text: nothing, for ever. */
const SILENCE = '...'

async function untilAborted(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}

async function* say({ says = 'Hello', tokens }: FakeModelOptions, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  for (const piece of typeof says === 'string' ? [says] : says) {
    if (piece instanceof Error) throw piece
    if (piece === SILENCE) await untilAborted(signal)
    yield typeof piece === 'string' ? { type: 'text-delta', text: piece } : piece
  }
  yield { type: 'finish', reason: 'stop', usage: tokens ?? { promptTokens: 10, completionTokens: 2 } }
}

const usageOf = ({ promptTokens, completionTokens }: TokenUsage) => ({
  promptTokens,
  completionTokens,
  totalTokens: promptTokens + completionTokens,
  promptPriceNano: promptTokens * 1000,
  completionPriceNano: completionTokens * 2000,
  totalPriceNano: promptTokens * 1000 + completionTokens * 2000,
  promptUnitPriceNano: 1_000_000,
  completionUnitPriceNano: 2_000_000,
  priceUnitTokens: 1000,
  currency: 'USD',
  latencyMs: 1234,
  firstTokenMs: 34,
})

const fakeFiles: FileService = {
  read: async (file) => ({ bytes: Buffer.from(file.filename ?? ''), mimeType: file.mime_type ?? '' }),
  save: () => Promise.reject(new Error('Nothing is saved here.')),
  async toContentPart(file, detail): Promise<ContentPart | undefined> {
    if (file.filename === 'gone.png') throw new AppError('file_not_found')
    const source = { mimeType: file.mime_type ?? '', url: file.url ?? '' }
    if (file.type === 'custom') return undefined
    return file.type === 'image' ? { type: 'image', detail, ...source } : { type: file.type, ...source }
  },
}

export function fakeFile(filename: string, type: FileValue['type'] = 'image'): FileValue {
  const url = `https://example.com/${filename}`
  return {
    dify_model_identity: FILE_IDENTITY,
    id: null,
    type,
    transfer_method: 'remote_url',
    remote_url: url,
    reference: null,
    related_id: null,
    filename,
    extension: '.png',
    mime_type: 'image/png',
    size: -1,
    url,
  }
}
