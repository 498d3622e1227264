import { expect, it } from 'vitest'
import { addExtensions } from './extensions.ts'

it('takes endings with and without a dot, in any case, each once', () => {
  expect(addExtensions(['dxf'], '.DXF, stl;*.Step\n7z')).toEqual({ extensions: ['dxf', 'stl', 'step', '7z'], rest: [] })
  expect(addExtensions([], 'dwg，skp、blend；')).toEqual({ extensions: ['dwg', 'skp', 'blend'], rest: [] })
})

it('gives back what is no ending', () => {
  expect(addExtensions(['dxf'], 'tar.gz, stl, *, . a/b')).toEqual({ extensions: ['dxf', 'stl'], rest: ['tar.gz', '*', '.', 'a/b'] })
  expect(addExtensions([], `${'x'.repeat(21)}`)).toEqual({ extensions: [], rest: ['x'.repeat(21)] })
})

it('is nothing where nothing was typed', () => {
  expect(addExtensions([], ' , ')).toEqual({ extensions: [], rest: [] })
})
