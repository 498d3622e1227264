import { AppError } from '@trellis/contracts'
import type { NodeContext, NodeOutcome } from '@trellis/spec'
import { isList, isTruthy, type Value } from '@trellis/values'
import { filesOf, isFile, Variable } from '@trellis/variables'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { selectorSchema } from '../node-data.ts'

/** Reads the text out of documents (workflow spec 2.21). */
export const documentExtractorNode = defineNode(
  {
    type: 'document-extractor',
    defaults: () => ({ variable_selector: [], is_array_file: false }),
    config: z.looseObject({ variable_selector: selectorSchema }),
    inputs: ({ variable_selector }) => ({ [`#${variable_selector.join('.')}#`]: variable_selector }),
  },
  (context): NodeOutcome | Promise<NodeOutcome> => {
    const selector = context.config.variable_selector
    const variable = context.variables.get(selector)
    const path = selector.join('.')
    if (!variable) return failure(`There is no variable ${path}. Choose the file, or the list of files, to be read.`)
    const { value } = variable
    const isListOfFiles = isList(value) && value.filter(isTruthy).every((item) => isFile(item))
    if (isTruthy(value) && !isFile(value) && !isListOfFiles) return failure(`The variable ${path} is neither a file nor a list of files.`)
    return extract(context, isList(value) ? value.filter(isTruthy) : value)
  },
)

async function extract(context: NodeContext<{ readonly variable_selector: readonly string[] }>, value: Value): Promise<NodeOutcome> {
  const { config, services, signal } = context
  const record = { inputs: { variable_selector: config.variable_selector }, processData: { documents: isList(value) ? value : [value] } }
  if (!isTruthy(value)) return { status: 'succeeded', ...record, outputs: { text: listOfTexts([]) } }
  const files = isFile(value) ? [value] : isList(value) ? filesOf(value) : []
  try {
    const texts: string[] = []
    for (const file of files) texts.push(await services.documents.extract(file, signal))
    const [only = ''] = texts
    return { status: 'succeeded', ...record, outputs: { text: isList(value) ? listOfTexts(texts) : only } }
  } catch (error) {
    if (!AppError.is(error)) throw error
    return { ...failure(error.message), ...record }
  }
}

const listOfTexts = (texts: readonly string[]): Variable => new Variable(texts, 'array[string]')

const failure = (error: string) => ({ status: 'failed', error, errorType: '' }) as const
