import { describe, expect, it } from 'vitest'
import { type DoctorProbes, exitCodeOf, type Finding, runDoctor } from './doctor.ts'
import type { EgressProbe } from './doctor-egress.ts'
import { renderFindings } from './doctor-report.ts'

const gigabyte = 1024 ** 3

const anEgress = (overrides: Partial<EgressProbe> = {}): EgressProbe => ({
  allowedHosts: [],
  allowsPrivateModelEndpoints: true,
  verifiesCertificates: true,
  proxies: [],
  ...overrides,
})

function someProbes(overrides: Partial<DoctorProbes> = {}): DoctorProbes {
  return {
    nodeVersion: () => 'v24.11.1',
    settings: () => ({ warnings: [], ignoredVariables: [] }),
    dataFolder: async () => ({ path: '/srv/data', isThere: true, isWritable: true, freeBytes: 20 * gigabyte }),
    secretKey: async () => ({ source: 'environment' }),
    database: async () => ({ place: '/srv/data/trellis.db', isMade: true, pendingMigrations: [] }),
    redis: async () => ({ place: undefined }),
    storage: async () => ({ place: '/srv/data/storage' }),
    port: async () => ({ address: '127.0.0.1:5001', state: 'free' }),
    sandbox: async () => [{ language: 'python3', name: 'bubblewrap', description: 'A process.' }],
    egress: async () => anEgress(),
    memory: () => ({ totalBytes: 4 * gigabyte }),
    ...overrides,
  }
}

const refusal = { language: 'javascript', name: 'none', description: 'bubblewrap is not installed.' } as const

async function findingOn(subject: string, overrides: Partial<DoctorProbes>): Promise<Finding | undefined> {
  return (await runDoctor(someProbes(overrides))).find((finding) => finding.subject === subject)
}

describe('runDoctor', () => {
  it('finds a sound installation sound', async () => {
    const findings = await runDoctor(someProbes())
    expect(findings.every((finding) => finding.status === 'ok')).toBe(true)
    expect(exitCodeOf(findings)).toBe(0)
    expect(renderFindings(findings, { hasColour: false })).toMatch(/✓ Node {10}v24\.11\.1\n[\s\S]*All is well\.\n$/)
  })

  it.each<[string, Finding['status'], Partial<DoctorProbes>]>([
    ['Node', 'failed', { nodeVersion: () => 'v20.1.0' }],
    ['Settings', 'warning', { settings: () => ({ warnings: ['DB_HSOT is not a setting. Is DB_HOST meant?'], ignoredVariables: [] }) }],
    ['Settings', 'ok', { settings: () => ({ warnings: [], ignoredVariables: ['VECTOR_STORE'] }) }],
    ['Data folder', 'failed', { dataFolder: async () => ({ path: '/x', isThere: true, isWritable: false, freeBytes: gigabyte }) }],
    ['Data folder', 'failed', { dataFolder: async () => ({ path: '/x', isThere: true, isWritable: true, freeBytes: 1000 }) }],
    ['Data folder', 'warning', { dataFolder: async () => ({ path: '/x', isThere: true, isWritable: true, freeBytes: gigabyte / 2 }) }],
    ['Secret key', 'warning', { secretKey: async () => ({ source: 'file', path: '/x/secret.key', isPrivate: false }) }],
    ['Database', 'warning', { database: async () => ({ place: 'db', isMade: true, pendingMigrations: ['0002-more'] }) }],
    ['Port', 'failed', { port: async () => ({ address: '127.0.0.1:5001', state: 'taken' }) }],
    ['Port', 'ok', { port: async () => ({ address: '127.0.0.1:5001', state: 'taken by Trellis' }) }],
    ['Code sandbox', 'warning', { sandbox: async () => [refusal] }],
    ['Memory', 'warning', { memory: () => ({ totalBytes: gigabyte / 4 }) }],
  ])('%s: %s', async (subject, status, overrides) => {
    const finding = await findingOn(subject, overrides)
    expect(finding?.status).toBe(status)
    if (status !== 'ok') expect(finding?.remedy).toBeTruthy()
  })

  it('says what a backend answered and what to mend, and goes on with the others', async () => {
    const findings = await runDoctor(someProbes({ redis: () => Promise.reject(new Error('redis:6379 does not answer: ECONNREFUSED')) }))
    const failures = findings.filter((finding) => finding.status === 'failed')
    expect(failures).toEqual([
      {
        subject: 'Redis',
        status: 'failed',
        text: 'redis:6379 does not answer: ECONNREFUSED',
        remedy: expect.stringContaining('REDIS_HOST'),
      },
    ])
    expect(exitCodeOf(findings)).toBe(1)
    expect(renderFindings(findings, { hasColour: false })).toContain('1 failed, 0 to look at, 10 in order.')
  })

  it('does not wait for ever', async () => {
    const findings = await runDoctor(someProbes({ database: () => new Promise(() => undefined) }), { timeoutMs: 5 })
    expect(findings.find((finding) => finding.subject === 'Database')).toMatchObject({
      status: 'failed',
      text: 'No answer within 0.005 s.',
    })
  })

  it('warns without failing', async () => {
    const findings = await runDoctor(someProbes({ sandbox: async () => [refusal] }))
    expect(exitCodeOf(findings)).toBe(0)
  })
})
