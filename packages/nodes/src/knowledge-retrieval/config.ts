import type { Dict } from '@trellis/values'
import { z } from 'zod'
import { selectorSchema, valueSchema } from '../node-data.ts'

const condition = z.looseObject({ name: z.string(), comparison_operator: z.string(), value: valueSchema.nullish() })

/** The data of a knowledge node (workflow spec 2.7). How is searched is the knowledge service's to read. */
export const knowledgeRetrievalSchema = z
  .looseObject({
    query_variable_selector: selectorSchema.default([]),
    query_attachment_selector: selectorSchema.default([]),
    dataset_ids: z.array(z.string()).catch([]),
    metadata_filtering_conditions: z
      .looseObject({ logical_operator: z.enum(['and', 'or']).catch('and'), conditions: z.array(condition).nullish() })
      .nullish(),
  })
  .transform((data) => ({
    querySelector: data.query_variable_selector,
    attachmentSelector: data.query_attachment_selector,
    datasetIds: data.dataset_ids,
    conditions: data.metadata_filtering_conditions?.conditions ?? [],
    // Data of a node is JSON.
    settings: data as Dict,
  }))
export type KnowledgeRetrievalConfig = z.infer<typeof knowledgeRetrievalSchema>
