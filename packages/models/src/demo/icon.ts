/** A lattice on a tile: ours, drawn for this purpose. */
export const demoIcon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#3f7d58"/><path d="M6 8h12M6 12h12M6 16h12M8 6v12M12 6v12M16 6v12" stroke="#fff" stroke-width="1.4" stroke-linecap="round"/></svg>'
