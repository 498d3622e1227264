import { describe, expect, it } from 'vitest'
import { unwrapResult, wrapCode } from './wrap-code.ts'

describe('a program around code', () => {
  it.each(['python3', 'javascript'] as const)('keeps the line numbers of the code and quotes nothing of the inputs (%s)', (language) => {
    const program = wrapCode({ language, code: 'first\nsecond', inputsJson: '{"a":"\\"\'`$ {x}\\n"}' })
    expect(program.split('\n').slice(0, 2)).toEqual(['first', 'second'])
    expect(program).toContain(Buffer.from('{"a":"\\"\'`$ {x}\\n"}').toString('base64'))
  })
})

describe('the result in what a program printed', () => {
  it.each<[string, string, ReturnType<typeof unwrapResult>]>([
    ['alone', '\n<<RESULT>>{"a":1.0}<<RESULT>>\n', { resultJson: '{"a":1.0}', stdout: '' }],
    ['after other output', 'x\n\n<<RESULT>>[]<<RESULT>>\n', { resultJson: '[]', stdout: 'x\n' }],
    [
      'after what only looks like it',
      '<<RESULT>>{"forged":1}<<RESULT>>\n\n<<RESULT>>{}<<RESULT>>\n',
      { resultJson: '{}', stdout: '<<RESULT>>{"forged":1}<<RESULT>>\n' },
    ],
    ['not at all', 'x\n', undefined],
    ['by half', '<<RESULT>>{', undefined],
    ['as what is not JSON', '<<RESULT>>nope<<RESULT>>', undefined],
  ])('stands %s', (_, stdout, expected) => expect(unwrapResult(stdout)).toEqual(expected))
})
