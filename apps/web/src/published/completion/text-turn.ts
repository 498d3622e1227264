import type { FileInput } from '@trellis/contracts'
import type { Rating } from '../api/web-app-api.ts'
import type { StreamedTurn } from '../streamed-turn.ts'

/** One generated text of this session. */
export interface TextTurn extends StreamedTurn {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly rating: Rating | null
  /** It was said why. */
  readonly hasReason?: boolean
  /** What went with the inputs. */
  readonly files?: readonly FileInput[]
  /** Key of the text that this one is a further version of. */
  readonly likeKey?: string
}

const MAX_RESULTS = 20

/** The key that a text and its further versions share. */
export const familyKey = ({ key, likeKey }: TextTurn): string => likeKey ?? key

/** On top, or below the last of its family; where there are too many, the lowest one of another family makes room. */
export function addText(results: readonly TextTurn[], turn: TextTurn): readonly TextTurn[] {
  const family = familyKey(turn)
  const place = results.findLastIndex((known) => familyKey(known) === family) + 1
  const all = results.toSpliced(place, 0, turn)
  if (all.length <= MAX_RESULTS) return all
  const stranger = all.findLastIndex((known) => familyKey(known) !== family)
  return all.toSpliced(stranger === -1 ? all.indexOf(turn) - 1 : stranger, 1)
}
