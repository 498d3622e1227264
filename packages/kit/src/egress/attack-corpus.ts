/** Addresses by which content tries to reach what it must not, and the rule that refuses each. `PORT` is the port of a server on this machine. */
export interface Attack {
  readonly url: string
  readonly rule: string
}

const all = (rule: string, urls: string): readonly Attack[] =>
  urls
    .trim()
    .split('\n')
    .map((url) => ({ url: url.trim(), rule }))

export const spelledLoopback = all(
  'loopback-address',
  String.raw`
  http://127.0.0.1:PORT/
  http://127.255.255.254:PORT/
  http://127.1:PORT/
  http://127.0.1:PORT/
  http://2130706433:PORT/
  http://0x7f000001:PORT/
  http://0x7f.1:PORT/
  http://0x7f.0x0.0x0.0x1:PORT/
  http://0177.0.0.1:PORT/
  http://0177.0000.0000.0001:PORT/
  http://017700000001:PORT/
  http://0x7f.0.0.01:PORT/
  http://127.0x0.00.1:PORT/
  http://127.0.0.1.:PORT/
  http://%31%32%37.0.0.1:PORT/
  http://127%2e0%2e0%2e1:PORT/
  http://１２７.０.０.１:PORT/
  http://①②⑦.⓪.⓪.①:PORT/
  http://127。0。0。1:PORT/
  http://127．0．0．1:PORT/
  http://127｡0｡0｡1:PORT/
  http://8.8.8.8@127.0.0.1:PORT/
  http://8.8.8.8:80@127.0.0.1:PORT/
  http://8.8.8.8%40127.0.0.1@127.0.0.1:PORT/
  http://public.test%23@127.0.0.1:PORT/
  http:\\127.0.0.1:PORT\
  http:127.0.0.1:PORT
  http:/127.0.0.1:PORT/
  http:////127.0.0.1:PORT/
  http://127.0.0.1:PORT\@public.test/
  http://127.0.0.1:PORT#@public.test/
  http://127.0.0.1:PORT?@public.test/
  https://127.0.0.1:PORT/
  http://[::1]:PORT/
  http://[0:0:0:0:0:0:0:1]:PORT/
  http://[0000:0000::0001]:PORT/
  http://[::0.0.0.1]:PORT/
  http://[::ffff:127.0.0.1]:PORT/
  http://[::ffff:7f00:1]:PORT/
  http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/
  http://[::ffff:0:127.0.0.1]:PORT/
  http://[::127.0.0.1]:PORT/
  http://[64:ff9b::127.0.0.1]:PORT/
  http://[64:ff9b::7f00:1]:PORT/
  http://[2002:7f00:1::]:PORT/
  http://[2002:7f00:0001::1]:PORT/
  http://[2001:0:0:0:0:0:80ff:fffe]:PORT/
`,
)

export const localNames = all(
  'loopback-address',
  `
  http://localhost:PORT/
  http://LOCALHOST:PORT/
  http://localhost.:PORT/
  http://a.b.localhost:PORT/
  http://localhost.localdomain:PORT/
  http://localhost6.localdomain6:PORT/
  http://ip6-localhost:PORT/
  http://ip6-loopback:PORT/
  http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/
  http://loc%61lhost:PORT/
  http://localｈost:PORT/
`,
)

export const unspecified = all(
  'unspecified-address',
  `
  http://0.0.0.0:PORT/
  http://0:PORT/
  http://0x0:PORT/
  http://00000:PORT/
  http://0.1.2.3:PORT/
  http://[::]:PORT/
  http://[::ffff:0.0.0.0]:PORT/
  http://[64:ff9b::]:PORT/
`,
)

export const otherNetworks: readonly Attack[] = [
  ...all(
    'private-address',
    `
    http://10.0.0.1/
    http://10.255.255.255/
    http://012.0.0.1/
    http://167772161/
    http://172.16.0.1/
    http://172.31.255.255/
    http://192.168.0.1/
    http://0xc0a80001/
    http://192.168.257/
    http://100.64.0.1/
    http://100.127.255.254/
    http://[fc00::1]/
    http://[fd12:3456:789a::1]/
    http://[fec0::1]/
    http://[::ffff:10.0.0.1]/
    http://[64:ff9b::10.0.0.1]/
    http://[64:ff9b:1::1]/
    http://[2002:c0a8:0001::]/
    http://[2a00:1450::5efe:192.168.0.1]/
  `,
  ),
  ...all('link-local-address', 'http://169.254.1.1/\nhttp://[fe80::1]/\nhttp://[febf::1]/\nhttp://[::ffff:169.254.1.1]/'),
  ...all('multicast-address', 'http://224.0.0.1/\nhttp://239.255.255.250/\nhttp://[ff02::1]/\nhttp://[ff05::2]/'),
  ...all(
    'reserved-address',
    `
    http://255.255.255.255/
    http://240.0.0.1/
    http://198.18.0.1/
    http://198.19.255.255/
    http://192.0.0.1/
    http://192.0.2.1/
    http://198.51.100.1/
    http://203.0.113.1/
    http://192.88.99.1/
    http://[2001:db8::1]/
    http://[2001:2::1]/
    http://[3fff::1]/
    http://[100::1]/
    http://[5f00::1]/
    http://[4000::1]/
  `,
  ),
  ...all('mapped-address', 'http://[::ffff:8.8.8.8]/\nhttp://[::8.8.8.8]/\nhttp://[2002:808:808::]/\nhttp://[2001:0:0:0:0:0:f7f7:f7f7]/'),
]

