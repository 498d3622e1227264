import { expect, it } from 'vitest'
import { findNodeType, listNodeTypes } from './registry.ts'

it('2.1 finds a type by its name, and its newest version where the one asked for is unknown', () => {
  expect(findNodeType('answer', '1')?.definition.type).toBe('answer')
  expect(findNodeType('answer', '99')?.definition.type).toBe('answer')
  expect(findNodeType('unheard-of', '1')).toBeUndefined()
})

const withDefaults = listNodeTypes().flatMap(({ definition }) =>
  definition.defaults ? [[definition.type, definition, definition.defaults({})] as const] : [],
)

it.each(withDefaults)('%s can read what a new node of it begins with', (_type, definition, defaults) => {
  expect(definition.config.safeParse({ type: definition.type, title: '', ...defaults })).toMatchObject({ success: true })
})

it('every type that people place has defaults', () => {
  const without = listNodeTypes().flatMap(({ definition: { type, defaults } }) => (defaults ? [] : [type]))
  // Older names and versions, and what containers bring along.
  expect(without).toEqual(['variable-assigner', 'assigner', 'iteration-start', 'loop-start', 'loop-end'])
})

it('a new code node is in the language that is wished for', () => {
  expect(findNodeType('code', '1')?.definition.defaults?.({ code_language: 'javascript' })).toMatchObject({ code_language: 'javascript' })
})
