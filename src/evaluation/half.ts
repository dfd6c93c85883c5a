/** Half of the queries: whoever changes the ranking looks at one half and is measured on the other. */
export type Half = 'odd' | 'even';

/** Whether the query with the 1-based number belongs to the half; with null every query does. */
export function isInHalf(number: number, half: Half | null): boolean {
  return half === null || (number % 2 === 1) === (half === 'odd');
}
