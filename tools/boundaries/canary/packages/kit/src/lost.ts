// expect: resolvable
import { nothing } from './not-there.ts'

export const face = nothing
