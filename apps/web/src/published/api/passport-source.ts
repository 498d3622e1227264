/** A visitor's passport for one app: kept on this device, asked for once however many calls wait for it. */
export interface PassportSource {
  get(): Promise<string>
  /** Lets go of a passport that is not taken any more. False where none is kept but one that was issued just now: another would fare no better. */
  renew(): boolean
  /** Whom the passport is of; undefined before there is one. */
  visitor(): string | undefined
}

export interface PassportDependencies {
  readonly key: string
  readonly store: { read(key: string): string | undefined; write(key: string, value: string | undefined): void }
  readonly issue: () => Promise<string>
}

export function createPassportSource({ key, store, issue }: PassportDependencies): PassportSource {
  let issuing: Promise<string> | undefined
  let issued: string | undefined
  return {
    get() {
      const kept = store.read(key)
      if (kept !== undefined) return Promise.resolve(kept)
      issuing ??= issue()
        .then((passport) => {
          issued = passport
          store.write(key, passport)
          return passport
        })
        .finally(() => {
          issuing = undefined
        })
      return issuing
    },
    renew() {
      const kept = store.read(key)
      if (kept === undefined || kept === issued) return false
      store.write(key, undefined)
      return true
    },
    visitor() {
      const kept = store.read(key)
      return kept === undefined ? undefined : visitorOf(kept)
    },
  }
}

/** As the server names them; a member's next passport is of the same visitor. */
function visitorOf(passport: string): string {
  try {
    const [, claims = ''] = passport.split('.')
    const { end_user_id: id } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')))
    if (typeof id === 'string') return id
  } catch {
    // Whatever else it is, it tells one visitor from the others.
  }
  return passport
}
