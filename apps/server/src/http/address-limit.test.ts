import { expect, it } from 'vitest'
import { addressKey } from './address-limit.ts'

it.each([
  ['192.0.2.7', '::ffff:192.0.2.7', true],
  ['192.0.2.7', '192.0.2.8', false],
  ['2001:db8:1:2::1', '2001:db8:1:2:aaaa::9', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['something', 'something', true],
])('counts %s and %s as one address: %s', (one, other, isSame) => {
  expect(addressKey(one) === addressKey(other)).toBe(isSame)
})
