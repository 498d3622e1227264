import { FILE_IDENTITY } from '@trellis/variables'
import { expect, it } from 'vitest'
import { runNode } from '../testing/run-node.ts'
import { answerNode } from './node.ts'

const picture = {
  dify_model_identity: FILE_IDENTITY,
  id: null,
  type: 'image',
  transfer_method: 'remote_url',
  remote_url: 'https://example.com/a.png',
  reference: null,
  related_id: null,
  filename: 'a.png',
  extension: '.png',
  mime_type: 'image/png',
  size: -1,
  url: 'https://example.com/a.png',
}

it('2.5 answer: renders its template as markdown and gives the files in it', async () => {
  const { outcome } = await runNode(
    answerNode,
    { type: 'answer', answer: '{{#code.list#}} {{#start.picture#}}' },
    { variables: { 'code.list': ['a', 'b'], 'start.picture': picture } },
  )
  expect(outcome).toMatchObject({ outputs: { answer: '- a\n- b ![a.png](https://example.com/a.png)', files: [picture] } })
})

it('2.5 answer: shows the bare path of what is not there', async () => {
  const { outcome } = await runNode(answerNode, { answer: 'x {{#no.where#}} {{y}}' })
  expect(outcome).toMatchObject({ outputs: { answer: 'x no.where {{y}}', files: [] } })
})
