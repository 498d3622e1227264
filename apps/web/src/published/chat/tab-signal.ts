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
      const channel = openChannel(name)
      channel?.postMessage(conversationId)
      channel?.close()
    },
    listen(onChange) {
      const channel = openChannel(name)
      if (!channel) return () => undefined
      channel.onmessage = ({ data }) => {
        if (typeof data === 'string') onChange(data)
      }
      return () => channel.close()
    },
  }
}

/** Undefined where a browser that keeps nothing for us does not let tabs talk either. */
function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name)
  } catch {
    return undefined
  }
}
