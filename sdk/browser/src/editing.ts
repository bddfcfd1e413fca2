/** In the fragment of the page's address, which is never sent to the shop's server. */
export const isEditAddress = (): boolean => location.hash.startsWith('#vitrail-edit=');

/**
 * In the console's editor nobody visits: the client begins only if the token in the address turns out to be none. The script
 * that shows experiences checks it and says so in `vitrailEditing`; a page without that script cannot be edited.
 */
export function unlessEdited(go: () => void, tries = 80): void {
  const { vitrailEditing } = Object(window);
  if (vitrailEditing === true) return;
  if (vitrailEditing === false || tries === 0 || !isEditAddress()) go();
  else setTimeout(unlessEdited, 100, go, tries - 1);
}
