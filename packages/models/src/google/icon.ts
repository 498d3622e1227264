/** A letter tile: neutral, since the provider's own mark is not ours to ship. */
export const googleIcon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#4285f4"/><path d="M16.5 8.5A5.5 5.5 0 1 0 17.5 12H12" fill="none" stroke="#fff" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>'
