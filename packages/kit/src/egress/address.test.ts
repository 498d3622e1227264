import { describe, expect, it } from 'vitest'
import { type AddressRange, classifyAddress, isInCidr, parseAddress, parseCidr } from './address.ts'

/** The range of the host that a URL names, spelled in whatever way; `name` where it is no address, `invalid` where it is no URL. */
function rangeOf(url: string): AddressRange | 'name' | 'invalid' {
  const parsed = URL.parse(url)
  if (parsed === null) return 'invalid'
  const groups = parseAddress(parsed.hostname)
  return groups === undefined ? 'name' : classifyAddress(groups)
}

describe('classifyAddress', () => {
  it.each<[string, AddressRange | 'name' | 'invalid']>([
    // plain IPv4
    ['http://8.8.8.8/', 'public'],
    ['http://1.1.1.1/', 'public'],
    ['http://0.0.0.0/', 'unspecified'],
    ['http://0.1.2.3/', 'unspecified'],
    ['http://10.0.0.1/', 'private'],
    ['http://100.63.255.255/', 'public'],
    ['http://100.64.0.1/', 'private'],
    ['http://100.127.255.255/', 'private'],
    ['http://100.128.0.0/', 'public'],
    ['http://127.0.0.1/', 'loopback'],
    ['http://127.255.255.254/', 'loopback'],
    ['http://169.254.1.1/', 'link-local'],
    ['http://172.15.255.255/', 'public'],
    ['http://172.16.0.1/', 'private'],
    ['http://172.31.255.255/', 'private'],
    ['http://172.32.0.0/', 'public'],
    ['http://192.0.0.1/', 'reserved'],
    ['http://192.0.2.1/', 'reserved'],
    ['http://192.88.99.1/', 'reserved'],
    ['http://192.168.1.1/', 'private'],
    ['http://198.18.0.1/', 'reserved'],
    ['http://198.19.255.255/', 'reserved'],
    ['http://198.51.100.1/', 'reserved'],
    ['http://203.0.113.1/', 'reserved'],
    ['http://224.0.0.1/', 'multicast'],
    ['http://239.255.255.250/', 'multicast'],
    ['http://240.0.0.1/', 'reserved'],
    ['http://255.255.255.255/', 'reserved'],
    // metadata services
    ['http://169.254.169.254/latest/meta-data/', 'metadata'],
    ['http://169.254.170.2/', 'metadata'],
    ['http://100.100.100.200/', 'metadata'],
    ['http://192.0.0.192/', 'metadata'],
    ['http://168.63.129.16/', 'metadata'],
    ['http://[fd00:ec2::254]/', 'metadata'],
    // other spellings of IPv4
    ['http://2130706433/', 'loopback'],
    ['http://0x7f000001/', 'loopback'],
    ['http://0x7f.1/', 'loopback'],
    ['http://0177.0.0.1/', 'loopback'],
    ['http://017700000001/', 'loopback'],
    ['http://127.1/', 'loopback'],
    ['http://127.0.1/', 'loopback'],
    ['http://0/', 'unspecified'],
    ['http://2852039166/', 'metadata'],
    ['http://0xa9.0xfe.0xa9.0xfe/', 'metadata'],
    ['http://0251.0376.0251.0376/', 'metadata'],
    ['http://169.254.43518/', 'metadata'],
    ['http://127.0.0.1./', 'loopback'],
    ['http://%31%32%37.0.0.1/', 'loopback'],
    ['http://１２７.０.０.１/', 'loopback'],
    ['http://①②⑦.⓪.⓪.①/', 'loopback'],
    ['http://127。0。0。1/', 'loopback'],
    ['http://256.0.0.1/', 'invalid'],
    ['http://127.0.0.1.1/', 'invalid'],
    ['http://0x100000000/', 'invalid'],
    // userinfo is not the host
    ['http://8.8.8.8@127.0.0.1/', 'loopback'],
    ['http://127.0.0.1@8.8.8.8/', 'public'],
    ['http://8.8.8.8#@127.0.0.1/', 'public'],
    ['http://8.8.8.8\\@127.0.0.1/', 'public'],
    // IPv6
    ['http://[::]/', 'unspecified'],
    ['http://[::1]/', 'loopback'],
    ['http://[0:0:0:0:0:0:0:1]/', 'loopback'],
    ['http://[0000::0001]/', 'loopback'],
    ['http://[2606:4700:4700::1111]/', 'public'],
    ['http://[fc00::1]/', 'private'],
    ['http://[fdff:ffff::1]/', 'private'],
    ['http://[fe80::1]/', 'link-local'],
    ['http://[febf::1]/', 'link-local'],
    ['http://[fec0::1]/', 'private'],
    ['http://[ff02::1]/', 'multicast'],
    ['http://[2001:db8::1]/', 'reserved'],
    ['http://[2001:2::1]/', 'reserved'],
    ['http://[3fff::1]/', 'reserved'],
    ['http://[100::1]/', 'reserved'],
    ['http://[4000::1]/', 'reserved'],
    ['http://[fe80::1%25eth0]/', 'invalid'],
    // IPv4 within IPv6
    ['http://[::ffff:127.0.0.1]/', 'loopback'],
    ['http://[::ffff:7f00:1]/', 'loopback'],
    ['http://[::ffff:169.254.169.254]/', 'metadata'],
    ['http://[::ffff:10.0.0.1]/', 'private'],
    ['http://[::ffff:8.8.8.8]/', 'mapped'],
    ['http://[::ffff:0:127.0.0.1]/', 'loopback'],
    ['http://[::127.0.0.1]/', 'loopback'],
    ['http://[::8.8.8.8]/', 'mapped'],
    ['http://[64:ff9b::7f00:1]/', 'loopback'],
    ['http://[64:ff9b::169.254.169.254]/', 'metadata'],
    ['http://[64:ff9b::8.8.8.8]/', 'public'],
    ['http://[64:ff9b:1::8.8.8.8]/', 'private'],
    ['http://[2002:7f00:1::]/', 'loopback'],
    ['http://[2002:a9fe:a9fe::1]/', 'metadata'],
    ['http://[2002:808:808::]/', 'mapped'],
    ['http://[2001:0:1234::5601:5601]/', 'metadata'],
    ['http://[2001:0:1234::80ff:fffe]/', 'loopback'],
    ['http://[2a00:1450::5efe:10.0.0.1]/', 'private'],
    ['http://[2a00:1450::200:5efe:10.0.0.1]/', 'private'],
    // names
    ['http://localhost/', 'name'],
    ['http://example.com./', 'name'],
    ['http://127.0.0.1.example.com/', 'name'],
    ['http://bücher.example/', 'name'],
    ['http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/', 'name'],
  ])('%s is %s', (url, expected) => {
    expect(rangeOf(url)).toBe(expected)
  })
})

describe('parseAddress', () => {
  it('drops the zone that a resolver adds', () => {
    expect(parseAddress('fe80::1%eth0')).toEqual([0xfe80, 0, 0, 0, 0, 0, 0, 1])
  })

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '1.2.3.256',
    'a.b.c.d',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    '::1.2.3.999',
    '1.2.3.4::',
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeUndefined()
  })
})

describe('networks', () => {
  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.0.0.1', '10.0.0.0/8', false],
    ['192.168.1.130', '192.168.1.128/25', true],
    ['192.168.1.127', '192.168.1.128/25', false],
    ['1.2.3.4', '1.2.3.4', true],
    ['1.2.3.5', '1.2.3.4/32', false],
    ['8.8.8.8', '0.0.0.0/0', true],
    ['fd12::1', 'fd00::/8', true],
    ['fe12::1', 'fd00::/8', false],
    ['::1', '0.0.0.0/0', false],
  ])('%s in %s: %s', (address, network, expected) => {
    const groups = parseAddress(address)
    const cidr = parseCidr(network)
    expect(groups !== undefined && cidr !== undefined && isInCidr(groups, cidr)).toBe(expected)
  })

  it.each(['', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/8/8', 'fc00::/129', 'example.com'])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeUndefined()
  })
})
