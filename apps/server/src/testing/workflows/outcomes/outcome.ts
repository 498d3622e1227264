import type { FaultKind } from '../../../../../../tools/fake-openai/index.ts'

/** An app file, or a bare graph, and what comes of its runs (workflow spec 5). */
export interface Outcome {
  /** Of the table there. */
  readonly row: number
  readonly file: string
  /** Node ids of the file as the outcomes name them. */
  readonly names?: Readonly<Record<string, string>>
  /** Where it does not come to a run, and what is said there. */
  readonly refused?: { readonly at: 'import' | 'publish'; readonly reason: RegExp }
  readonly runs: readonly ExpectedRun[]
}

export interface ExpectedRun {
  readonly query?: string
  /** `{web}` in a text is the address of the fake endpoint. */
  readonly inputs?: Readonly<Record<string, unknown>>
  /** What models say, in pieces: all of them, or whichever has that text in its prompt. */
  readonly says?: readonly string[] | Readonly<Record<string, readonly string[]>>
  readonly fault?: FaultKind
  /** `succeeded` where absent. */
  readonly status?: 'partial-succeeded' | 'failed'
  readonly exceptions?: number
  readonly outputs: Readonly<Record<string, unknown>>
  /** The text that the caller sees, all pieces joined; of chatflows it is what is kept as the answer. */
  readonly streamed: string
  /** Pieces of it. */
  readonly chunks?: number
  /** What the stream tells between its first frame and its last, in order, one node at a time: `pair` is a start and the end right behind it. */
  readonly frames?: string
}
