/** Views → the text of an answer. */
import type { JSX } from 'hono/jsx/jsx-runtime';

/** A whole document. */
export function renderPage(page: JSX.Element): string {
  return withoutNul(`<!DOCTYPE html>${page}`);
}

/** A part of one. */
export function renderFragment(fragment: JSX.Element): string {
  return withoutNul(`${fragment}`);
}

/** HTML may hold no NUL, not even escaped: where someone asked for one, the sign for what cannot be shown. */
function withoutNul(html: string): string {
  return html.replaceAll('\0', '\ufffd');
}