export const metadata = all(
  'metadata-address',
  `
  http://169.254.169.254/latest/meta-data/iam/security-credentials/
  http://169.254.169.254/computeMetadata/v1/
  http://169.254.169.254/metadata/instance?api-version=2021-02-01
  http://169.254.169.254/opc/v2/instance/
  http://169.254.169.254/metadata/v1.json
  http://169.254.169.254/openstack/latest/meta_data.json
  http://2852039166/
  http://0xa9fea9fe/
  http://0xa9.0xfe.0xa9.0xfe/
  http://0251.0376.0251.0376/
  http://0251.254.169.254/
  http://169.254.43518/
  http://169.16689662/
  http://⑯⑨。②⑤④。⑯⑨｡②⑤④/
  http://169.254.170.2/v2/credentials/
  http://169.254.170.23/v1/credentials
  http://169.254.42.42/conf
  http://169.254.0.23/
  http://100.100.100.200/latest/meta-data/
  http://192.0.0.192/latest/
  http://168.63.129.16/machine?comp=goalstate
  http://[fd00:ec2::254]/latest/meta-data/
  http://[fd00:ec2::23]/v1/credentials
  http://[fd20:ce::254]/
  http://[fd00:42::42]/conf
  http://[fe80::a9fe:a9fe]/openstack
  http://[::ffff:169.254.169.254]/
  http://[::ffff:a9fe:a9fe]/
  http://[::169.254.169.254]/
  http://[64:ff9b::169.254.169.254]/
  http://[2002:a9fe:a9fe::]/
  http://[2001:0:0:0:0:0:5601:5601]/
  http://[2a00:1450::200:5efe:169.254.169.254]/
  http://metadata.google.internal/computeMetadata/v1/
  http://METADATA.google.internal./
  http://metadata.goog/
  http://metadata/
  http://instance-data/latest/meta-data/
  http://metadata.tencentyun.com/
  http://metadata.azure.internal/
  http://metadata.platformequinix.com/
`,
)

/** Names whose answers the test's own resolver gives. */
export const resolvedNames: readonly (Attack & { readonly addresses: readonly string[] })[] = [
  { url: 'http://127.0.0.1.nip.test:PORT/', addresses: ['127.0.0.1'], rule: 'loopback-address' },
  { url: 'http://loopback6.test:PORT/', addresses: ['::1'], rule: 'loopback-address' },
  { url: 'http://zero.test:PORT/', addresses: ['0.0.0.0'], rule: 'unspecified-address' },
  { url: 'http://private.test/', addresses: ['10.1.2.3'], rule: 'private-address' },
  { url: 'http://private.test./', addresses: ['10.1.2.3'], rule: 'private-address' },
  { url: 'http://public-first.test/', addresses: ['93.184.216.34', '10.0.0.1'], rule: 'private-address' },
  { url: 'http://private-first.test/', addresses: ['10.0.0.1', '93.184.216.34'], rule: 'private-address' },
  { url: 'http://public-and-local6.test/', addresses: ['93.184.216.34', '::1'], rule: 'loopback-address' },
  { url: 'http://mapped.test/', addresses: ['::ffff:169.254.169.254'], rule: 'metadata-address' },
  { url: 'http://metadata-by-name.test/', addresses: ['169.254.169.254'], rule: 'metadata-address' },
  { url: 'http://zone.test/', addresses: ['fe80::1%eth0'], rule: 'link-local-address' },
  { url: 'http://nonsense.test/', addresses: ['not an address'], rule: 'reserved-address' },
]

export const otherSchemes = all(
  'scheme',
  `
  file:///etc/passwd
  file://127.0.0.1/etc/passwd
  gopher://127.0.0.1:6379/_FLUSHALL
  ftp://public.test/
  dict://127.0.0.1:11211/stats
  ldap://127.0.0.1/
  tftp://127.0.0.1/
  sftp://public.test/
  ssh://public.test/
  ws://public.test/
  wss://public.test/
  jar:http://public.test!/
  data:text/plain,hello
  blob:http://public.test/5c0a3b1e
  javascript:alert(1)
  about:blank
  unix:/var/run/docker.sock
  HTTPX://public.test/
`,
)

export const notUrls = all(
  'invalid-url',
  `
  //127.0.0.1/
  /etc/passwd
  127.0.0.1
  http://
  http:///
  http://[::1
  http://[fe80::1%25eth0]/
  http://[::1%25lo]/
  http://[fe80::1%eth0]/
  http://127.0.0.1.1/
  http://256.0.0.1/
  http://127.0.0.1:99999/
  http://exa mple.test/
  http://public.test%00.evil.test/
  http://public.test%0d%0a/
  http://%zz@public.test/
  http://[::ffff:0x7f.1]/
`,
)

export const closedPorts = all(
  'port',
  [1, 22, 23, 25, 53, 110, 111, 135, 139, 143, 389, 445, 465, 587, 636, 873, 993, 995]
    .map((port) => `http://93.184.216.34:${port}/`)
    .join('\n'),
)
