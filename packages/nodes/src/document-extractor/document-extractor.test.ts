import { AppError } from '@trellis/contracts'
import type { DocumentService } from '@trellis/spec'
import type { Value } from '@trellis/values'
import { declareVariable, Variable } from '@trellis/variables'
import { expect, it } from 'vitest'
import { aFile } from '../testing/fake-files.ts'
import { runNode } from '../testing/run-node.ts'
import { documentExtractorNode } from './node.ts'

const documents: DocumentService = {
  async extract(file) {
    if (file.extension === '.exe') throw new AppError('unsupported_file_type', { message: 'Files of this kind cannot be read.' })
    return `text of ${file.filename}`
  },
}

async function extract(value: Value | Variable | undefined) {
  const { outcome } = await runNode(
    documentExtractorNode,
    { type: 'document-extractor', variable_selector: ['start', 'doc'], is_array_file: false },
    { services: { documents }, variables: value === undefined ? {} : { 'start.doc': value } },
  )
  return outcome
}

const texts = (list: readonly string[]) => new Variable(list, 'array[string]')

it('2.21 document-extractor: gives the text of one file, and a list of texts for a list', async () => {
  expect(await extract(aFile())).toMatchObject({
    status: 'succeeded',
    inputs: { variable_selector: ['start', 'doc'] },
    processData: { documents: [aFile()] },
    outputs: { text: 'text of a.txt' },
  })
  expect(await extract([aFile(), aFile({ filename: 'b.txt' })])).toMatchObject({
    outputs: { text: texts(['text of a.txt', 'text of b.txt']) },
  })
})

it('2.21 document-extractor: gives an empty list of texts for nothing, and leaves empty items out', async () => {
  expect(await extract(null)).toMatchObject({ status: 'succeeded', outputs: { text: texts([]) } })
  expect(await extract(declareVariable('array[file]', []))).toMatchObject({ outputs: { text: texts([]) } })
  expect(await extract([null, aFile()])).toMatchObject({ outputs: { text: texts(['text of a.txt']) } })
})

it('2.21 document-extractor: fails without a variable, for other values, and for kinds that cannot be read', async () => {
  expect(await extract(undefined)).toMatchObject({ status: 'failed', errorType: '' })
  expect(await extract('a text')).toMatchObject({ status: 'failed', error: expect.stringContaining('start.doc') })
  expect(await extract([aFile({ extension: '.exe' })])).toMatchObject({ status: 'failed', error: 'Files of this kind cannot be read.' })
})
