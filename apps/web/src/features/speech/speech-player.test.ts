import { describe, expect, it, vi } from 'vitest'
import type { OpenAudio } from './audio-output.ts'
import { createSpeechPlayer } from './speech-player.ts'

/** Sounds at once, and ends when it is told. */
function fakeAudio() {
  const closed: string[] = []
  const ends: (() => void)[] = []
  const open: OpenAudio = (onSound) => {
    let name = '(nothing)'
    return {
      async play(response, signal) {
        name = await response.text()
        onSound()
        await new Promise<void>((resolve) => {
          ends.push(resolve)
          signal.addEventListener('abort', () => resolve())
        })
      },
      close: () => void closed.push(name),
    }
  }
  return { open, closed, end: () => ends.pop()?.() }
}

const request = (key: string, onError = vi.fn()) => ({ key, open: async () => new Response(key), onError })

describe('the player', () => {
  it('loads, plays to the end and is idle again', async () => {
    const audio = fakeAudio()
    const player = createSpeechPlayer(audio.open)
    const seen: string[] = []
    const unsubscribe = player.subscribe(() => void seen.push(player.read().status))
    player.play(request('a'))
    expect(player.read()).toEqual({ key: 'a', status: 'loading' })
    await expect.poll(() => player.read().status).toBe('playing')
    audio.end()
    await expect.poll(() => player.read().status).toBe('idle')
    unsubscribe()
    player.play(request('b'))
    expect(seen).toEqual(['loading', 'playing', 'idle'])
    expect(audio.closed).toEqual(['a'])
  })

  it('stops what it plays when something else begins', async () => {
    const audio = fakeAudio()
    const player = createSpeechPlayer(audio.open)
    player.play(request('a'))
    await expect.poll(() => player.read().status).toBe('playing')
    player.play(request('b'))
    await expect.poll(() => player.read()).toEqual({ key: 'b', status: 'playing' })
    expect(audio.closed).toEqual(['a'])
    player.stop()
    expect(player.read()).toEqual({ key: null, status: 'idle' })
  })

  it('tells what fails, but not what was stopped', async () => {
    const player = createSpeechPlayer(fakeAudio().open)
    const onError = vi.fn()
    player.play({ key: 'a', open: () => Promise.reject(new TypeError('no')), onError })
    await expect.poll(() => onError.mock.calls.length).toBe(1)
    expect(player.read().status).toBe('idle')
    const stopped = vi.fn()
    player.play({
      key: 'b',
      open: (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      onError: stopped,
    })
    player.stop()
    await new Promise((resolve) => setTimeout(resolve))
    expect(stopped).not.toHaveBeenCalled()
  })
})
