import { modelConfigSchema } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { ApiError } from '../../api/api-error.ts'
import type { DraftConfig, ModelConfig } from '../../api/types/apps.ts'
import { createDraftStore } from './draft-store.ts'

const config: ModelConfig = modelConfigSchema.parse({ model: { provider: 'demo', name: 'demo', completion_params: {} } })

const withPrompt = (pre_prompt: string) => (current: ModelConfig) => ({ ...current, pre_prompt })

/** A server that keeps one draft, answers when told, and a clock that runs when told. */
function harness() {
  let stored: DraftConfig = { model_config: config, hash: '0', updated_at: 0, has_unpublished_changes: false }
  const prompts: string[] = []
  const waiting: (() => void)[] = []
  let isHeld = false
  let failure: Error | undefined
  let scheduled: (() => void) | undefined
  const store = createDraftStore({
    draft: stored,
    save: async (input) => {
      prompts.push(input.model_config.pre_prompt)
      if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve))
      if (failure) throw failure
      if (input.hash !== stored.hash) throw new ApiError({ code: 'conflict', message: '', status: 409 })
      stored = { model_config: input.model_config, hash: String(Number(stored.hash) + 1), updated_at: 1, has_unpublished_changes: true }
      return stored
    },
    schedule: (run) => {
      scheduled = run
      return () => {
        if (scheduled === run) scheduled = undefined
      }
    },
  })
  return {
    store,
    prompts,
    tick: () => scheduled?.(),
    hold: () => {
      isHeld = true
    },
    release: () => {
      isHeld = false
      for (const resolve of waiting.splice(0)) resolve()
    },
    failWith: (error: Error | undefined) => {
      failure = error
    },
    changeElsewhere: () => {
      stored = { ...stored, hash: '99', model_config: { ...config, pre_prompt: 'theirs' } }
    },
    stored: () => stored,
  }
}

describe('createDraftStore', () => {
  it('saves a burst of edits once, with its last state', async () => {
    const { store, prompts, tick } = harness()
    for (const text of ['a', 'ab', 'abc']) store.update(withPrompt(text))
    expect(store.read().status).toBe('pending')
    tick()
    await store.flush()
    expect(prompts).toEqual(['abc'])
    expect(store.read()).toMatchObject({ status: 'saved', hasUnpublishedChanges: true })
  })

  it('saves again what was changed while saving, and never twice at once', async () => {
    const { store, prompts, hold, release } = harness()
    hold()
    store.update(withPrompt('a'))
    const flushed = store.flush()
    store.update(withPrompt('b'))
    release()
    await flushed
    expect(prompts).toEqual(['a', 'b'])
    expect(store.read().status).toBe('saved')
  })

  it('shows a conflict, keeps the text, and saves only when told to', async () => {
    const { store, tick, changeElsewhere, stored } = harness()
    changeElsewhere()
    store.update(withPrompt('mine'))
    tick()
    await expect(store.flush()).rejects.toMatchObject({ code: 'conflict' })
    store.update(withPrompt('mine, more'))
    expect(store.read()).toMatchObject({ status: 'conflict', config: { pre_prompt: 'mine, more' } })
    expect(stored().model_config.pre_prompt).toBe('theirs')
    await store.overwrite('99')
    expect(stored().model_config.pre_prompt).toBe('mine, more')
    expect(store.read().status).toBe('saved')
  })

  it('tries again after a failure', async () => {
    const { store, tick, failWith, stored } = harness()
    failWith(new ApiError({ code: 'network_unreachable', message: '', status: 0 }))
    store.update(withPrompt('a'))
    tick()
    await expect(store.flush()).rejects.toMatchObject({ code: 'network_unreachable' })
    expect(store.read().status).toBe('failed')
    failWith(undefined)
    await store.flush()
    expect(stored().model_config.pre_prompt).toBe('a')
  })

  it('takes over what the server has', () => {
    const { store, prompts, tick } = harness()
    store.update(withPrompt('mine'))
    store.replace({ model_config: { ...config, pre_prompt: 'published' }, hash: '5', updated_at: 2, has_unpublished_changes: false })
    tick()
    expect(prompts).toEqual([])
    expect(store.read()).toMatchObject({ status: 'saved', hasUnpublishedChanges: false, config: { pre_prompt: 'published' } })
  })
})
