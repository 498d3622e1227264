// Sets the theme before the first paint; src/design/theme.ts owns the key and every later change.
;(() => {
  let preference = 'system'
  try {
    preference = localStorage.getItem('trellis.theme') || 'system'
  } catch {
    // Storage may be closed to us (private windows, embedding): follow the system.
  }
  const isDark = preference === 'dark' || (preference !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
})()
