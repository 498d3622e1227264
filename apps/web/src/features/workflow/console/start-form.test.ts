import { describe, expect, it } from 'vitest'
import { readStartForm } from './start-form.ts'

describe('the form of a start node', () => {
  it('has its variables in order, whatever their control', () => {
    const variables = [
      { variable: 'name', label: 'Name', type: 'text-input', required: true },
      { variable: 'scan', label: 'Scan', type: 'file' },
      { variable: 'tone', label: '', type: 'select', options: ['short', 'long'] },
    ]
    const graph = {
      nodes: [
        { id: 'x', data: { type: 'end' } },
        { id: 'start', data: { type: 'start', variables } },
      ],
    }
    expect(readStartForm(graph)).toMatchObject([
      { variable: 'name', type: 'text-input', isRequired: true },
      { variable: 'scan', type: 'file' },
      { variable: 'tone', type: 'select', label: 'tone', options: ['short', 'long'] },
    ])
  })

  it('is empty where a graph has no start node, or is none', () => {
    expect(readStartForm({ nodes: [] })).toEqual([])
    expect(readStartForm({})).toEqual([])
  })
})
