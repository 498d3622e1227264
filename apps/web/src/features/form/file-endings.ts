/** What is dropped has not passed the browser's own choice: a folder, or a file of another kind. */
export const endsInOneOf = (name: string, endings: readonly string[]): boolean =>
  endings.some((ending) => name.toLowerCase().endsWith(ending))
