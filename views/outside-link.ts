/** Addresses that came with articles. Escaping does not stop `javascript:`, so the scheme is looked at here. */

/** The address, where it leads to the web and nowhere else; null otherwise. */
export function outsideAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}

/** The address, where it is a path on our own origin; the start page otherwise. */
export function ownAddress(path: string): string {
  return /^\/(?![/\\])/.test(path) ? path : '/';
}
