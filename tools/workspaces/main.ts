import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { judgeWorkspaces, type Manifest } from './judge-workspaces.ts'

const root = dirname(dirname(import.meta.dirname))
const folders = ['.', ...['packages', 'apps'].flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))]
const manifests = folders
  .map((folder) => join(root, folder, 'package.json'))
  .filter((path) => existsSync(path))
  // npm itself has read these files before us.
  .map((path) => JSON.parse(readFileSync(path, 'utf8')) as Manifest)

const faults = judgeWorkspaces(manifests)
for (const fault of faults) console.log(fault)
console.log(`${manifests.length} workspaces, ${faults.length} faults`)
if (faults.length > 0) process.exitCode = 1
