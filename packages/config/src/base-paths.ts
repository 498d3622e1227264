import type { Environment, VariableName } from './environment.ts'
import type { Findings } from './findings.ts'

/** The paths of the public addresses: each empty, or with a leading slash and no trailing one. */
export interface BasePaths {
  /** What stands before the paths of our own in the addresses that we make from requests. */
  readonly all: string
  readonly console: string
  readonly published: string
}

/** First parts of our own paths: a base that begins with one could not be told from them. */
const ownPaths = [
  ...['v1', 'api', 'console', 'files', 'mcp', 'triggers', 'e', 'inner', 'openapi', 'health', 'ready', 'metrics', 'assets'],
  ...['chat', 'chatbot', 'completion', 'workflow', 'form', 'app', 'apps', 'signin', 'install', 'activate', 'playground', 'settings'],
]

export function readBasePaths(environment: Environment, findings: Findings): BasePaths {
  const { NEXT_PUBLIC_BASE_PATH: given, CONSOLE_WEB_URL: consoleUrl, APP_WEB_URL: appUrl } = environment
  const all = given ?? pathOf(consoleUrl) ?? ''
  const paths = { all, console: pathOf(consoleUrl) ?? all, published: pathOf(appUrl) ?? all }
  if (given !== undefined && paths.console !== given) {
    findings.fault(
      'CONSOLE_WEB_URL',
      `NEXT_PUBLIC_BASE_PATH is ${JSON.stringify(given)}, and this address has another path. Write the path into both, or leave NEXT_PUBLIC_BASE_PATH out.`,
    )
  }
  const sources: readonly (readonly [VariableName, string])[] = [
    ['NEXT_PUBLIC_BASE_PATH', given ?? ''],
    ['CONSOLE_WEB_URL', paths.console],
    ['APP_WEB_URL', paths.published],
  ]
  for (const [variable, path] of sources) {
    if (environment[variable] === undefined || !ownPaths.includes(path.split('/')[1] ?? '')) continue
    findings.fault(variable, `Expected a path that does not begin with a word of ours (${ownPaths.join(', ')}).`)
  }
  return paths
}

const pathOf = (url: string | undefined): string | undefined => (url === undefined ? undefined : new URL(url).pathname.replace(/\/+$/, ''))
