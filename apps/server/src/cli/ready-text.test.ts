import { loadConfig } from '@trellis/config'
import { expect, it } from 'vitest'
import { listeningAddress, readyText } from './ready-text.ts'

function textOf(env: Readonly<Record<string, string>>, reached = 'http://127.0.0.1:5001'): string {
  const loaded = loadConfig({ env, cwd: '/srv' })
  if (!loaded.ok) throw new Error('the test gives a configuration that is not right')
  return readyText(loaded.config, reached)
}

const cluster = {
  MODE: 'api',
  SECRET_KEY: 'a secret of enough characters',
  REDIS_HOST: 'redis',
  DB_HOST: 'db.internal',
  DB_DATABASE: 'trellis',
  STORAGE_LOCAL_PATH: '/mnt/files',
  STORAGE_LOCAL_SHARED: 'true',
}

it('names the address of the one process and its folder', () => {
  expect(textOf({})).toBe('  Trellis is ready: http://localhost:5001\n  Data in /srv/data. Ctrl-C stops it.\n')
})

it('says that every address is listened on', () => {
  for (const [host, reached] of [
    ['0.0.0.0', 'http://127.0.0.1:5001'],
    ['::', 'http://[::1]:5001'],
  ] as const) {
    expect(textOf({ DIFY_BIND_ADDRESS: host }, reached)).toContain(
      'ready: http://localhost:5001\n  It listens on port 5001 of every address of this machine.\n',
    )
  }
  expect(textOf({ DIFY_BIND_ADDRESS: '0.0.0.0' }, 'http://127.0.0.1:80')).toContain('It listens on port 80 of every address')
  expect(textOf({ DIFY_BIND_ADDRESS: '192.0.2.7' }, 'http://192.0.2.7:5001')).toContain('ready: http://192.0.2.7:5001\n  Data in')
  expect(listeningAddress('http://127.0.0.1:5001', '0.0.0.0')).toBe('http://0.0.0.0:5001')
  expect(listeningAddress('http://[::1]:5001', '::')).toBe('http://[::]:5001')
  expect(listeningAddress('http://127.0.0.1:5001', '127.0.0.1')).toBe('http://127.0.0.1:5001')
})

it('names the public address as the one to open, and where the proxy finds the server', () => {
  expect(textOf({ CONSOLE_WEB_URL: 'https://team.example.org/trellis' })).toBe(
    '  Trellis is ready: https://team.example.org/trellis\n  It listens on http://localhost:5001.\n  Data in /srv/data. Ctrl-C stops it.\n',
  )
})

it('says what holds the data of a cluster', () => {
  expect(textOf(cluster)).toContain('  Data in PostgreSQL at db.internal:5432/trellis, files in /mnt/files. Ctrl-C stops it.\n')
  const bucket = { STORAGE_TYPE: 's3', S3_BUCKET_NAME: 'files', S3_USE_AWS_MANAGED_IAM: 'true', S3_REGION: 'eu-west-1' }
  expect(textOf({ ...cluster, ...bucket })).toContain('trellis, files in bucket files at AWS, eu-west-1. Ctrl-C')
  expect(textOf(bucket)).toContain('  Data in /srv/data, files in bucket files at AWS, eu-west-1. Ctrl-C')
})
