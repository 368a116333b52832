// Before anything is drawn, so that a dark page never flashes in white.
(() => {
  try {
    const { theme } = JSON.parse(localStorage.getItem('daywatch.settings') ?? '{}');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Without storage, or with a broken one, the system's choice stands.
  }
})();
