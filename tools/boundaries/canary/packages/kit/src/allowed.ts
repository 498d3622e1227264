// No expectation: downwards, by name. A rule that reports this is too wide.
import { AppError } from '@trellis/contracts'
import type { Clock } from '@trellis/spec'
import { hidden } from './hidden.ts'

export const face = (clock: Clock) => [AppError, clock, hidden]
