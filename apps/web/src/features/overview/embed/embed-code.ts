/** What is embedded, and where it stands. */
export interface EmbedTarget {
  /** Of the published apps, without a slash at its end. */
  readonly baseUrl: string
  readonly token: string
  readonly page: 'chatbot' | 'completion' | 'workflow'
  readonly title: string
}

/** Values by the names that they have in addresses: a field's own, or one with a prefix. */
export type EmbedValues = Readonly<Record<string, string>>

export type EmbedWay = 'frame' | 'bubble'

/** What a page's makers copy into it. */
export function embedCode(way: EmbedWay, target: EmbedTarget, values: EmbedValues): string {
  return way === 'frame' ? frameCode(target, values) : bubbleCode(target, values)
}

export function embedAddress({ baseUrl, page, token }: EmbedTarget, values: EmbedValues): string {
  const query = new URLSearchParams(values).toString()
  return `${baseUrl}/${page}/${token}${query && `?${query}`}`
}

function frameCode(target: EmbedTarget, values: EmbedValues): string {
  return `<iframe
  src="${escapeMarkup(embedAddress(target, values))}"
  title="${escapeMarkup(target.title)}"
  width="100%"
  height="700"
  frameborder="0"
  allow="fullscreen; microphone; clipboard-write"
></iframe>`
}

function bubbleCode({ baseUrl, token }: EmbedTarget, values: EmbedValues): string {
  const groups = [
    { name: 'inputs', prefix: '' },
    { name: 'systemVariables', prefix: 'sys.' },
    { name: 'userVariables', prefix: 'user.' },
  ].flatMap(({ name, prefix }) => writeGroup(name, pick(values, prefix)))
  return `<script>
  window.difyChatbotConfig = {
    token: ${toScript(token)},
    baseUrl: ${toScript(baseUrl)},${groups.join('')}
  }
</script>
<script src="${escapeMarkup(baseUrl)}/embed.min.js" id="${escapeMarkup(token)}" defer></script>`
}

function pick(values: EmbedValues, prefix: string): readonly (readonly [string, string])[] {
  return Object.entries(values)
    .filter(([name]) => (prefix === '' ? !/^(sys|user)\./u.test(name) : name.startsWith(prefix)))
    .map(([name, value]) => [name.slice(prefix.length), value])
}

function writeGroup(name: string, values: readonly (readonly [string, string])[]): string[] {
  if (values.length === 0) return []
  const lines = values.map(([key, value]) => `      ${/^[a-z_]\w*$/iu.test(key) ? key : toScript(key)}: ${toScript(value)},\n`)
  return [`\n    ${name}: {\n${lines.join('')}    },`]
}

/** A text as a script names it, also where the script stands in markup. */
const toScript = (text: string): string => JSON.stringify(text).replaceAll('<', String.raw`\u003c`)

const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
