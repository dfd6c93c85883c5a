/**
 * The one table of what can go wrong over HTTP: name, status, and words for people. Each name has a page under
 * `/problems/NAME`, to which the `type` of a problem+json answer points. Knows no request.
 */
import type { ErrorCode } from '../domain/error.ts';

export interface ProblemKind {
  readonly status: 400 | 401 | 404 | 405 | 413 | 415 | 421 | 422 | 500 | 501 | 503;
  /** A few words, the same each time. */
  readonly title: string;
  /** What it means and what to do about it. */
  readonly explanation: string;
}

export const problemKinds = {
  invalid: {
    status: 400,
    title: 'The request makes no sense',
    explanation: 'Something in the request could not be read. The detail of the answer says what was expected.',
  },
  'invalid-parameters': {
    status: 422,
    title: 'Parameters are not valid',
    explanation:
      'One or more parameters have values that the service does not take. The answer lists each with what was expected; /api/v1/openapi.json describes them all.',
  },
  unauthorized: {
    status: 401,
    title: 'A token is needed',
    explanation:
      'This address is for the people who run the service. Send the administration token as “Authorization: Bearer …”.',
  },
  'not-found': {
    status: 404,
    title: 'Nothing is here',
    explanation:
      'No page or article has this address. An article leaves the search when its file leaves the folder; searching for its title finds it if it moved.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This method does not work here',
    explanation: 'The address exists, but not for this HTTP method. The Allow header lists those it takes.',
  },
  'too-large': {
    status: 413,
    title: 'That is too much',
    explanation: 'The request is larger than the service takes. The limits are published in the documentation.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'This kind of content is not taken',
    explanation: 'The body of the request has a media type that the address does not take.',
  },
  misdirected: {
    status: 421,
    title: 'This host is not served here',
    explanation:
      'The request asked for a host name that the service was not told about. Whoever runs it can add the name with the setting “public-url”.',
  },
  unsupported: {
    status: 501,
    title: 'This version cannot do that',
    explanation: 'What was asked for is not available in this version or with these settings.',
  },
  unavailable: {
    status: 503,
    title: 'Not ready yet',
    explanation: 'The index is being prepared, or the service is busy or about to stop. Try again in a few seconds.',
  },
  incompatible: {
    status: 500,
    title: 'The index does not fit this version',
    explanation:
      'The index was written by another version of the program. Whoever runs the service can rebuild it; the log says how.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong on our side',
    explanation: 'The search could not be answered. It was written to the log; trying again may help.',
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemName = keyof typeof problemKinds;

/** Which problem an error of the program is. */
export const problemOfCode: Readonly<Record<ErrorCode, ProblemName>> = {
  invalid: 'invalid',
  not_found: 'not-found',
  unsupported: 'unsupported',
  unavailable: 'unavailable',
  incompatible: 'incompatible',
  too_large: 'too-large',
  internal: 'internal',
};

const problemOfStatus = new Map<number, ProblemName>([
  [400, 'invalid'],
  [401, 'unauthorized'],
  [404, 'not-found'],
  [405, 'method-not-allowed'],
  [413, 'too-large'],
  [415, 'unsupported-media-type'],
  [421, 'misdirected'],
  [422, 'invalid-parameters'],
  [501, 'unsupported'],
  [503, 'unavailable'],
]);

/** The problem that a status alone tells; `internal` for those without one. */
export function problemForStatus(status: number): ProblemName {
  return problemOfStatus.get(status) ?? (status < 500 ? 'invalid' : 'internal');
}

export function isProblemName(name: string): name is ProblemName {
  return Object.hasOwn(problemKinds, name);
}
