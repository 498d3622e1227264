import { describe, expect, it } from 'vitest'
import { aTab } from '../testing/chat-page.ts'
import { createConversationOnView } from './conversation-on-view.ts'

/** A page of a tab, at an address that does or does not learn what is written to it. */
function aPage(tabStore: ReturnType<typeof aTab>, { named, isReload = true }: { named?: string; isReload?: boolean } = {}) {
  let address = named
  return createConversationOnView({
    code: 'code',
    tabStore,
    isReload: () => isReload,
    address: {
      read: () => address,
      write: (id) => {
        address = id
      },
    },
  })
}

describe('the conversation on view', () => {
  it('is the one that the address names', () => {
    const tab = aTab()
    aPage(tab).write('c1')
    expect(aPage(tab, { named: 'c2' }).first()).toBe('c2')
    expect(aPage(tab, { named: 'c2' }).named()).toBe('c2')
  })

  it('is found by a reload that began before the address had learned of it', () => {
    const tab = aTab()
    const before = aPage(tab)
    expect(before.first()).toBeUndefined()
    before.write('c1')
    expect(aPage(tab).first()).toBe('c1')
  })

  it('is none where a link leads to none', () => {
    const tab = aTab()
    aPage(tab).write('c1')
    const led = aPage(tab, { isReload: false })
    expect(led.first()).toBeUndefined()
    led.write(undefined)
    expect(aPage(tab).first()).toBeUndefined()
  })
})
