/** Views → the text of an answer. */
import type { JSX } from 'hono/jsx/jsx-runtime';

/** A whole document. */
export function renderPage(page: JSX.Element): string {
  return `<!DOCTYPE html>${page}`;
}

/** A part of one. */
export function renderFragment(fragment: JSX.Element): string {
  return `${fragment}`;
}
