/** The wish that a run stop. It may come before the run has a name, which comes with its first frame. */
export interface StopWish {
  /** What the run is called now; a wish that was waiting for it is sent. */
  learn(taskId: string): void
  /** Sent once; again where it was refused. */
  make(): void
  isMade(): boolean
}

export interface StopWishPorts {
  readonly send: (taskId: string) => Promise<void>
  /** It could not be sent: it may be made once more. */
  readonly onRefused: () => void
}

export function createStopWish({ send, onRefused }: StopWishPorts): StopWish {
  let taskId: string | undefined
  let isMade = false
  let sentTo: string | undefined
  const trySend = () => {
    if (!isMade || taskId === undefined || taskId === sentTo) return
    sentTo = taskId
    send(taskId).catch(() => {
      isMade = false
      sentTo = undefined
      onRefused()
    })
  }
  return {
    learn(next) {
      taskId = next
      trySend()
    },
    make() {
      isMade = true
      trySend()
    },
    isMade: () => isMade,
  }
}
