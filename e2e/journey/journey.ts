import type { Browser, Page } from 'playwright-core'
import type { FakeGithub } from '../../tools/fake-github/index.ts'
import type { FakeOidc } from '../../tools/fake-oidc/index.ts'
import type { FakeSmtp } from '../../tools/fake-smtp/index.ts'
import type { BuiltServer } from '../server.ts'
import type { Looks } from './look.ts'
import type { Watch } from './watch.ts'

export const owner = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'analytical engine 1' }
export const provider = { key: 'sk-journey-0123456789abcdef', model: 'gpt-5.4-mini', customModel: 'sunrise-1' }

/** What chapters share, and hand on to later ones. */
export interface Journey {
  readonly server: BuiltServer
  readonly browser: Browser
  readonly watch: Watch
  readonly looks: Looks
  /** Where the server's letters arrive. */
  readonly mail: FakeSmtp
  /** Another service whose accounts sign in; it has to be told of the server before the first visit. */
  readonly oidc: FakeOidc
  readonly github: FakeGithub
  /** The administrator's window. */
  readonly page: Page
  /** Where programs find their libraries: `PYTHONPATH`, or why Python is left out. */
  readonly python: Promise<PythonPackages>
  /** Addresses of published apps, as their chapter found them. */
  readonly addresses: { chat?: string; text?: string; workflow?: string }
  step(title: string, run: () => Promise<void>): Promise<void>
}

export type PythonPackages = { readonly path: string } | { readonly obstacle: string }

export interface Chapter {
  readonly title: string
  readonly tell: (journey: Journey) => Promise<void>
}
