import type { ModelTrialEvent } from '@trellis/contracts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useApi } from '../../api/ApiProvider.tsx'
import { toApiError } from '../../api/api-error.ts'
import type { TrialInput } from '../../api/models-api.ts'

export type TrialEnd = Extract<ModelTrialEvent, { readonly event: 'end' }>

/** What one model has said so far. */
export interface Trial {
  readonly state: 'running' | 'done' | 'stopped' | 'failed'
  readonly text: string
  readonly reasoning: string
  readonly end?: TrialEnd
  readonly error?: unknown
}

export interface Trials {
  readonly results: ReadonlyMap<number, Trial>
  readonly isRunning: boolean
  /** Asks all at once; what they said before is gone. */
  readonly start: (inputs: ReadonlyMap<number, TrialInput>) => void
  readonly stop: () => void
  readonly forget: (key: number) => void
}

const begun: Trial = { state: 'running', text: '', reasoning: '' }

/** Several models asked side by side, by the keys of their columns; redrawn once a frame however fast they speak. */
export function useTrials(): Trials {
  const api = useApi()
  const [results, setResults] = useState<ReadonlyMap<number, Trial>>(new Map())
  const latest = useRef(new Map<number, Trial>())
  const controller = useRef<AbortController | null>(null)
  const frame = useRef(0)
  useEffect(
    () => () => {
      controller.current?.abort()
      cancelAnimationFrame(frame.current)
    },
    [],
  )
  const draw = useCallback(() => {
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(() => setResults(new Map(latest.current)))
  }, [])

  const ask = async (key: number, input: TrialInput, { signal }: AbortController): Promise<void> => {
    const change = (next: (trial: Trial) => Trial): void => {
      const trial = latest.current.get(key)
      if (trial === undefined || controller.current?.signal !== signal) return
      latest.current.set(key, next(trial))
      draw()
    }
    try {
      for await (const event of api.models.tryModel(input, signal)) change((trial) => follow(trial, event))
      change((trial) => (trial.state === 'running' ? { ...trial, state: 'stopped' } : trial))
    } catch (error) {
      change((trial) => (signal.aborted ? { ...trial, state: 'stopped' } : { ...trial, state: 'failed', error }))
    }
  }

  return {
    results,
    isRunning: [...results.values()].some(({ state }) => state === 'running'),
    start(inputs) {
      controller.current?.abort()
      const current = new AbortController()
      controller.current = current
      latest.current = new Map([...inputs.keys()].map((key) => [key, begun]))
      draw()
      for (const [key, input] of inputs) void ask(key, input, current)
    },
    stop: () => controller.current?.abort(),
    forget(key) {
      latest.current.delete(key)
      draw()
    },
  }
}

function follow(trial: Trial, event: ModelTrialEvent): Trial {
  switch (event.event) {
    case 'text':
      return { ...trial, text: trial.text + event.text }
    case 'reasoning':
      return { ...trial, reasoning: trial.reasoning + event.text }
    case 'end':
      return { ...trial, state: 'done', end: event }
    case 'error':
      return { ...trial, state: 'failed', error: toApiError(200, event) }
  }
}
