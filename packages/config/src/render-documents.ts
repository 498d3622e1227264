import { listVariables, type Variable } from './environment.ts'
import { type GroupName, groups } from './kinds.ts'

const generated = 'Made by `npm run gen` from packages/config/src/variables; edit there.'

/** The text of `.env.example`: every variable, commented out, at its default. */
export function renderEnvExample(): string {
  const head = [
    '# Settings of Trellis. Copy this file to .env (in the working folder or the data folder) and take the # from what you change.',
    '# The environment of the process wins over both files. Nothing here is needed to start.',
    `# ${generated.replaceAll('`', '')}`,
  ]
  const sections = byGroup().map(({ title, variables }) => [`# ---- ${title} ----`, ...variables.map(envExampleEntry)].join('\n\n'))
  return `${[head.join('\n'), ...sections].join('\n\n')}\n`
}

function envExampleEntry(variable: Variable): string {
  const remarks = [variable.description, `Value: ${variable.expected}.`]
  if (variable.defaultNote) remarks.push(`Default: ${variable.defaultNote}.`)
  if (variable.roles) remarks.push(`Read by: ${variable.roles.join(', ')}.`)
  const lines = remarks.map((remark) => `# ${remark.replaceAll('`', '')}`)
  return [...lines, `#${variable.name}=${variable.default ?? ''}`].join('\n')
}

/** The text of `docs/configuration.md`: a table a group. */
export function renderConfigurationDocs(): string {
  const sections = byGroup().map(({ title, variables }) =>
    [`## ${title}`, '', '| Variable | Default | Meaning | Roles |', '|---|---|---|---|', ...variables.map(tableRow)].join('\n'),
  )
  return `${[introduction(), ...sections].join('\n\n')}\n`
}

function introduction(): string {
  return [
    '# Configuration',
    '',
    `<!-- ${generated} -->`,
    '',
    'Trellis reads its settings from the environment of the process, from `.env` in the working folder and from `.env` in the data folder; the first',
    'that gives a value wins, and an empty value counts as none. Nothing has to be set to start: the default is one process with everything in the',
    'data folder. What is wrong is reported at start, all of it at once, with the meaning of each setting.',
    '',
    "The names are Dify's where Dify has one, so an existing `.env` is understood; the defaults are our own. Dify's variables that mean nothing here yet are",
    'accepted in silence, and `npm run trellis -- job doctor` lists those that are set. A name that looks like a slip of the pen gives a warning.',
    '',
    'The roles `api`, `worker` and `beat` share their work with other processes: they start only with a database server, Redis, shared files and a given',
    '`SECRET_KEY`. `all` is everything in one process and needs none of these.',
  ].join('\n')
}

function tableRow(variable: Variable): string {
  const name = `\`${variable.name}\`${variable.secret ? ' (secret)' : ''}`
  const meaning = `${variable.description} Value: ${variable.expected}.`
  return `| ${[name, shownDefault(variable), meaning, variable.roles?.join(', ') ?? 'every'].map(cell).join(' | ')} |`
}

function shownDefault(variable: Variable): string {
  if (variable.defaultNote) return variable.defaultNote
  return variable.default === undefined ? 'none' : `\`${variable.default}\``
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

function byGroup(): readonly { readonly title: string; readonly variables: readonly Variable[] }[] {
  const variables = listVariables()
  return Object.entries(groups).map(([name, title]) => ({
    title,
    variables: variables.filter((variable) => variable.group === (name as GroupName)), // Object.entries widens the keys
  }))
}
