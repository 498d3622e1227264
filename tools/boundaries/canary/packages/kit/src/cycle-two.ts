// No expectation: a cycle is reported once, at its first file.
import { one } from './cycle-one.ts'

export const two = () => one
