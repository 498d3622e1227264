import { join } from 'node:path'
import { setBehaviour } from '../../bench/src/chat/measure.ts'
import { baseAddressOf, startProvider } from '../../bench/src/chat/target.ts'
import { createHome, productionServer, startServer } from '../../bench/src/chat/trellis.ts'
import { type Db, openDatabase } from '../../packages/db/src/index.ts'
import { setUp } from '../console.ts'
import { fillLog, fillVisitor } from './filling/fill-log.ts'
import { fillStudio } from './filling/fill-studio.ts'
import { streamedAnswer } from './filling/sample-texts.ts'

export interface Scale {
  readonly apps: number
  readonly conversations: number
  /** Of the long conversation. */
  readonly turns: number
}

/** The built server, full of what others made, and where things are in it. */
export interface Installation {
  readonly url: string
  readonly appId: string
  /** The app's public page. */
  readonly pageUrl: string
  /** The long conversation is the newest of this visitor, who has been on the page before. Gives its id. */
  fillVisitor(): Promise<string>
}

const TOKENS_A_SECOND = 60

/** What must be undone, in the order in which it was done. */
export type Cleanup = (() => Promise<void> | void)[]

export async function openInstallation(scale: Scale, cleanup: Cleanup): Promise<Installation> {
  const provider = await startProvider()
  cleanup.push(() => provider.child.stop())
  await setBehaviour(provider, { text: streamedAnswer, rate: TOKENS_A_SECOND })
  const home = createHome()
  cleanup.push(home.remove)
  const { child, url } = await startServer(home.path, { script: productionServer })
  cleanup.push(() => child.stop())
  const console = await setUp({ url, provider: { url: baseAddressOf(provider), behave: () => undefined } })
  await console.addModel('fake')
  const { id: appId } = await console.createApp({ name: 'Help desk', mode: 'chat', model: 'fake' })
  const { db, close } = openDatabase({ type: 'sqlite', file: join(home.path, 'data', 'trellis.db') })
  cleanup.push(close)
  await fillStudio(db, { appId, count: scale.apps - 1 })
  await fillLog(db, { appId, conversations: scale.conversations })
  const site = await db.selectFrom('sites').select('code').where('app_id', '=', appId).executeTakeFirstOrThrow()
  return {
    url,
    appId,
    pageUrl: `${url}/chat/${site.code}`,
    fillVisitor: async () => fillVisitor(db, { appId, turns: scale.turns, endUserId: await newestVisitor(db, appId) }),
  }
}

async function newestVisitor(db: Db, appId: string): Promise<string> {
  const visitors = db.selectFrom('end_users').select('id').where('app_id', '=', appId).orderBy('id', 'desc')
  return (await visitors.executeTakeFirstOrThrow()).id
}
