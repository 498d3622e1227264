import { createHmac } from 'node:crypto'
import { decodeJwt, jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createSignedTokens } from './signed-tokens.ts'

const SECRET = 'a secret for tests, of a decent length'
const NOW = Date.parse('2026-05-04T10:00:00.500Z')
const seconds = Math.floor(NOW / 1000)
const claims = { sub: 'Something', name: 'Zoë 👩‍👩‍👧', list: [1] }
const tokens = createSignedTokens(SECRET)
const token = tokens.sign(claims)
const [header = '', payload = '', signature = ''] = token.split('.')

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const signedByHand = (head: string, body: string): string =>
  `${head}.${body}.${createHmac('sha256', SECRET).update(`${head}.${body}`).digest('base64url')}`
/** As another library makes them. */
const foreign = (more: object, alg = 'HS256', secret = SECRET): Promise<string> =>
  new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret))

describe('signed tokens', () => {
  it('are read by whoever signs with the same secret', () => {
    expect(createSignedTokens(SECRET).read(token, NOW)).toEqual(claims)
  })

  it('are what other libraries take and make', async () => {
    const verified = await jwtVerify(token, new TextEncoder().encode(SECRET), { algorithms: ['HS256'] })
    expect(verified.payload).toEqual(claims)
    expect(verified.protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' })
    expect(tokens.read(await foreign({ exp: seconds + 1, nbf: seconds, iat: seconds }), NOW)).toMatchObject(claims)
    expect(decodeJwt(token)).toEqual(claims)
  })

  it.each([
    ['ends this very second', { exp: seconds }],
    ['ended', { exp: seconds - 3600 }],
    ['begins in a second', { nbf: seconds + 1 }],
    ['ends at no time', { exp: 'tomorrow' }],
    ['begins at no time', { nbf: null }],
    ['was made at no time', { iat: 'today' }],
  ])('are refused where one %s', (_, times) => {
    expect(tokens.read(tokens.sign({ ...claims, ...times }), NOW)).toBeUndefined()
  })

  it('hold until their last second', () => {
    expect(tokens.read(tokens.sign({ exp: seconds + 1 }), NOW)).toEqual({ exp: seconds + 1 })
    expect(tokens.read(tokens.sign({ exp: seconds + 1 }), NOW + 1000)).toBeUndefined()
  })

  it('are refused from another secret, and by another method', async () => {
    expect(tokens.read(await foreign({}, 'HS256', `${SECRET}!`), NOW)).toBeUndefined()
    expect(tokens.read(await foreign({}, 'HS512'), NOW)).toBeUndefined()
    expect(tokens.read(createSignedTokens(SECRET.slice(1)).sign(claims), NOW)).toBeUndefined()
  })

  it.each([
    ['another method', encode({ alg: 'none', typ: 'JWT' }), payload],
    ['a method by another name', encode({ alg: 'hs256' }), payload],
    ['no method', encode({ typ: 'JWT' }), payload],
    ['an extension that must be understood', encode({ alg: 'HS256', crit: ['b64'], b64: false }), payload],
    ['a head that is no object', encode(['HS256']), payload],
    ['a head that is no JSON', 'e30x', payload],
    ['claims that are no object', header, encode([claims])],
    ['claims that are nothing', header, encode(null)],
    ['claims that are no JSON', header, 'bm90aGluZw'],
    ['no claims', header, ''],
  ])('are refused with %s, though the signature is right', (_, head, body) => {
    expect(tokens.read(signedByHand(head, body), NOW)).toBeUndefined()
  })

  it.each([
    ['nothing', ''],
    ['nonsense', 'nonsense'],
    ['dots', '...'],
    ['no signature', `${header}.${payload}.`],
    ['two parts', `${header}.${payload}`],
    ['a part too many', `${token}.${signature}`],
    ['an empty part too many', `${token}.`],
    ['other claims', `${header}.${encode({ ...claims, sub: 'Another' })}.${signature}`],
    ['another head', `${encode({ alg: 'HS256' })}.${payload}.${signature}`],
    ['a signature cut short', token.slice(0, -1)],
    ['a signature with something behind it', `${token}A`],
    ['a signature in other letters of the same length', `${header}.${payload}.${'é'.repeat(signature.length)}`],
    ['a signature with padding', `${token}=`],
    [
      'a signature spelled in the alphabet of plain base64',
      `${header}.${payload}.${Buffer.from(signature, 'base64url').toString('base64')}`,
    ],
    ['white space', ` ${token}`],
  ])('are refused as %s', (_, text) => {
    expect(tokens.read(text, NOW)).toBeUndefined()
  })

  it('have a signature in one spelling: bits that carry nothing are not free', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet.indexOf(token.at(-1) ?? '')
    const sibling = token.slice(0, -1) + alphabet[last ^ 1]
    expect(Buffer.from(sibling.split('.')[2] ?? '', 'base64url')).toEqual(Buffer.from(signature, 'base64url'))
    expect(tokens.read(sibling, NOW)).toBeUndefined()
  })
})
