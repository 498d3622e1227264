import { describe, expect, it } from 'vitest'
import { readPassedIn } from '../../../published/embedded/passed-in.ts'
import { type EmbedTarget, embedAddress, embedCode } from './embed-code.ts'

const target: EmbedTarget = { baseUrl: 'https://team.example.org/trellis', token: 'aBc-1', page: 'chatbot', title: 'Ada & "friends"' }
const values = { name: 'O’Hara & </script>', 'sys.user_id': 'customer 7', 'user.name': 'Ada' }

describe('the code of a frame', () => {
  it('names the page below its base path, with what is passed in', async () => {
    const code = embedCode('frame', target, values)
    expect(code).toContain('src="https://team.example.org/trellis/chatbot/aBc-1?name=O')
    expect(code).toContain('&amp;sys.user_id=customer+7&amp;user.name=Ada"')
    expect(code).toContain('title="Ada &amp; &quot;friends&quot;"')
    const given = await readPassedIn(new URL(embedAddress(target, values)).search)
    expect(given).toMatchObject({ inputs: { name: values.name }, userId: 'customer 7', user: { name: 'Ada' } })
  })

  it('has no query where nothing is passed in', () => {
    expect(embedAddress({ ...target, page: 'workflow' }, {})).toBe('https://team.example.org/trellis/workflow/aBc-1')
  })
})

describe('the code of a bubble', () => {
  it('is what our script reads, whatever the values are', () => {
    const code = embedCode('bubble', target, values)
    expect(code.match(/<\/script>/gu)).toHaveLength(2)
    expect(code).toContain('<script src="https://team.example.org/trellis/embed.min.js" id="aBc-1" defer>')
    const page: { difyChatbotConfig?: object } = {}
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/u.exec(code) ?? []
    new Function('window', script)(page)
    expect(page.difyChatbotConfig).toEqual({
      token: 'aBc-1',
      baseUrl: 'https://team.example.org/trellis',
      inputs: { name: values.name },
      systemVariables: { user_id: 'customer 7' },
      userVariables: { name: 'Ada' },
    })
  })

  it('is short where nothing is passed in', () => {
    expect(embedCode('bubble', target, {})).not.toMatch(/inputs|Variables/u)
  })
})
