import { dirname, join, normalize } from 'node:path'

export interface Surroundings {
  /** Whether a path from the repository's root exists. */
  readonly exists: (path: string) => boolean
  readonly read: (path: string) => string
  /** Names of the scripts of package.json. */
  readonly scripts: ReadonlySet<string>
}

export interface CheckDocumentOptions {
  /** Records of a day may name files that have gone since: only their links are followed. */
  readonly isRecord: boolean
}

/** Folders from which documents name files in short, the repository's root first. */
const bases = ['', 'apps/server/src', 'apps/server/src/features']
const fence = /^ *(`{3,})[^\n]*\n[\s\S]*?^ *\1`*[ \t]*$/gm
const inventedMark = /<!-- invented: (\S+) -->/g

/** Faults of one Markdown document, a sentence each: links and paths that lead nowhere, commands that there are not. */
export function checkDocument(path: string, around: Surroundings, { isRecord }: CheckDocumentOptions): string[] {
  const text = around.read(path)
  const prose = text.replaceAll(fence, '')
  const faults = [...checkLinks(path, prose, around), ...checkCommands(text, around)]
  return isRecord ? faults : [...faults, ...checkPaths(text, prose, around)]
}

function checkLinks(path: string, prose: string, { exists, read }: Surroundings): string[] {
  return matches(prose.replaceAll(/`[^`\n]*`/g, ''), /\]\(([^)\s]+)\)/g).flatMap((link) => {
    if (/^[a-z]+:/i.test(link)) return []
    const [file = '', anchor] = link.split('#', 2)
    const target = file === '' ? path : normalize(join(dirname(path), decodeURIComponent(file)))
    if (!exists(target)) return [`links to ${link}, which is not there`]
    const hasAnchor = anchor === undefined || !target.endsWith('.md') || toAnchors(read(target)).has(anchor)
    return hasAnchor ? [] : [`links to ${link}, but ${target} has no such heading`]
  })
}

function checkPaths(text: string, prose: string, { exists }: Surroundings): string[] {
  const invented = new Set(matches(text, inventedMark))
  const faults = [...invented].filter((path) => exists(path)).map((path) => `calls ${path} invented, but it is there`)
  for (const name of new Set(matches(prose, /`([^`\n]+)`/g))) {
    if (isPath(name, exists) && !invented.has(name) && !bases.some((base) => exists(join(base, name)))) {
      faults.push(`names ${name}, which is not there`)
    }
  }
  return faults
}

/** Words with slashes whose first is a folder of ours. */
function isPath(name: string, exists: Surroundings['exists']): boolean {
  if (!/^\.?\w[\w.-]*(\/[\w.-]+)+\/?$/.test(name)) return false
  const [first = ''] = name.split('/')
  return bases.some((base) => exists(join(base, first)))
}

function checkCommands(text: string, { scripts }: Surroundings): string[] {
  const names = new Set(matches(text, /\bnpm run ([\w:-]+)/g))
  return [...names].filter((name) => !scripts.has(name)).map((name) => `tells to run \`npm run ${name}\`, which is no script`)
}

/** Anchors of the headings, as GitHub makes them. */
function toAnchors(text: string): ReadonlySet<string> {
  const headings = matches(text.replaceAll(fence, ''), /^#{1,6} +(.+)$/gm)
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    ),
  )
}

const matches = (text: string, pattern: RegExp): string[] => Array.from(text.matchAll(pattern), ([, found = '']) => found)
