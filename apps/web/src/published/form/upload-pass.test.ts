import { expect, it } from 'vitest'
import { createUploadPass } from './upload-pass.ts'

const HOUR_MS = 3_600_000

it('a pass for uploads is shared until shortly before its end, and a failure is not kept', async () => {
  let nowMs = 0
  let asked = 0
  let isDown = true
  const pass = createUploadPass(
    async () => {
      asked += 1
      if (isDown) throw new TypeError('no network')
      return { upload_token: `pass ${asked}`, expires_at: (nowMs + HOUR_MS) / 1000 }
    },
    () => nowMs,
  )
  await expect(pass()).rejects.toThrow('no network')
  isDown = false
  expect(await Promise.all([pass(), pass()])).toEqual(['pass 2', 'pass 2'])
  nowMs = HOUR_MS - 61_000
  expect(await pass()).toBe('pass 2')
  nowMs = HOUR_MS - 59_000
  expect(await pass()).toBe('pass 3')
})
