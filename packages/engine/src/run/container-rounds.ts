import type { Usage } from '@trellis/contracts'
import type { ContainerLogic, ContainerStep, EndedRound, NodeFailure } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import type { Frame } from './frame.ts'
import { addUsage } from './usage.ts'

/** What the engine keeps of a container's rounds while they go on. */
export class ContainerRounds {
  readonly logic: ContainerLogic
  readonly inputs: Dict
  readonly metadata: Dict
  readonly open = new Set<Frame>()
  isAdvancing = false
  /** The first step, until it is taken. */
  first: ContainerStep | undefined
  usage: Usage | undefined
  /** What the last round by index, of those that succeeded, said to the caller (iterations only). */
  lastOutputs: Readonly<Record<string, Value>> | undefined
  #lastIndex = -1
  readonly #durationsMs: Record<string, number> = {}

  constructor(logic: ContainerLogic, inputs: Dict, metadata: Dict) {
    this.logic = logic
    this.inputs = inputs
    this.metadata = metadata
  }

  end(frame: Frame, failure: NodeFailure | undefined, now: number): void {
    this.open.delete(frame)
    this.usage = addUsage(this.usage, frame.usage)
    this.#durationsMs[String(frame.round)] = now - frame.startedAtMs
    if (failure || this.logic.pool !== 'forked' || frame.round < this.#lastIndex) return
    this.#lastIndex = frame.round
    this.lastOutputs = frame.outputs
  }

  describe(frame: Frame, failure: NodeFailure | undefined, now: number): EndedRound {
    return {
      index: frame.round,
      status: failure ? 'failed' : 'succeeded',
      ...(failure ? { error: failure.error, errorType: failure.errorType } : {}),
      variables: frame.pool,
      isBroken: frame.isBroken,
      durationMs: now - frame.startedAtMs,
      usage: frame.usage,
    }
  }

  /** Seconds a round, under Dify's name; nothing where there was no round. */
  durations(): Dict {
    if (Object.keys(this.#durationsMs).length === 0) return {}
    const seconds = Object.fromEntries(Object.entries(this.#durationsMs).map(([index, ms]) => [index, ms / 1000]))
    return { [this.logic.kind === 'iteration' ? 'iteration_duration_map' : 'loop_duration_map']: seconds }
  }
}
