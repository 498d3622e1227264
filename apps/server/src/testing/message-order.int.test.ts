import { beforeAll, expect, it } from 'vitest'
import { describeOnServers } from './describe-on-servers.ts'
import type { TestApp } from './test-server.ts'

const HOUR_MS = 3_600_000

let ahead = 0
const clock = { now: () => Date.now() + ahead }

await describeOnServers('messages of a conversation', { clock }, (server) => {
  let app: TestApp
  beforeAll(async () => {
    app = await server().createApp(await server().setup(), { mode: 'chat' })
  })

  it('keep their order where the clock is set back between them', async () => {
    let conversation_id: string | undefined
    for (const [query, hours] of [
      ['one', 0],
      ['two', -1],
      ['three', -2],
      ['four', 1],
    ] as const) {
      ahead = hours * HOUR_MS
      const turn = { inputs: {}, query, user: 'u', response_mode: 'blocking', conversation_id }
      const { body } = await app.send('POST', '/chat-messages', turn)
      conversation_id = body.conversation_id
    }
    ahead = 0
    const list = (more: string) => app.send('GET', `/messages?user=u&conversation_id=${conversation_id}${more}`)
    const queries = (body: { readonly data: readonly { readonly query: string }[] }) => body.data.map(({ query }) => query)
    const { body } = await list('')
    expect(queries(body)).toEqual(['one', 'two', 'three', 'four'])
    expect(queries((await list(`&first_id=${body.data[2].id}`)).body)).toEqual(['one', 'two'])
  })
})
