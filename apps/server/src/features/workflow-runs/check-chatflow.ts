import type { Db } from '@trellis/db'
import { toPlain, type Value } from '@trellis/values'
import { isFile } from '@trellis/variables'
import { type AskedTurn, choosePreflights, type Preflight, runPreflights, storeChangedQuestion } from '../turns/index.ts'
import type { ChatflowRequest } from './chatflow-request.ts'
import type { RunCheck } from './execute-checked-workflow.ts'
import { toAttachment } from './input-files.ts'
import type { RunBeginning } from './run-variables.ts'

/** Who looks at a chatflow's turn before its graph does; undefined where nobody does. */
export async function checkChatflow(
  { db, preflights }: { readonly db: Db; readonly preflights: readonly Preflight[] },
  { app, workflow, query, files, asker, invokeFrom }: ChatflowRequest,
  ids: { readonly run: string; readonly conversation: string; readonly message: string },
): Promise<Pick<RunCheck, 'check'> | undefined> {
  const config = toPlainDict(workflow.features)
  const chosen = await choosePreflights(preflights, app, config)
  if (chosen.length === 0) return undefined
  return {
    async check(beginning, signal) {
      const inputs = toPlainDict(beginning.inputs)
      const asked: AskedTurn = {
        ...asker,
        app,
        config,
        inputs,
        query,
        files: files.map(toAttachment),
        invokeFrom,
        runId: ids.run,
        conversationId: ids.conversation,
        messageId: ids.message,
      }
      const checked = await runPreflights(chosen, asked, signal)
      const left = checked.changed ? withTexts(beginning, checked.changed) : beginning
      if (checked.changed && left !== beginning) {
        const kept = { inputs: toPlainDict(left.inputs), query: checked.changed.query }
        await storeChangedQuestion(db, ids.message, { asked, left: kept })
      }
      if (checked.type === 'answer') {
        const { text, metadata, isModerated } = checked
        return { type: 'answer', text, annotationReply: metadata?.annotation_reply, ...(isModerated ? { moderated: 'inputs' } : {}) }
      }
      return { type: 'pass', beginning: left }
    },
  }
}

/** Only texts are looked at and changed: files, numbers and objects stay what they are. */
function withTexts(beginning: RunBeginning, left: Pick<AskedTurn, 'inputs' | 'query'>): RunBeginning {
  const changed = Object.entries(left.inputs).flatMap(([name, value]): [string, Value][] => {
    const before = Object.hasOwn(beginning.inputs, name) ? beginning.inputs[name] : undefined
    const isOther = typeof value === 'string' && value !== before && !(before !== undefined && isFile(before))
    return isOther ? [[name, value]] : []
  })
  if (changed.length === 0 && left.query === beginning.system['query']) return beginning
  return {
    ...beginning,
    inputs: { ...beginning.inputs, ...Object.fromEntries(changed) },
    system: { ...beginning.system, query: left.query },
  }
}

const toPlainDict = (values: Readonly<Record<string, Value>>): Record<string, AskedTurn['inputs'][string]> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toPlain(value)]))
