/** Names for answers, so that a browser that has one already is told so instead of asking the index again. */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';

/** A weak entity tag from everything that an answer depends on. */
export function makeEntityTag(parts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
  return `W/"${hash}"`;
}

/** The calendar day in UTC: `date:today` asks for something else tomorrow. */
export function dayOfAnswer(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Whether the client says that it has this very answer. */
export function hasEntityTag(c: Context, tag: string): boolean {
  const header = c.req.header('if-none-match');
  if (header === undefined) return false;
  const known = header.split(',').map((entry) => entry.trim());
  return known.includes('*') || known.some((entry) => opaquePart(entry) === opaquePart(tag));
}

function opaquePart(tag: string): string {
  return tag.replace(/^W\//, '');
}
