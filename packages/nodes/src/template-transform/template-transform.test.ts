import type { Value } from '@trellis/values'
import { expect, it } from 'vitest'
import { runNode } from '../testing/run-node.ts'
import { usualLimits } from '../testing/usual-limits.ts'
import { templateTransformNode } from './node.ts'

async function render(template: string, variables: Readonly<Record<string, Value>> = {}, templateMaxLength = 400_000) {
  const named = [...Object.keys(variables), 'absent'].map((variable) => ({ variable, value_selector: ['start', variable] }))
  const { outcome } = await runNode(
    templateTransformNode,
    { type: 'template-transform', template, variables: named },
    {
      variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [`start.${name}`, value])),
      services: { limits: { ...usualLimits, templateMaxLength } },
    },
  )
  return outcome
}

it('2.11 template-transform: renders Jinja2 as Python does: None, True, lists, undefined as nothing, one line end dropped', async () => {
  const outcome = await render('{{ flag }} {{ list }} {{ absent }} [{{ unknown }}]{% for x in list %} {{ x }}{% endfor %}\n', {
    flag: true,
    list: ['a', 1],
  })
  expect(outcome).toMatchObject({
    status: 'succeeded',
    inputs: { flag: true, list: ['a', 1], absent: null },
    outputs: { output: "True ['a', 1] None [] a 1" },
  })
})

it('2.11 template-transform: fails without an error type where the template is wrong, or an attribute of an undefined value is asked for', async () => {
  expect(await render('{% if %}')).toMatchObject({ status: 'failed', errorType: '', error: expect.stringContaining('line 1') })
  expect(await render('{{ unknown.name }}')).toMatchObject({ status: 'failed', errorType: '', error: expect.stringContaining('undefined') })
})

it('2.11 template-transform: fails where the text is longer than is allowed, counted in characters', async () => {
  expect(await render('😀😀😀', {}, 3)).toMatchObject({ status: 'succeeded' })
  expect(await render('aaaa', {}, 3)).toMatchObject({
    status: 'failed',
    errorType: '',
    error: expect.stringContaining('TEMPLATE_TRANSFORM_MAX_LENGTH'),
  })
})

it('2.11 template-transform: cannot run for ever', async () => {
  const outcome = await render('{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}')
  expect(outcome).toMatchObject({ status: 'failed', error: expect.stringContaining('LimitError') })
})
