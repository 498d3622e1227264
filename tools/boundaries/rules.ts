import type { IForbiddenRuleType } from 'dependency-cruiser'
import { browser, ladder, pureZones } from './ladder.ts'

// Paths are matched from any folder boundary on, because the canary holds the same tree further down.
const FROM_ROOT = '(^|/)'
const TEST_FILE = '(\\.test\\.tsx?$|/conformance/|/testing/|/__fixtures__/)'

const anyOf = (names: readonly string[]): string => `(${names.join('|')})`

/** One rule a rung, named by its first package: nothing of the same rung (but the package itself), nothing above, no app. */
function rungRules(): IForbiddenRuleType[] {
  return ladder.map((names, index) => ({
    name: `rung-${names[0]}`,
    comment: `packages of rung ${index} import only from the rungs below (tools/boundaries/ladder.ts)`,
    severity: 'error',
    from: { path: `${FROM_ROOT}packages/${anyOf(names)}/` },
    to: {
      path: `${FROM_ROOT}(packages/${anyOf(ladder.slice(index).flat())}|apps)/`,
      pathNot: `${FROM_ROOT}packages/$2/`,
    },
  }))
}

const otherRules: IForbiddenRuleType[] = [
  {
    name: 'apps-apart',
    comment: 'an app never imports another app; what they share goes down into a package',
    severity: 'error',
    from: { path: `${FROM_ROOT}apps/([^/]+)/` },
    to: { path: `${FROM_ROOT}apps/`, pathNot: `${FROM_ROOT}apps/$2/` },
  },
  {
    name: 'browser-imports',
    comment: `browser code imports only ${browser.packages.join(' and ')} of our packages`,
    severity: 'error',
    from: { path: `${FROM_ROOT}apps/${anyOf(browser.apps)}/` },
    to: { path: `${FROM_ROOT}packages/`, pathNot: `${FROM_ROOT}packages/${anyOf(browser.packages)}/` },
  },
  {
    name: 'package-face',
    comment: 'a package is reached by its name and what its exports list, never by a path into it',
    severity: 'error',
    from: { path: `${FROM_ROOT}(packages|apps)/([^/]+)/` },
    to: { path: `${FROM_ROOT}packages/`, pathNot: `${FROM_ROOT}$2/$3/`, dependencyTypes: ['local'] },
  },
  {
    name: 'feature-face',
    comment: 'a feature is reached through its index.ts only: its tables and rules are its own',
    severity: 'error',
    from: { path: `${FROM_ROOT}apps/server/src/features/([^/]+)/` },
    to: {
      path: `${FROM_ROOT}apps/server/src/features/[^/]+/`,
      pathNot: [`${FROM_ROOT}apps/server/src/features/$2/`, `${FROM_ROOT}apps/server/src/features/[^/]+/index\\.ts$`],
    },
  },
  {
    name: 'feature-face-from-outside',
    comment: 'wiring, transport and command line see the faces of features only',
    severity: 'error',
    from: { path: `${FROM_ROOT}apps/server/src/`, pathNot: [`${FROM_ROOT}apps/server/src/features/`, TEST_FILE] },
    to: { path: `${FROM_ROOT}apps/server/src/features/[^/]+/`, pathNot: `${FROM_ROOT}apps/server/src/features/[^/]+/index\\.ts$` },
  },
  {
    name: 'pure-zone',
    comment: 'contracts, client and browser code use no Node built-ins',
    severity: 'error',
    from: { path: `${FROM_ROOT}${anyOf(pureZones)}`, pathNot: TEST_FILE },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'no-test-code',
    comment: 'what ships never imports tests or their fixtures',
    severity: 'error',
    from: { path: `${FROM_ROOT}(packages|apps)/`, pathNot: TEST_FILE },
    to: { path: '(\\.test\\.tsx?$|/__fixtures__/)' },
  },
  {
    name: 'no-cycles',
    comment: 'what needs each other is one thing, or shares a third one (types alone may: they are gone at run time)',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'resolvable',
    comment:
      'an import that cannot be followed cannot be judged: a misspelt path, an undeclared export, or something that is not installed',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
]

export const rules: readonly IForbiddenRuleType[] = [...rungRules(), ...otherRules]
