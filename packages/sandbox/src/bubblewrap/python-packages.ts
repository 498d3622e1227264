import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Bind } from './host.ts'

export interface PythonPackages {
  /** What a child sees of them: each module, and the facts about its distribution. */
  readonly binds: readonly Bind[]
  /** Where they stand inside. */
  readonly folder: string
  readonly list: readonly { readonly name: string; readonly version: string }[]
}

const PACKAGES_FOLDER = '/packages/python'

const look = `
import importlib.metadata, json, re, sys
found, missing = {}, []
def add(name, wanted):
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in found:
        return
    try:
        distribution = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        if wanted:
            missing.append(name)
        return
    tops = {file.parts[0] for file in distribution.files or []} or set((distribution.read_text("top_level.txt") or key.replace("-", "_")).split())
    tops = sorted(top for top in tops if top not in ("..", "__pycache__") and not top.endswith(".pth"))
    found[key] = {"name": distribution.metadata["Name"], "version": distribution.version,
        "paths": [[str(distribution.locate_file(top)), top] for top in tops]}
    for requirement in distribution.requires or []:
        if "extra ==" not in requirement:
            add(re.match(r"[A-Za-z0-9._-]+", requirement).group(), False)
for name in sys.argv[1:]:
    add(name, True)
print(json.dumps({"found": list(found.values()), "missing": missing}))`

const answerSchema = z.object({
  found: z.array(z.object({ name: z.string(), version: z.string(), paths: z.array(z.tuple([z.string(), z.string()])) })),
  missing: z.array(z.string()),
})

/**
 * Finds installed packages by their names on the index, with what they require in turn.
 * @throws where one of the named is not installed for this interpreter
 */
export async function findPythonPackages(python: string, names: readonly string[]): Promise<PythonPackages> {
  const { stdout } = await promisify(execFile)(python, ['-I', '-c', look, ...names], { env: {}, timeout: 20_000 })
  const { found, missing } = answerSchema.parse(JSON.parse(stdout))
  if (missing.length > 0)
    throw new Error(
      `${missing.join(', ')} of SANDBOX_PYTHON_PACKAGES is not installed for ${python}: ${python} -m pip install ${missing.join(' ')}`,
    )
  return {
    binds: found.flatMap(({ paths }) => paths.map(([from, top]) => ({ from, at: `${PACKAGES_FOLDER}/${top}` }))),
    folder: PACKAGES_FOLDER,
    list: found.map(({ name, version }) => ({ name, version })).sort((left, right) => (left.name < right.name ? -1 : 1)),
  }
}
