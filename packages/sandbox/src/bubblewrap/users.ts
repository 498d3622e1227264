/** Numbers that neither distributions nor systemd give to anybody. */
const FIRST = 60_600
const COUNT = 400

/**
 * Users for children where the server is root: each child has one to itself, so that the kernel's counts and permissions of one do not
 * touch another even where they share a machine with no user namespaces.
 */
export function createUsers(): { take(): number; giveBack(user: number): void } {
  const free = Array.from({ length: COUNT }, (_, index) => FIRST + index)
  return {
    take() {
      const user = free.shift()
      if (user === undefined) throw new Error(`More than ${COUNT} children at a time.`)
      return user
    },
    giveBack: (user) => void free.push(user),
  }
}
