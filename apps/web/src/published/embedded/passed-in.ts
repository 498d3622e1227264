import { expandText } from '../../embed/compressed-text.ts'

/** What whoever embeds the page passes in by its address, as Dify names it. */
export interface PassedIn {
  /** Values of the app's fields by their names, as text. */
  readonly inputs: Readonly<Record<string, string>>
  /** The session to go on with (`sys.user_id`): whoever knows it is that visitor. */
  readonly userId: string | undefined
  readonly conversationId: string | undefined
  /** How the visitor is shown beside their questions. */
  readonly user: { readonly name: string | undefined; readonly avatarUrl: string | undefined }
}

export const nothingPassedIn: PassedIn = {
  inputs: {},
  userId: undefined,
  conversationId: undefined,
  user: { name: undefined, avatarUrl: undefined },
}

/** The page's own parameter; a field of this name takes any other text. */
export const CONVERSATION_PARAMETER = 'conversation'
const MOST_PARAMETERS = 200

/** Values are compressed, as the script beside the page sends them, or plain text. */
export async function readPassedIn(search: string): Promise<PassedIn> {
  const parameters = [...new URLSearchParams(search)].slice(0, MOST_PARAMETERS)
  if (parameters.length === 0) return nothingPassedIn
  const values = new Map(await Promise.all(parameters.map(async ([name, value]) => [name, (await expandText(value)) ?? value] as const)))
  const found = (name: string): string | undefined => values.get(name) || undefined
  const conversationId = found('sys.conversation_id')
  const avatarUrl = found('user.avatar_url')
  return {
    inputs: Object.fromEntries([...values].filter(([name, value]) => !/^(sys|user)\./u.test(name) && !isOwn(name, value))),
    userId: found('sys.user_id'),
    conversationId: conversationId !== undefined && isId(conversationId) ? conversationId : undefined,
    user: { name: found('user.name'), avatarUrl: avatarUrl !== undefined && /^https?:\/\//iu.test(avatarUrl) ? avatarUrl : undefined },
  }
}

const isOwn = (name: string, value: string): boolean => name === CONVERSATION_PARAMETER && isId(value)

/** As servers name conversations. */
export const isId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(text)
