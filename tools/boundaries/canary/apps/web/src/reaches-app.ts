// expect: apps-apart
import { compose } from '../../server/src/compose.ts'

export const face = compose
