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

  it('follow the run where the file has another order, inner ones behind their container', () => {
    const nodes = ['end', 'rounds', 'start', 'tail'].map((id) => ({ id, data: { type: 'code', title: id } }))
    const inner = ['second', 'first'].map((id) => ({ id, parentId: 'rounds', data: { type: 'code', title: id } }))
    const edges = ['start>rounds', 'first>second', 'rounds>tail', 'tail>end'].map((edge) => {
      const [source, target] = edge.split('>')
      return { source, target }
    })
    const titles = (graph: Record<string, unknown>) => readDraftNodes(graph).map(({ title }) => title)
    expect(titles({ nodes: [...nodes, ...inner], edges })).toEqual(['start', 'rounds', 'first', 'second', 'tail', 'end'])
  })

  it('are all there where they lead in a circle', () => {
    const nodes = ['a', 'b'].map((id) => ({ id, data: { type: 'code', title: id } }))
    const edges = [
      { source: 'a', target: 'b' },
      { source: 'b', target: 'a' },
    ]
    expect(readDraftNodes({ nodes, edges }).map(({ id }) => id)).toEqual(['a', 'b'])
  })
})
