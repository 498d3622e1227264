/**
 * The ladder, lowest rung first: a package imports only from rungs below its own, never from its own rung.
 * A new package is added here; the check refuses one that stands nowhere.
 */
export const ladder: readonly (readonly string[])[] = [
  ['contracts'],
  ['values'],
  ['variables'],
  ['jinja'],
  ['spec'],
  ['kit'],
  ['config'],
  ['db'],
  ['models', 'storage', 'queue', 'cache', 'sandbox', 'client', 'engine', 'nodes', 'extractors', 'mail'],
]

/** What runs in the browser, and the only packages that it may import. */
export const browser = { apps: ['web'], packages: ['contracts', 'client'] } as const

/** Places without Node built-ins: they run in the browser too, or must give the same result wherever they run. Regular expressions over paths. */
export const pureZones: readonly string[] = [
  'packages/contracts/src/',
  'packages/values/src/',
  'packages/variables/src/',
  'packages/engine/src/',
  'packages/jinja/src/',
  'packages/client/src/',
  'apps/web/src/',
]
