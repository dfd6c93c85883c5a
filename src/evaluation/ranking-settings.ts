/**
 * The numbers of the ranking as settings of an evaluation: `title-weight=4` changes the parameter `titleWeight`. Knows
 * parameters by their names only.
 */
import { LedeError } from '../domain/error.ts';

/**
 * A copy of the parameters with the assignments `NAME=VALUE` made, the last of a name. Throws `LedeError` `invalid` for what
 * is no assignment, for an unknown name, with the names that there are, and for a value that is no number.
 */
export function changeParameters<P extends Readonly<Record<keyof P, number>>>(
  parameters: P,
  assignments: readonly string[],
): P {
  const keys = new Map(Object.keys(parameters).map((key) => [toKebabCase(key), key]));
  const changes = assignments.map((assignment) => {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(assignment) ?? [];
    const key = keys.get(name);
    if (key === undefined) {
      throw new LedeError(
        'invalid',
        `"--set" is "${assignment}", expected NAME=VALUE with one of ${[...keys.keys()].join(', ')}`,
      );
    }
    if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(value) || !Number.isFinite(Number(value))) {
      throw new LedeError('invalid', `"--set" gives "${name}" the value "${value}", expected a number`);
    }
    return [key, Number(value)] as const;
  });
  return { ...parameters, ...Object.fromEntries(changes) };
}

/** The names by which parameters are assigned, in the order of the object. */
export function parameterNamesOf(parameters: object): string[] {
  return Object.keys(parameters).map(toKebabCase);
}

/** `titleWeight` → `title-weight`; digits stay with the letters before them. */
function toKebabCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
