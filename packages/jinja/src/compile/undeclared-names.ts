/** Which of the names a part of the tree reads before it assigns to them, by the order in which Jinja walks it. */
export function findUndeclared(tree: unknown, names: readonly string[]): ReadonlySet<string> {
  const open = new Set(names)
  const found = new Set<string>()
  visit(tree, (name, isStored) => {
    if (!open.has(name)) return
    if (isStored) open.delete(name)
    else found.add(name)
  })
  return found
}

/** Whether anything in the tree assigns to the name. */
export function isAssigned(tree: unknown, wanted: string): boolean {
  let isFound = false
  visit(tree, (name, isStored) => {
    isFound ||= isStored && name === wanted
  })
  return isFound
}

/** Tells every name of a tree, in the order of its nodes' fields; blocks are trees of their own. */
function visit(node: unknown, tell: (name: string, isStored: boolean) => void): void {
  if (typeof node !== 'object' || node === null) return
  if (Array.isArray(node)) {
    for (const item of node) visit(item, tell)
    return
  }
  if ('type' in node && node.type === 'block') return
  if ('type' in node && node.type === 'name' && 'name' in node && 'isStored' in node) {
    tell(String(node.name), node.isStored === true)
    return
  }
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parameters' && Array.isArray(value)) for (const name of value) tell(String(name), true)
    else visit(value, tell)
  }
}

/** Whether a tree has a block that sees the names around it. */
export function hasScopedBlock(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false
  if ('isScoped' in node && node.isScoped === true) return true
  return Object.values(node).some(hasScopedBlock)
}
