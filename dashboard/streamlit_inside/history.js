// A change of page and the filters written into its URL right after are one step back, not two: else the first step back
// would lead to the same page without its filters.
(() => {
  let arriving = true; // a page was opened and the reader has done nothing since
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    const next = new URL(url, location.href);
    const samePage = next.pathname === location.pathname;
    if (arriving && samePage) history.replaceState(state, title, url);
    else push(state, title, url);
    arriving = !samePage || arriving;
  };
  const acted = () => { arriving = false; };
  for (const kind of ["pointerdown", "keydown", "popstate"]) addEventListener(kind, acted, true);
})();
