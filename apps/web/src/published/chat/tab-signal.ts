/** What the tabs of one browser tell each other of an app's conversations. */
export interface TabSignal {
  /** A conversation, or the list of them, has changed. */
  tell(conversationId: string): void
  /** Calls back for what other tabs tell; the answer ends it. */
  listen(onChange: (conversationId: string) => void): () => void
}

export function createTabSignal(code: string): TabSignal {
  const name = `trellis.chat.${code}`
  return {
    tell(conversationId) {
      const channel = new BroadcastChannel(name)
      channel.postMessage(conversationId)
      channel.close()
    },
    listen(onChange) {
      const channel = new BroadcastChannel(name)
      channel.onmessage = ({ data }) => {
        if (typeof data === 'string') onChange(data)
      }
      return () => channel.close()
    },
  }
}
