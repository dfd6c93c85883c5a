/** A search's answer as it goes from thread to thread, into the cache, and out to programs: bytes that are made once. */
import type { Results } from './results.ts';

export interface Answer extends Pick<Results, 'tookMs' | 'partial' | 'total'> {
  /** The `Results` as JSON in UTF-8. */
  readonly json: Uint8Array<ArrayBuffer>;
  /** How many hits there are in it. */
  readonly hits: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodeAnswer(results: Results): Answer {
  const { tookMs, partial, total, hits } = results;
  return { json: encoder.encode(JSON.stringify(results)), tookMs, partial, total, hits: hits.length };
}

export function decodeAnswer({ json }: Answer): Results {
  return JSON.parse(decoder.decode(json)) as Results;
}

/** The JSON with further members at its end. */
export function extendAnswer({ json }: Answer, members: Readonly<Record<string, unknown>>): Uint8Array<ArrayBuffer> {
  const tail = encoder.encode(`,${JSON.stringify(members).slice(1)}`);
  const extended = new Uint8Array(json.length - 1 + tail.length);
  extended.set(json.subarray(0, -1));
  extended.set(tail, json.length - 1);
  return extended;
}
