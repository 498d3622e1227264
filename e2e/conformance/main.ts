// `npm run conformance`: replies of the built server against the description of the Service API that DIFY_OPENAPI names.
import { serveApps } from '../served-apps.ts'
import { callAnnotations } from './annotation-calls.ts'
import { callFilesAndInfo } from './app-calls.ts'
import { callAudio } from './audio-calls.ts'
import { createRecorder } from './caller.ts'
import { callConversations } from './conversation-calls.ts'
import { readDescription } from './description.ts'
import { deviations } from './deviations.ts'
import { callForms } from './form-calls.ts'
import { judge } from './judge.ts'
import { report } from './report.ts'
import { callRuns } from './run-calls.ts'
import { callWorkflows } from './workflow-calls.ts'

const description = await readDescription(process.env.DIFY_OPENAPI ?? '')
const apps = await serveApps({ UPLOAD_FILE_SIZE_LIMIT: '1' })
try {
  const recorder = createRecorder(apps.baseUrl)
  await callRuns(recorder, apps)
  await callConversations(recorder, apps)
  await callWorkflows(recorder, apps)
  await callForms(recorder, apps)
  await callFilesAndInfo(recorder, apps)
  await callAudio(recorder, apps)
  await callAnnotations(recorder, apps)
  const served = await listServed(apps.baseUrl)
  const { exchanges } = recorder
  const { text, isPassed } = report({
    description,
    exchanges,
    deviations,
    implemented: [...description.operations.keys()].filter((id) => served.has(id)),
    additional: [...served].filter((id) => !description.operations.has(id)),
    faults: exchanges.flatMap((exchange) => judge(description, exchange)),
  })
  console.log(text)
  process.exitCode = isPassed ? 0 : 1
} finally {
  await apps.server.stop()
}

/** The operations that the server says it has. */
async function listServed(baseUrl: string): Promise<Set<string>> {
  const response = await fetch(`${baseUrl}/openapi.json`)
  // The server's own description: OpenAPI.
  const { paths } = (await response.json()) as { readonly paths: Readonly<Record<string, object>> }
  return new Set(
    Object.entries(paths).flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`)),
  )
}
