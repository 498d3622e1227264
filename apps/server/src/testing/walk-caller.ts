import type { RouteContract } from '@trellis/contracts'
import type { Named } from './sample-request.ts'
import { idsOf, otherValues } from './walk-requests.ts'
import type { WorkspaceWorld } from './world.ts'

export interface WalkCaller {
  readonly headers: Readonly<Record<string, string>>
  /** Ids of the caller's own, so that a request gets as far as it can. */
  readonly named: Named
}

const isForTexts = ({ path }: RouteContract): boolean => /completion|saved-messages|more-like-this/.test(path)

/** Whoever a route is for, with an app of the mode that it is for. */
export function callerOf(world: WorkspaceWorld, contract: RouteContract): WalkCaller {
  const app = isForTexts(contract) ? world.completion : world.chat
  const callers = {
    public: { headers: {}, turn: app.web },
    session: { headers: world.sessions.owner.headers, turn: app.debug },
    'app-key': { headers: { authorization: `Bearer ${app.key}` }, turn: app.service },
    passport: { headers: { 'x-app-code': app.code, 'x-app-passport': app.passport }, turn: app.web },
  }
  const { headers, turn } = callers[contract.auth.type]
  return { headers, named: { ...otherValues, ...idsOf(world, app, turn) } }
}

const nameOf = ({ surface, method, path }: RouteContract): string => `${surface} ${method} ${path}`
export const named = (contracts: readonly RouteContract[]): readonly (readonly [name: string, contract: RouteContract])[] =>
  contracts.map((contract) => [nameOf(contract), contract])
