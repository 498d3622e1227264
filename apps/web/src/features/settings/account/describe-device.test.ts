import { describe, expect, it } from 'vitest'
import { describeDevice } from './describe-device.ts'

const like = 'AppleWebKit/537.36 (KHTML, like Gecko)'

describe('a device', () => {
  it.each([
    [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${like} Chrome/142.0.0.0 Safari/537.36`, 'Chrome', 'macOS'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${like} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, 'Edge', 'Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox', 'Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
      'Safari',
      'iPhone',
    ],
    [`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${like} Chrome/142.0.0.0 Mobile Safari/537.36`, 'Chrome', 'Android'],
  ])('is called by its names: %s', (userAgent, browser, system) => {
    expect(describeDevice(userAgent)).toEqual({ browser, system })
  })

  it.each(['', 'curl/8.9.1', 'node'])('that is no browser of ours has none: %j', (userAgent) => {
    expect(describeDevice(userAgent)).toBeUndefined()
  })
})
