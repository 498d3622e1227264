import type { Variable } from '../app/user-input-form.ts'

export type SampleLanguage = 'curl' | 'javascript' | 'python'
/** By plain HTTP, or through the client library that its language's registry has under the name `dify-client`. */
export type SampleVariant = 'http' | 'client'

export interface SampleInput {
  readonly language: SampleLanguage
  readonly variant: SampleVariant
  readonly isStreaming: boolean
  readonly mode: 'chat' | 'completion'
  /** Ends in `/v1`. */
  readonly baseUrl: string
  readonly apiKey: string
  readonly variables: readonly Variable[]
  /** What is asked; only of chats. */
  readonly query: string
}

export interface Sample {
  readonly code: string
  /** A name that the highlighter knows. */
  readonly grammar: 'bash' | 'javascript' | 'python'
}

type Json = string | number | boolean

const USER = 'user-123'

/** A value that the form accepts: the default, the first option, or something that says what belongs there. */
function exampleValue(variable: Variable): Json {
  switch (variable.type) {
    case 'checkbox':
      return variable.defaultValue === 'true'
    case 'number':
      return variable.defaultValue === '' ? 1 : Number(variable.defaultValue)
    case 'select':
      return variable.defaultValue || (variable.options[0] ?? '')
    default:
      return cut(variable.defaultValue || variable.label, variable.maxLength)
  }
}

function cut(text: string, maxLength: number | undefined): string {
  return maxLength === undefined ? text : [...text].slice(0, maxLength).join('')
}

export function exampleInputs(variables: readonly Variable[]): Record<string, Json> {
  return Object.fromEntries(variables.map((variable) => [variable.variable, exampleValue(variable)]))
}

/** A program that runs as it stands, for this app with its inputs. */
export function createSample(input: SampleInput): Sample {
  if (input.language === 'curl') return { code: curl(input), grammar: 'bash' }
  if (input.language === 'javascript')
    return { code: input.variant === 'client' ? npmClient(input) : fetchSample(input), grammar: 'javascript' }
  return { code: input.variant === 'client' ? pipClient(input) : requestsSample(input), grammar: 'python' }
}

function bodyOf({ mode, variables, query, isStreaming }: SampleInput): Record<string, unknown> {
  return {
    inputs: exampleInputs(variables),
    ...(mode === 'chat' && { query }),
    response_mode: isStreaming ? 'streaming' : 'blocking',
    user: USER,
  }
}

const endpointOf = ({ mode }: SampleInput) => `${mode}-messages`

/** Single quotes keep everything in a shell but a single quote. */
const shellQuote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

function indent(text: string, spaces: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(spaces)}`)
}

function curl(input: SampleInput): string {
  return [
    `curl${input.isStreaming ? ' --no-buffer' : ''} -X POST ${shellQuote(`${input.baseUrl}/${endpointOf(input)}`)}`,
    `  -H ${shellQuote(`Authorization: Bearer ${input.apiKey}`)}`,
    `  -H 'Content-Type: application/json'`,
    `  -d ${shellQuote(JSON.stringify(bodyOf(input), null, 2))}`,
  ].join(' \\\n')
}

/** JSON is JavaScript; keys that are names read better bare. */
function toJavaScript(value: unknown, spaces = 0): string {
  const text = JSON.stringify(value, null, 2).replace(/^(\s*)"([A-Za-z_]\w*)":/gmu, '$1$2:')
  return indent(text, spaces)
}

function fetchSample(input: SampleInput): string {
  const request = `const response = await fetch(${JSON.stringify(`${input.baseUrl}/${endpointOf(input)}`)}, {
  method: "POST",
  headers: {
    Authorization: ${JSON.stringify(`Bearer ${input.apiKey}`)},
    "Content-Type": "application/json",
  },
  body: JSON.stringify(${toJavaScript(bodyOf(input), 2)}),
});
if (!response.ok) throw new Error(await response.text());
`
  if (!input.isStreaming) return `${request}\nconst { answer } = await response.json();\nconsole.log(answer);`
  return `${request}\n${readStreamInJavaScript('response.body.pipeThrough(new TextDecoderStream())')}`
}

function readStreamInJavaScript(iterable: string): string {
  return `let rest = "";
