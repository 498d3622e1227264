import { createEgress } from '@trellis/kit'
import type { ModelEvent } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectEvents, expectWellFormed, reasoningIn, textIn } from '../model-events.ts'
import { clientOf, languageModelOf, type Subject, subjects } from '../subjects.ts'
import { publishedAnswers } from './answers.ts'
import { type PublishedAnswer, publishedCalls } from './published-answer.ts'
import { startAnswering } from './start-answering.ts'

describe('answers as their providers publish them', () => {
  const egress = createEgress({ modelEndpointAllowPrivate: true })
  let server: Awaited<ReturnType<typeof startAnswering>>
  beforeAll(async () => {
    server = await startAnswering()
  })
  afterAll(async () => {
    await egress.close()
    server.close()
  })
  const clientFor = (id: string) => {
    const subject: Subject | undefined = subjects.find(({ provider }) => provider.id === id)
    if (subject === undefined) throw new TypeError(`no provider ${id}`)
    return { subject, client: clientOf(subject, { baseUrl: server.url, apiKey: 'key-0123456789', egress }) }
  }
  const { signal } = new AbortController()

  it.each(publishedAnswers.map((each) => [each.provider, each.abilities.join(', '), each] as const))('%s: %s', async (id, _, published) => {
    server.answer(published)
    const { subject, client } = clientFor(id)
    switch (published.call) {
      case 'rerank':
        expect(await client.rerankModel?.('m').rerank('bread', ['steel', 'flour'], 2, signal)).toEqual([
          { index: 1, score: 0.9 },
          { index: 0, score: 0.2 },
        ])
        return
      case 'moderation':
        expect(await client.moderationModel?.('m').isFlagged('I will hurt you', signal)).toBe(true)
        return
      case 'transcription': {
        const sound = { bytes: new Uint8Array([1]), filename: 'a.mp3', mimeType: 'audio/mpeg' }
        expect(await client.transcriptionModel?.('m').transcribe(sound, signal)).toMatchObject({ text: 'Good day' })
        return
      }
      default: {
        const events = await collectEvents(languageModelOf(client, subject).stream(publishedCalls[published.call], signal))
        expectWellFormed(events)
        expect(toldIn(events, published.says)).toEqual(published.says)
        if (published.request !== undefined) expect(JSON.parse(server.lastBody())).toMatchObject(published.request)
      }
    }
  })
})

/** What was told of that which the reference tells of. */
function toldIn(events: readonly ModelEvent[], says: PublishedAnswer['says']): PublishedAnswer['says'] {
  const end = events.at(-1)
  return {
    text: textIn(events),
    ...(says?.reasoning === undefined ? {} : { reasoning: reasoningIn(events) }),
    ...(says?.toolCalls === undefined ? {} : { toolCalls: events.flatMap((event) => (event.type === 'tool-call' ? [event.call] : [])) }),
    ...(says?.usage !== undefined && end?.type === 'finish' ? { usage: end.usage } : {}),
  }
}
