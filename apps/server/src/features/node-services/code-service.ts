import type { CodeCaller, CodeService } from '@trellis/spec'
import { dumpJson } from '@trellis/values'

/** Code of nodes, run by the runner that is in force. */
export function createCodeService(sandbox: CodeCaller): CodeService {
  return {
    async call({ language, code, inputs }, signal) {
      const outcome = await sandbox.call({ language, code, inputsJson: dumpJson(inputs, { ensureAscii: false }) }, signal)
      const { mechanism } = outcome
      return outcome.ok
        ? { ok: true, resultJson: outcome.resultJson, mechanism }
        : { ok: false, error: outcome.error.message, errorType: 'CodeExecutionError', mechanism }
    },
  }
}
