/** A visitor's passport for one app: kept on this device, asked for once however many calls wait for it. */
export interface PassportSource {
  get(): Promise<string>
  forget(): void
}

export interface PassportDependencies {
  readonly key: string
  readonly store: { read(key: string): string | undefined; write(key: string, value: string | undefined): void }
  readonly issue: () => Promise<string>
}

export function createPassportSource({ key, store, issue }: PassportDependencies): PassportSource {
  let issuing: Promise<string> | undefined
  return {
    get() {
      const kept = store.read(key)
      if (kept !== undefined) return Promise.resolve(kept)
      issuing ??= issue()
        .then((passport) => {
          store.write(key, passport)
          return passport
        })
        .finally(() => {
          issuing = undefined
        })
      return issuing
    },
    forget: () => store.write(key, undefined),
  }
}
