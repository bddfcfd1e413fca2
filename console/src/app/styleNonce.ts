const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** The word with which the server's content security policy lets our own style elements in. */
export const styleNonce = (): string => nonce;

declare global {
  interface Window {
    __webpack_nonce__?: string;
  }
}
// The scroll lock of open dialogs writes a style element and looks for its nonce under this name.
window.__webpack_nonce__ = nonce;
