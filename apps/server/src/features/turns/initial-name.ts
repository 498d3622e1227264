const NAME_LENGTH = 20

/** What a conversation is called until somebody names it: the beginning of its first message. */
export function initialName(query: string): string {
  const characters = [...query]
  return characters.length > NAME_LENGTH ? `${characters.slice(0, NAME_LENGTH).join('')}…` : query || 'New conversation'
}
