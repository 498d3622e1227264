import { describe, expect, it } from 'vitest'
import { readDraftNodes } from './draft-nodes.ts'

describe('the nodes of a draft', () => {
  it('are those that do something, in their order', () => {
    const nodes = [
      { id: 'a', data: { type: 'start', title: 'Start' } },
      { id: 'b', data: { type: 'iteration', title: '' } },
      { id: 'c', parentId: 'b', data: { type: 'iteration-start' } },
      { id: 'd', parentId: 'b', data: { type: 'code', title: 'Count' } },
      { id: 'e', type: 'custom-note', data: { type: '', text: 'Remember' } },
    ]
    expect(readDraftNodes({ nodes })).toEqual([
      { id: 'a', type: 'start', title: 'Start', isInner: false },
      { id: 'b', type: 'iteration', title: 'iteration', isInner: false },
      { id: 'd', type: 'code', title: 'Count', isInner: true },
    ])
    expect(readDraftNodes({})).toEqual([])
  })
})
