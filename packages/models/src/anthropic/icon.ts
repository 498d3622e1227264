/** A letter tile: neutral, since the provider's own mark is not ours to ship. */
export const anthropicIcon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#c96442"/><path d="M7 17.5 12 6l5 11.5M9 13.5h6" fill="none" stroke="#fff" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>'
