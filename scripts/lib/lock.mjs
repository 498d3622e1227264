// Two commands started at once on one checkout must not install or build into each other.
// The lock is a file naming the processes at work (its owner and the owner's child); it dies with them.
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 200
const HEARTBEAT_MS = 2_000
/** A process id may be taken over by a stranger (containers restart at small numbers): a lock that does not beat for this long is dead. */
const SILENT_MS = 60_000

/**
 * Runs `work` while holding the lock file. `work` gets `onChild(pid)`, which returns what to call when that child has ended: a child that outlives its killed parent keeps the lock.
 * `onWait` is called once if somebody else holds it.
 */
export async function withLock(file, { onWait, pollMs = POLL_MS, silentMs = SILENT_MS }, work) {
  mkdirSync(dirname(file), { recursive: true })
  await acquire(file, { onWait, pollMs, silentMs })
  const children = new Set()
  const write = () => writeFileSync(file, [process.pid, ...children].join(' '))
  const onChild = (pid) => {
    children.add(pid)
    write()
    return () => {
      children.delete(pid)
      write()
    }
  }
  const heart = setInterval(() => beat(file), HEARTBEAT_MS)
  heart.unref()
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await work({ onChild })
  } finally {
    clearInterval(heart)
    process.off('exit', release)
    release()
  }
}

async function acquire(file, { onWait, pollMs, silentMs }) {
  let waited = false
  let lastBeat
  let silentSince = performance.now()
  while (!tryCreate(file)) {
    const holder = readHolder(file)
    if (holder && holder.beatMs !== lastBeat) {
      lastBeat = holder.beatMs
      silentSince = performance.now()
    }
    const isSilent = performance.now() - silentSince > silentMs
    if (!holder || isSilent || isDead(holder)) {
      removeDead(file, holder)
      silentSince = performance.now()
      continue
    }
    if (!waited) onWait?.()
    waited = true
    await delay(pollMs)
  }
}

function tryCreate(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function readHolder(file) {
  try {
    const pids = readFileSync(file, 'utf8').split(' ').map(Number).filter(Boolean)
    return { pids, beatMs: statSync(file).mtimeMs }
  } catch {
    return undefined
  }
}

/** An empty file is one whose owner has created it and not yet written; only silence proves it dead. */
const isDead = ({ pids }) => pids.length > 0 && !pids.some((pid) => pid !== process.pid && isAlive(pid))

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** One remover at a time, which looks again before it removes: else two could each delete the other's fresh lock. */
function removeDead(file, seen) {
  const removal = `${file}.removal`
  if (!tryCreate(removal)) {
    const remover = readHolder(removal)
    if (remover && Date.now() - remover.beatMs > 10_000) rmSync(removal, { force: true })
    return
  }
  try {
    if (readHolder(file)?.beatMs === seen?.beatMs) rmSync(file, { force: true })
  } finally {
    rmSync(removal, { force: true })
  }
}

function beat(file) {
  const now = new Date()
  try {
    utimesSync(file, now, now)
  } catch {
    // Gone: whoever removed it took us for dead. The work goes on; the next one waits for its own lock.
  }
}
