// expect: package-face
import { hidden } from '../../kit/src/hidden.ts'

export const face = hidden
