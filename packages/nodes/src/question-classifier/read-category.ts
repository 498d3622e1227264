import { type Dict, isDict, isList, PythonError, parseJson, type Value } from '@trellis/values'
import { NodeError } from '../model-call/node-error.ts'

/**
 * The object in a classifier's reply: what stands in a fence, or between the outermost brackets, read strictly (workflow spec 2.8).
 * @throws NodeError `ValueError` where there is none, `OutputParserError` where it cannot be read
 */
export function readCategory(reply: string): Dict {
  const block = findBlock(withoutThoughts(reply).trim())
  if (block === undefined) throw new NodeError('ValueError', 'The model did not answer with a JSON object. Its reply is in the trace.')
  const value = parse(block)
  if (isDict(value)) return value
  const [only] = isList(value) ? value : []
  if (isList(value) && value.length === 1 && only !== undefined && isDict(only)) return only
  throw new NodeError('OutputParserError', 'The model answered with JSON that is no object. Its reply is in the trace.')
}

const withoutThoughts = (reply: string): string =>
  reply.includes('<think>') ? reply.replace(/<think[^>]*>[\s\S]*?<\/think>/gi, '') : reply

const OPENINGS = ['```json', '```', '``', '`', '{', '[']
const CLOSINGS = ['```', '``', '`', '}', ']']
const isBracket = (mark: string): boolean => /^[{}[\]]$/.test(mark)

function findBlock(text: string): string | undefined {
  const opening = OPENINGS.find((mark) => text.includes(mark))
  if (opening === undefined) return undefined
  const begin = text.indexOf(opening) + (isBracket(opening) ? 0 : opening.length)
  const closing = CLOSINGS.find((mark) => text.lastIndexOf(mark) >= begin)
  if (closing === undefined) return undefined
  const block = text.slice(begin, text.lastIndexOf(closing) + (isBracket(closing) ? 1 : 0))
  return block === '' ? undefined : block.trim()
}

function parse(text: string): Value {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof PythonError)) throw error
    throw new NodeError('OutputParserError', `The model answered with JSON that cannot be read: ${error.message}`, { cause: error })
  }
}
