import { newId } from '@trellis/kit'
import { expect, it } from 'vitest'
import { describeTalks, endUserOf } from '../../testing/talks.ts'
import { dayOf } from './day-rows.ts'

await describeTalks('usage', (talks) => {
  it('names people as the log does', async () => {
    const app = await talks.server.createApp(talks.session, { mode: 'chat' })
    const another = await talks.server.createApp(talks.session, { mode: 'chat' })
    const { id: accountId, name } = (await talks.session.send('GET', '/account/profile')).body
    const { endUsers } = talks.server.process.features
    const visit = async (session: string) => (await endUsers.findOrCreateVisitor({ tenantId: talks.tenantId, appId: app.id }, session)).id
    const [session, ofProgram] = [newId(), newId()]
    // From when programs were given a member's own end user.
    const shared = (await endUsers.findOrCreateVisitor({ tenantId: talks.tenantId, appId: another.id }, `member:${accountId}`)).id
    await talks.db.updateTable('end_users').set({ type: 'service_api' }).where('id', '=', shared).execute()
    const members = `member:${accountId}`
    const people = [
      { id: await visit(session), type: 'end_user', name: session, session_id: session, is_visitor: true },
      { id: await visit(members), type: 'end_user', name, session_id: members },
      { id: await endUserOf(talks, app, 'ada'), type: 'end_user', name: 'ada', session_id: 'ada', is_visitor: false },
      { id: await endUserOf(talks, app, ofProgram), type: 'end_user', name: ofProgram, session_id: ofProgram, is_visitor: false },
      { id: shared, type: 'end_user', name: members, session_id: members },
      // A program that names its user so is not taken for a member.
      { id: await endUserOf(talks, app, members), type: 'end_user', name: `api:${members}`, session_id: `api:${members}` },
      { id: accountId, type: 'account', name, session_id: null },
      { id: newId(), type: 'end_user', name: null, session_id: null },
    ] as const
    const rows = people.map(({ id, type }, place) => ({
      tenant_id: talks.tenantId,
      day: dayOf(Date.now()),
      app_id: app.id,
      api_key_id: '',
      user_id: id,
      user_type: type,
      provider: 'langgenius/openai/openai',
      model: 'm',
      purpose: 'turn',
      calls: 1,
      failed_calls: 0,
      unpriced_calls: 0,
      prompt_tokens: 1,
      completion_tokens: 1,
      cost_usd_nano: 100 - place,
    }))
    await talks.db.insertInto('model_usage_days').values(rows).execute()
    const { body } = await talks.session.send('GET', '/workspaces/current/usage')
    expect(body.people).toMatchObject(people)
    const csv = await (await talks.session.fetch('GET', '/workspaces/current/usage/export')).text()
    expect(csv).toContain(`${people[1].id},${name},`)
  })
})
