import type { ModelType } from '@trellis/spec'
import { z } from 'zod'
import { readJson, sendRequest, type WireEndpoint } from './endpoint.ts'
import { nonsense } from './error.ts'

const listedModel = z.object({ id: z.string() })
/** Together answers with the bare list, everybody else with `data` around it. */
const modelList = z.union([z.array(listedModel), z.object({ data: z.array(listedModel) })])

export interface ListedModel {
  readonly model: string
  readonly type: ModelType
}

/** Asks `/models`: what the provider serves, and the cheapest question that needs a working key. @throws ProviderError */
export async function listWireModels(endpoint: WireEndpoint, signal: AbortSignal): Promise<readonly ListedModel[]> {
  const response = await sendRequest(endpoint, { url: endpoint.urlFor('/models'), method: 'GET' }, signal)
  const answer = modelList.safeParse(await readJson(response, endpoint, signal))
  if (!answer.success) throw nonsense('no list of models. Check the address; most end in /v1.', endpoint.secrets, answer.error)
  const models = Array.isArray(answer.data) ? answer.data : answer.data.data
  return models.map(({ id }) => ({ model: id, type: guessModelType(id) }))
}

/** The wire does not tell what a model is for; its name mostly does. */
export function guessModelType(model: string): ModelType {
  const name = model.toLowerCase()
  if (/rerank/.test(name)) return 'rerank'
  if (/embed|\bbge-|(?:^|[/-])(?:bge|gte|e5)-|minilm/.test(name)) return 'text-embedding'
  if (/whisper|transcribe|sensevoice|(?:^|[/-])asr/.test(name)) return 'speech2text'
  if (/moderation/.test(name)) return 'moderation'
  if (/(?:^|[/-])tts|-tts|speech-|cosyvoice/.test(name)) return 'tts'
  return 'llm'
}
