// Sets the colour scheme before the first paint, so a dark screen never flashes white. A file and not an inline
// script, because the content security policy allows none.
(() => {
  let wanted = 'auto';
  try {
    wanted = localStorage.getItem('vitrail.scheme') ?? 'auto';
  } catch {
    // Storage is switched off: the system's choice stands.
  }
  const dark = wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