for await (const text of ${iterable}) {
  const lines = (rest + text).split("\\n");
  rest = lines.pop();
  for (const line of lines) {
    if (!line.startsWith("data: ")) continue;
    const event = JSON.parse(line.slice(6));
    if (event.event === "message") process.stdout.write(event.answer);
    if (event.event === "error") throw new Error(event.message);
  }
}`
}

function npmClient(input: SampleInput): string {
  const name = input.mode === 'chat' ? 'ChatClient' : 'CompletionClient'
  const inputs = toJavaScript(exampleInputs(input.variables))
  const call =
    input.mode === 'chat'
      ? `client.createChatMessage(inputs, ${JSON.stringify(input.query)}, "${USER}", ${input.isStreaming})`
      : `client.createCompletionMessage(inputs, "${USER}", ${input.isStreaming})`
  const reading = input.isStreaming
    ? `response.data.setEncoding("utf8");\n\n${readStreamInJavaScript('response.data')}`
    : 'console.log(response.data.answer);'
  return `import { ${name} } from "dify-client";

const client = new ${name}(${JSON.stringify(input.apiKey)}, ${JSON.stringify(input.baseUrl)});

const inputs = ${inputs};
const response = await ${call};
${reading}`
}

/** JSON but for its three words. */
export function toPython(value: unknown, spaces = 0): string {
  const pad = ' '.repeat(spaces)
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value)
  if (entries.length === 0) return '{}'
  const lines = entries.map(([key, item]) => `${pad}    ${JSON.stringify(key)}: ${toPython(item, spaces + 4)},`)
  return `{\n${lines.join('\n')}\n${pad}}`
}

const readStreamInPython = `for line in response.iter_lines(decode_unicode=True):
    if not line or not line.startswith("data: "):
        continue
    event = json.loads(line[6:])
    if event["event"] == "message":
        print(event["answer"], end="", flush=True)
    if event["event"] == "error":
        raise RuntimeError(event["message"])`

function finishInPython(isStreaming: boolean): string {
  // The stream is UTF-8; without this line its text would be read as Latin-1.
  if (isStreaming) return `response.raise_for_status()\nresponse.encoding = "utf-8"\n\n${readStreamInPython}`
  return 'response.raise_for_status()\nprint(response.json()["answer"])'
}

function requestsSample(input: SampleInput): string {
  return `${input.isStreaming ? 'import json\n\n' : ''}import requests

response = requests.post(
    ${JSON.stringify(`${input.baseUrl}/${endpointOf(input)}`)},
    headers={"Authorization": ${JSON.stringify(`Bearer ${input.apiKey}`)}},
    json=${toPython(bodyOf(input), 4)},${input.isStreaming ? '\n    stream=True,' : ''}
)
${finishInPython(input.isStreaming)}`
}

function pipClient(input: SampleInput): string {
  const name = input.mode === 'chat' ? 'ChatClient' : 'CompletionClient'
  const mode = input.isStreaming ? 'streaming' : 'blocking'
  const call =
    input.mode === 'chat'
      ? `client.create_chat_message(inputs, ${JSON.stringify(input.query)}, "${USER}", response_mode="${mode}")`
      : `client.create_completion_message(inputs, "${mode}", "${USER}")`
  return `${input.isStreaming ? 'import json\n\n' : ''}from dify_client import ${name}

client = ${name}(${JSON.stringify(input.apiKey)})
client.base_url = ${JSON.stringify(input.baseUrl)}

inputs = ${toPython(exampleInputs(input.variables))}
response = ${call}
${finishInPython(input.isStreaming)}`
}
