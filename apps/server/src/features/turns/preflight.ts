import { isDeepStrictEqual } from 'node:util'
import type { AnnotationReply } from '@trellis/contracts'
import type { AppsTable, InvokeFrom } from '@trellis/db'
import type { Asker } from '../models/index.ts'
import type { Attachment } from './attachments.ts'
import type { Inputs } from './read-inputs.ts'

/** What a configuration says, section by section: a basic app's, or the features of a chatflow. */
export type TurnSections = Readonly<Record<string, unknown>>

/** A turn as somebody asked it, before a model or a graph is. */
export interface AskedTurn extends Asker {
  readonly app: AppsTable
  readonly config: TurnSections
  /** As the preflights before this one left them. */
  readonly inputs: Inputs
  readonly query: string
  readonly files: readonly Attachment[]
  readonly invokeFrom: InvokeFrom
  readonly runId: string
  /** Stands already, as does the message. */
  readonly conversationId: string
  readonly messageId: string
}

export type PreflightVerdict =
  /**
   * The turn goes on, with other inputs or another query where they are named. Additions fill the prompt beside the inputs; they are
   * not kept with the question, which its asker may read.
   */
  | { readonly type: 'pass'; readonly inputs?: Inputs; readonly query?: string; readonly additions?: Inputs }
  /** That is the answer, and nobody else is asked. */
  | {
      readonly type: 'answer'
      readonly text: string
      readonly metadata?: { readonly annotation_reply: AnnotationReply }
      /** What was asked is kept out. */
      readonly isModerated?: boolean
    }

/**
 * What looks at a turn before it is answered. It runs within the run: it may take its time, is stopped with the run, and its failure
 * (an AppError) is the run's. A turn that another process takes up may be looked at again.
 */
export interface Preflight {
  /** Whether an app has it. Asked before every turn is accepted: from the configuration, or from what is remembered. */
  isOn(app: AppsTable, config: TurnSections): boolean | Promise<boolean>
  check(turn: AskedTurn, signal: AbortSignal): Promise<PreflightVerdict>
}

/** Those that an app has, in the order in which they run. */
export async function choosePreflights(
  preflights: readonly Preflight[],
  app: AppsTable,
  config: TurnSections,
): Promise<readonly Preflight[]> {
  const isOn = await Promise.all(preflights.map((preflight) => preflight.isOn(app, config)))
  return preflights.filter((_, index) => isOn[index])
}

/** What of a turn may be changed before it is answered. */
export type QuestionTexts = Pick<AskedTurn, 'inputs' | 'query'>

/** A turn as all who looked at it left it. */
export interface PassedTurn extends QuestionTexts {
  /** Of the prompt alone. */
  readonly additions: Inputs
}

/** What is to be answered, and how, once all have looked. */
export type CheckedTurn = (({ readonly type: 'pass' } & PassedTurn) | Extract<PreflightVerdict, { readonly type: 'answer' }>) & {
  /** The question as it was left, where somebody changed it. */
  readonly changed?: QuestionTexts
}

/** Lets each look at what the one before left, until one answers. @throws what a preflight throws, and the signal's reason */
export async function runPreflights(preflights: readonly Preflight[], turn: AskedTurn, signal: AbortSignal): Promise<CheckedTurn> {
  let { inputs, query } = turn
  let additions: Inputs = {}
  for (const preflight of preflights) {
    const verdict = await preflight.check({ ...turn, inputs, query }, signal)
    signal.throwIfAborted()
    if (verdict.type === 'answer') return { ...verdict, ...changeOf(turn, { inputs, query }) }
    inputs = verdict.inputs ?? inputs
    query = verdict.query ?? query
    additions = { ...additions, ...verdict.additions }
  }
  return { type: 'pass', inputs, query, additions, ...changeOf(turn, { inputs, query }) }
}

const changeOf = (asked: AskedTurn, { inputs, query }: QuestionTexts): Pick<CheckedTurn, 'changed'> =>
  query === asked.query && isDeepStrictEqual(inputs, asked.inputs) ? {} : { changed: { inputs, query } }
