import { isFramed } from '../embedded/framed.ts'
import { CONVERSATION_PARAMETER, isId } from '../embedded/passed-in.ts'
import type { KeyValueStore } from '../storage.ts'

/** Which conversation the page shows; a page that is loaded anew, and "back", find it again. */
export interface ConversationOnView {
  /** What the address names. */
  named(): string | undefined
  /** What the page begins with. */
  first(): string | undefined
  /** @param isInstead of one that is gone: "back" does not lead to it */
  write(conversationId: string | undefined, isInstead?: boolean): void
}

export interface ConversationOnViewDependencies {
  readonly code: string
  readonly tabStore: KeyValueStore
  readonly address?: AddressOfConversation
  readonly isReload?: () => boolean
}

export interface AddressOfConversation {
  read(): string | undefined
  write(conversationId: string | undefined, isInstead?: boolean): void
}

/**
 * The address names it, and the tab remembers it beside what it has asked (`kept-asks.ts`): a browser that begins to load a page
 * anew while that page changes its address takes the address from before, and by then the question is forgotten.
 */
export function createConversationOnView({
  code,
  tabStore,
  address = { read: readAddress, write: writeAddress },
  isReload = isReloaded,
}: ConversationOnViewDependencies): ConversationOnView {
  const storageKey = `trellis.on-view.${code}`
  return {
    named: address.read,
    first() {
      const remembered = isReload() ? tabStore.read(storageKey) : undefined
      return address.read() ?? remembered
    },
    write(conversationId, isInstead) {
      tabStore.write(storageKey, conversationId)
      address.write(conversationId, isInstead)
    },
  }
}

function readAddress(): string | undefined {
  const id = new URLSearchParams(location.search).get(CONVERSATION_PARAMETER)
  return id !== null && isId(id) ? id : undefined
}

function writeAddress(conversationId: string | undefined, isInstead = false): void {
  if (readAddress() === conversationId) return
  const address = new URL(location.href)
  if (conversationId === undefined) address.searchParams.delete(CONVERSATION_PARAMETER)
  else address.searchParams.set(CONVERSATION_PARAMETER, conversationId)
  // In a frame, going back is for the page around it.
  if (isInstead || isFramed()) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
}

/** Not a link that leads here: whoever follows one begins where it leads. */
const isReloaded = (): boolean =>
  performance.getEntriesByType('navigation').some((entry) => (entry as PerformanceNavigationTiming).type === 'reload')
