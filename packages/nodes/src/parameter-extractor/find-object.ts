import { type Dict, isDict, PythonError, parseJson } from '@trellis/values'

/** Brackets at which the search begins anew; what has more of them is no reply but an attack. */
const MOST_STARTS = 200

/** The first JSON object in a text: from some bracket to the one that closes it. */
export function findObject(text: string): Dict | undefined {
  let starts = 0
  for (let index = 0; index < text.length && starts < MOST_STARTS; index++) {
    if (text[index] !== '{' && text[index] !== '[') continue
    starts++
    const object = parseObject(balanced(text, index))
    if (object) return object
  }
  return undefined
}

/** From an opening bracket to its partner, or up to the first bracket that does not fit; undefined where it stays open. */
function balanced(text: string, from: number): string | undefined {
  const open: string[] = []
  for (let index = from; index < text.length; index++) {
    const character = text[index]
    if (character === '{' || character === '[') open.push(character)
    else if (character === '}' || character === ']') {
      if (open.pop() !== (character === '}' ? '{' : '[')) return text.slice(from, index)
      if (open.length === 0) return text.slice(from, index + 1)
    }
  }
  return undefined
}

function parseObject(text: string | undefined): Dict | undefined {
  if (!text) return undefined
  try {
    const value = parseJson(text)
    return isDict(value) ? value : undefined
  } catch (error) {
    if (error instanceof PythonError) return undefined
    throw error
  }
}
