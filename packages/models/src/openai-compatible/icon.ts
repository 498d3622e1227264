/** A coloured tile with one or two letters: ours, since marks are their owners'. */
export function letterIcon(letters: string, color: string): string {
  const size = letters.length > 1 ? 10 : 14
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="${color}"/><text x="12" y="12" dy=".36em" text-anchor="middle" font-family="system-ui,sans-serif" font-size="${size}" font-weight="600" fill="#fff">${letters}</text></svg>`
}
