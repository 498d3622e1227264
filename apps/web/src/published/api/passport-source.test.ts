import { expect, it } from 'vitest'
import { createPassportSource } from './passport-source.ts'

function aSource() {
  const kept = new Map<string, string>()
  const store = {
    read: (key: string) => kept.get(key),
    write: (key: string, value: string | undefined) => void (value === undefined ? kept.delete(key) : kept.set(key, value)),
  }
  let issued = 0
  const issue = async () => `passport-${++issued}`
  return { source: createPassportSource({ key: 'k', store, issue }), store, issue }
}

it('asks once however many calls wait, and keeps what it got', async () => {
  const { source, store, issue } = aSource()
  expect(await Promise.all([source.get(), source.get()])).toEqual(['passport-1', 'passport-1'])
  expect(await createPassportSource({ key: 'k', store, issue }).get()).toBe('passport-1')
})

it('exchanges a passport of an earlier visit, but not the new one', async () => {
  const { source, store } = aSource()
  expect(source.renew()).toBe(false)
  store.write('k', 'from an earlier visit')
  expect(await source.get()).toBe('from an earlier visit')
  expect(source.renew()).toBe(true)
  expect(await source.get()).toBe('passport-1')
  expect(source.renew()).toBe(false)
  expect(await source.get()).toBe('passport-1')
})

it('asks again after a failure', async () => {
  let calls = 0
  const store = { read: () => undefined, write: () => undefined }
  const issue = async () => {
    calls += 1
    if (calls === 1) throw new Error('down')
    return 'passport'
  }
  const source = createPassportSource({ key: 'k', store, issue })
  await expect(source.get()).rejects.toThrow('down')
  expect(await source.get()).toBe('passport')
})

it('knows whom its passport is of, whichever it is', async () => {
  const { source, store } = aSource()
  expect(source.visitor()).toBeUndefined()
  await source.get()
  expect(source.visitor()).toBe('passport-1')
  const claims = Buffer.from(JSON.stringify({ end_user_id: 'ada', app_name: '>>>???ü' })).toString('base64url')
  store.write('k', `header.${claims}.signature`)
  expect(source.visitor()).toBe('ada')
})
