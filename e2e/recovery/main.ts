// npm run recovery [-- --only <words of titles>] [--cluster]
import { parseArgs } from 'node:util'
import { network } from './cases/network.ts'
import { reloads } from './cases/reload.ts'
import { deployed, killed, takenOver } from './cases/restart.ts'
import { tabs } from './cases/tabs.ts'
import { playScene, type Scene } from './scene.ts'
import { createWorld } from './world.ts'

/** Scenes of an act play side by side, each with pages and a way to the server of its own; a restart befalls them all. */
const acts: readonly (readonly Scene[])[] = [[...network, ...reloads, ...tabs], [killed], [deployed]]
/** Two processes on PostgreSQL and Redis. */
const clusterActs: readonly (readonly Scene[])[] = [[takenOver]]

const {
  values: { only, cluster: isCluster },
} = parseArgs({ options: { only: { type: 'string' }, cluster: { type: 'boolean', default: false } } })
const startedAt = performance.now()
const world = await createWorld({ isCluster })
let passed = 0
let failed = 0
try {
  for (const act of isCluster ? clusterActs : acts)
    await Promise.all(act.filter(({ title }) => only === undefined || title.includes(only)).map(play))
  for (const { output } of world.installation.servers) if (failed > 0) console.log(`The server said last:\n${output().slice(-3000)}`)
} finally {
  await world.close({ isKept: false })
}
console.log(`\n${passed} passed, ${failed} failed in ${Math.round((performance.now() - startedAt) / 1000)} s`)
process.exitCode = failed === 0 ? 0 : 1

async function play(scene: Scene): Promise<void> {
  const complaints = await playScene(world, scene)
  if (complaints.length === 0) passed += 1
  else failed += 1
  console.log(`  ${complaints.length === 0 ? '✓' : '✗'} ${scene.title}`)
  for (const complaint of complaints) console.log(`    ${complaint.replaceAll('\n', '\n    ')}`)
}
