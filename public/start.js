// Wakes the islands of this page, after it has been painted. Loaded only by pages that have some.
const base = new URL('.', import.meta.url);
const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 1));
idle(async () => {
  const parts = await import(new URL('miis.js', base));
  await parts.default({ module_or_path: new URL('miis_bg.wasm', base) });
  parts.hydrate();
  for (const island of document.querySelectorAll('leptos-island')) {
    const wake = parts[island.dataset.component];
    if (wake) await wake(island);
  }
  document.documentElement.dataset.awake = 'yes';
});
