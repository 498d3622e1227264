import { AppError } from '@trellis/contracts'
import type { TagRow } from './tags.repository.ts'

/** @throws `invalid_param` for what has tags in Dify and does not exist here yet */
export function assertTaggable(type: TagRow['type']): asserts type is 'app' {
  if (type === 'app') return
  throw new AppError('invalid_param', {
    message: `type: tags of the type "${type}" come with a later version of Trellis. Choose "app".`,
    param: 'type',
  })
}
