import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface GithubPerson {
  readonly id: number
  readonly login: string
  readonly name: string | null
  readonly emails: readonly { readonly email: string; readonly primary: boolean; readonly verified: boolean }[]
}

/** GitHub's endpoints of an OAuth app, as its reference describes them: everybody who comes is the same person, who consents. */
export interface FakeGithub {
  readonly env: Readonly<Record<string, string>>
  be(person: GithubPerson): void
  close(): Promise<void>
}

const CLIENT = { id: 'Iv1.0123456789', secret: 'a secret of GitHub' }

export async function startFakeGithub(): Promise<FakeGithub> {
  let person: GithubPerson | undefined
  /** Codes and their challenges, then tokens and whose they are. */
  const codes = new Map<string, string>()
  const tokens = new Map<string, GithubPerson>()
  const send = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  const authorize = (search: URLSearchParams, response: ServerResponse): void => {
    const back = new URL(search.get('redirect_uri') ?? '')
    const code = randomUUID()
    codes.set(code, search.get('code_challenge') ?? '')
    back.search = new URLSearchParams({ code, state: search.get('state') ?? '' }).toString()
    response.writeHead(302, { location: back.href }).end()
  }
  const exchange = (form: URLSearchParams, response: ServerResponse): void => {
    const challenge = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isClient = form.get('client_id') === CLIENT.id && form.get('client_secret') === CLIENT.secret
    const token = `gho_${randomUUID()}`
    const isProven = isClient && challenge === proof
    if (isProven && person) tokens.set(token, person)
    if (!isProven) send(response, 200, { error: 'bad_verification_code' })
    else send(response, 200, { access_token: token, scope: 'read:user,user:email', token_type: 'bearer' })
  }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://github')
    const holder = tokens.get(request.headers.authorization?.replace('Bearer ', '') ?? '')
    if (pathname === '/login/oauth/authorize') return authorize(searchParams, response)
    if (pathname === '/login/oauth/access_token') return exchange(new URLSearchParams(await readText(request)), response)
    if (!holder || !request.headers['user-agent']) return send(response, 401, { message: 'Bad credentials' })
    if (pathname === '/api/v3/user') return send(response, 200, { id: holder.id, login: holder.login, name: holder.name, email: null })
    if (pathname === '/api/v3/user/emails') return send(response, 200, holder.emails)
    send(response, 404, { message: 'Not Found' })
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's is never a text
  const url = `http://127.0.0.1:${port}`
  return {
    env: {
      ENABLE_SOCIAL_OAUTH_LOGIN: 'true',
      GITHUB_CLIENT_ID: CLIENT.id,
      GITHUB_CLIENT_SECRET: CLIENT.secret,
      GITHUB_URL: url,
      GITHUB_API_URL: `${url}/api/v3`,
    },
    be(next) {
      person = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
