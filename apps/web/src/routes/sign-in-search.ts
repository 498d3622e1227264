import { readSignInFailure, type SignInFailure } from '../features/session/sign-in-failures.ts'
import { readReturnAddress } from './return-address.ts'

interface SignInSearch {
  /** Where to go on afterwards; only addresses within this site. */
  readonly redirect?: string
  readonly expired?: true
  /** The account belongs to no workspace (any more). */
  readonly homeless?: true
  /** Another service did not sign in. */
  readonly failed?: SignInFailure
}

/** What the address of the page where one signs in says. */
export const readSignInSearch = (search: Record<string, unknown>): SignInSearch => ({
  ...readReturnAddress(search),
  ...(search['expired'] === true && { expired: true }),
  ...(search['homeless'] === true && { homeless: true }),
  ...readSignInFailure(search),
})
