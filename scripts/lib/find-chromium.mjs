import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Failure } from './report.mjs'

const TRIAL_MS = 30_000
const INSTALL =
  'Install one (Debian: `apt-get install chromium-headless-shell`, or `chromium`), or have CHROMIUM_PATH name the program of one that is there.'

/**
 * Path of a Chromium that starts: the one that CHROMIUM_PATH names, else one that is installed; undefined where there is none.
 * One without a window comes first: it does the same work in two thirds of the time.
 * @throws Failure where there is one, and it does not start
 */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH
  const found = named || findInstalled()
  if (found) assertStarts(found, named ? 'CHROMIUM_PATH names' : 'There is')
  return found
}

/** For those who can do nothing without. @throws Failure also where there is none */
export function needChromium() {
  const found = findChromium()
  if (!found) throw new Failure(`There is no Chromium on this machine. ${INSTALL}`)
  return found
}

function findInstalled() {
  const names = [
    'chromium-headless-shell',
    'chrome-headless-shell',
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
  ]
  const folders = (process.env.PATH ?? '').split(delimiter)
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), mac].find((path) => existsSync(path))
}

/** The driver of the browser would tell of it by a stack trace, minutes later. */
function assertStarts(path, who) {
  const { error, status, signal, stderr } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: TRIAL_MS })
  if (status === 0) return
  throw new Failure(`${who} ${path}, ${faultOf({ error, status, signal, stderr })} ${INSTALL}`)
}

function faultOf({ error, status, signal, stderr }) {
  if (error?.code === 'ENOENT' || error?.code === 'ENOTDIR') return 'which is not there.'
  if (error?.code === 'EACCES') return 'which is no program that you may run.'
  // A library that is missing, for one.
  const said = stderr?.trim().split('\n')[0]
  return `which does not start: ${said || error?.message || `it ended with ${signal ?? status}`}`
}
