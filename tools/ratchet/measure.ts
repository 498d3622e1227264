import ts from 'typescript'

/** What the ratchet counts. Each number may only fall. */
export const metrics = {
  longFiles: 'files of over 300 lines (tests: 400)',
  unexplainedCasts: 'casts (`as X`) without a comment that gives the reason, on the same line or just above',
  suppressions: 'silenced checks (biome-ignore, @ts-expect-error outside tests, @ts-ignore, coverage pragmas)',
} as const

export type Metric = keyof typeof metrics
/** Where something was counted: `path:line`. */
export type Findings = Readonly<Record<Metric, readonly string[]>>

const SOURCE_LINES = 300
const TEST_LINES = 400
const SUPPRESSION = /(\/\/|\/\*)\s*(biome-ignore|@ts-ignore|@ts-nocheck|@ts-expect-error|eslint-disable|v8 ignore)/

const isTest = (path: string): boolean => /\.test\.tsx?$|\/(conformance|testing)\/|^e2e\//.test(path)

/** Counts one file. Casts are left out in tests, which build wrong values on purpose. */
export function measureFile(path: string, text: string): Findings {
  const lines = text.split('\n')
  const lineCount = text.endsWith('\n') ? lines.length - 1 : lines.length
  return {
    longFiles: lineCount > (isTest(path) ? TEST_LINES : SOURCE_LINES) ? [`${path}:${lineCount}`] : [],
    unexplainedCasts: isTest(path) ? [] : findUnexplainedCasts(path, text, lines),
    suppressions: lines.flatMap((line, index) => (isSuppression(path, line) ? [`${path}:${index + 1}`] : [])),
  }
}

/** Tests look into foreign bodies and try what the compiler refuses; there a suppression with its reason is no debt. */
const isSuppression = (path: string, line: string): boolean => SUPPRESSION.test(line) && !isTest(path)

function findUnexplainedCasts(path: string, text: string, lines: readonly string[]): string[] {
  if (!/\bas\s/.test(text)) return []
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind)
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line
  const found: string[] = []
  const visit = (node: ts.Node, statementLine: number): void => {
    const startLine =
      ts.isStatement(node) || ts.isTypeElement(node) || ts.isClassElement(node) ? lineOf(node.getStart(source)) : statementLine
    if (isCast(node)) {
      const line = lineOf(node.type.getStart(source))
      if (!isExplained(lines, line) && !isExplained(lines, startLine)) found.push(`${path}:${line + 1}`)
    }
    ts.forEachChild(node, (child) => visit(child, startLine))
  }
  visit(source, 0)
  return found
}

function isCast(node: ts.Node): node is ts.AsExpression | ts.TypeAssertion {
  if (!ts.isAsExpression(node) && !ts.isTypeAssertionExpression(node)) return false
  const { type } = node
  return !(ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text === 'const')
}

function isExplained(lines: readonly string[], line: number): boolean {
  const isComment = (text: string | undefined): boolean => text !== undefined && /^\s*(\/\/|\*|\/\*)/.test(text)
  return /\/\/ \S|\/\* \S/.test(lines[line] ?? '') || isComment(lines[line - 1])
}
