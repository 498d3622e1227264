import { type Db, inTransaction } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { EmbeddingModel } from '@trellis/spec'
import { accountAsCaller, type ModelGateway } from '../../models/index.ts'
import { raiseVersion } from './annotation-settings.repository.ts'
import { listUnembedded, replaceVectors, type UnembeddedQuestion } from './annotation-vectors.repository.ts'
import { encodeVector } from './vectors.ts'

export interface ReplyModel {
  readonly provider: string
  readonly model: string
}

export const modelKeyOf = ({ provider, model }: ReplyModel): string => `${provider} ${model}`.slice(0, 255)

export interface EmbedDependencies {
  readonly db: Db
  readonly gateway: Pick<ModelGateway, 'resolveEmbeddingModel'>
}

export interface EmbedWish {
  readonly tenantId: string
  readonly appId: string
  /** Who wished for it. */
  readonly accountId: string
  readonly model: ReplyModel
  readonly signal: AbortSignal
  /** Told after each batch. */
  readonly onProgress?: (embedded: number) => Promise<void>
}

/** Few enough for every provider's limit of one call. */
const BATCH = 16
/** What embedding models take is about as much. */
const MOST_CHARACTERS = 6_000

/** What of a question is embedded: people annotate questions into which somebody pasted a book, and one refusal would hold up all others. */
export const toEmbeddedText = (question: string): string => question.slice(0, MOST_CHARACTERS).toWellFormed()

/** Makes the vectors that an app lacks of a model. Two who do it at once do some of the work twice, and no harm. @throws what the model throws */
export async function embedAnnotations({ db, gateway }: EmbedDependencies, wish: EmbedWish): Promise<void> {
  const { tenantId, appId, accountId, model, signal, onProgress } = wish
  const of = { appId, model: modelKeyOf(model) }
  let embedder: EmbeddingModel | undefined
  let embedded = 0
  for (;;) {
    const questions = await listUnembedded(db, tenantId, { ...of, limit: BATCH })
    if (questions.length === 0) return
    embedder ??= await gateway.resolveEmbeddingModel({
      ...model,
      caller: accountAsCaller({ tenantId, accountId }, { purpose: 'annotation', appId }),
    })
    signal.throwIfAborted()
    const texts = questions.map(({ question }) => toEmbeddedText(question))
    const { vectors } = await embedder.embed(texts, 'document', signal)
    const rows = questions.map((question, index) =>
      toRow(question, vectors[index] ?? [], { tenant_id: tenantId, app_id: appId, model: of.model }),
    )
    await inTransaction(db, async (db) => {
      await replaceVectors(db, tenantId, of, rows)
      await raiseVersion(db, tenantId, appId)
    })
    embedded += rows.length
    await onProgress?.(embedded)
  }
}

const toRow = (
  { id, question_hash }: UnembeddedQuestion,
  vector: readonly number[],
  owned: { readonly tenant_id: string; readonly app_id: string; readonly model: string },
) => ({ ...owned, id: newId(), annotation_id: id, question_hash, vector: encodeVector(vector) })
