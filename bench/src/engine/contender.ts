/** One workload, ready to run: built, compiled, and whatever an engine does once. */
export interface ContenderRun {
  /** Runs it once, telling a listener of every start and end of a node. Resolves to the answer. */
  run(): Promise<number>
  /** Events that listeners were told of since the beginning. */
  events(): number
}

/** What a contender's module exports. */
export interface Contender {
  readonly prepare: (workload: string) => Promise<ContenderRun> | ContenderRun
}

/** What a contender's process tells of its measurement. */
export interface ContenderFigures {
  readonly runs: number
  readonly wallMicrosecondsARun: number
  readonly cpuMicrosecondsARun: number
  readonly eventsARun: number
  /** With the engine loaded, before anything runs. */
  readonly loadedRssBytes: number
  /** At the end of the measurement. */
  readonly rssBytes: number
}
