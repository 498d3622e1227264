import { expect, it } from 'vitest'
import { findNodeType } from './registry.ts'

it('2.1 finds a type by its name, and its newest version where the one asked for is unknown', () => {
  expect(findNodeType('answer', '1')?.definition.type).toBe('answer')
  expect(findNodeType('answer', '99')?.definition.type).toBe('answer')
  expect(findNodeType('unheard-of', '1')).toBeUndefined()
})
