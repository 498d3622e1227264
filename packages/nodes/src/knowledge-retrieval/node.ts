import { AppError } from '@trellis/contracts'
import type { NodeContext, NodeFailure, NodeOutcome } from '@trellis/spec'
import { isList, type Value } from '@trellis/values'
import { type FileValue, filesOf, isFile, type Selector, Variable } from '@trellis/variables'
import { defineNode } from '../define-node.ts'
import { toUsageValue } from '../model-call/usage-value.ts'
import { type KnowledgeRetrievalConfig, knowledgeRetrievalSchema } from './config.ts'
import { resolveFilters } from './resolve-filters.ts'

type Context = NodeContext<KnowledgeRetrievalConfig>

/** Searches knowledge (workflow spec 2.7). What was found becomes a source of the answer where a model node takes it as its context. */
export const knowledgeRetrievalNode = defineNode(
  {
    type: 'knowledge-retrieval',
    defaults: () => ({
      query_variable_selector: [],
      query_attachment_selector: [],
      dataset_ids: [],
      retrieval_mode: 'multiple',
      multiple_retrieval_config: { top_k: 4, score_threshold: null, reranking_enable: false },
      metadata_filtering_mode: 'disabled',
    }),
    config: knowledgeRetrievalSchema,
    effect: () => 'idempotent',
    inputs: ({ querySelector, attachmentSelector }) => ({
      ...(querySelector.length > 0 ? { query: querySelector } : {}),
      ...(attachmentSelector.length > 0 ? { queryAttachment: attachmentSelector } : {}),
    }),
    requires: ({ datasetIds }) => datasetIds.map((datasetId) => ({ type: 'knowledge', datasetId })),
  },
  (context): NodeOutcome | Promise<NodeOutcome> => {
    const { querySelector, attachmentSelector } = context.config
    if (querySelector.length === 0 && attachmentSelector.length === 0) return { status: 'succeeded', outputs: {} }
    const query = readQuery(context)
    const attachments = readAttachments(context)
    if (isFailure(query)) return query
    if (isFailure(attachments)) return attachments
    const inputs: Record<string, Value> = {
      ...(querySelector.length > 0 ? { query } : {}),
      ...(attachmentSelector.length > 0 ? { attachments } : {}),
    }
    if (!query && attachments.length === 0) return { status: 'succeeded', inputs, outputs: { result: resultOf([]) } }
    return retrieve(context, { query, attachments }, inputs)
  },
)

async function retrieve(
  { config, services, signal, variables }: Context,
  asked: { readonly query: string | null; readonly attachments: readonly FileValue[] },
  inputs: Record<string, Value>,
): Promise<NodeOutcome> {
  try {
    const settings = resolveFilters(config, variables)
    const { items, usage } = await services.knowledge.retrieve({ datasetIds: config.datasetIds, ...asked, settings }, signal)
    return {
      status: 'succeeded',
      inputs,
      outputs: { result: resultOf(items) },
      ...(usage ? { usage, processData: { usage: toUsageValue(usage) } } : {}),
    }
  } catch (error) {
    if (!AppError.is(error)) throw error
    const errorType = error.code === 'rate_limit_error' ? 'RateLimitExceededError' : 'KnowledgeRetrievalNodeError'
    return { ...failure(error.message), errorType, inputs }
  }
}

const resultOf = (items: readonly Value[]): Variable => new Variable(items, 'array[object]')

function readQuery({ config, variables }: Context): string | null | NodeFailure {
  const { querySelector: selector } = config
  if (selector.length === 0) return null
  const value = variables.get(selector)?.value
  return typeof value === 'string' ? value : failure(`The query must be a text, but ${describe(selector, value)}.`)
}

function readAttachments({ config, variables }: Context): readonly FileValue[] | NodeFailure {
  const { attachmentSelector: selector } = config
  if (selector.length === 0) return []
  const value = variables.get(selector)?.value
  if (isFile(value)) return [value]
  if (isList(value) && value.every((item) => isFile(item))) return filesOf(value)
  return failure(`Attachments must be a file or a list of files, but ${describe(selector, value)}.`)
}

const describe = (selector: Selector, value: Value | undefined): string =>
  value === undefined ? `there is no variable ${selector.join('.')}` : `the variable ${selector.join('.')} is something else`

const failure = (error: string): NodeFailure => ({ status: 'failed', error, errorType: '' })

const isFailure = (value: string | null | readonly FileValue[] | NodeFailure): value is NodeFailure =>
  typeof value === 'object' && value !== null && 'status' in value
