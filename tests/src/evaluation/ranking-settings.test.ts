import { describe, expect, it } from 'vitest';
import { changeParameters, parameterNamesOf } from '../../../src/evaluation/ranking-settings.ts';

const parameters = { titleWeight: 3, paragraphShare: 0.5, k1: 1.2 };

describe('changeParameters', () => {
  it.each([
    [['title-weight=4'], { ...parameters, titleWeight: 4 }],
    [['k1=0.9', 'paragraph-share=0'], { ...parameters, k1: 0.9, paragraphShare: 0 }],
    [['k1=-.5'], { ...parameters, k1: -0.5 }],
    [['k1=2e-1'], { ...parameters, k1: 0.2 }],
    [['k1=1', 'k1=2'], { ...parameters, k1: 2 }],
    [[], parameters],
  ])('makes the assignments %j', (assignments, changed) => {
    expect(changeParameters(parameters, assignments)).toEqual(changed);
    expect(parameters.k1).toBe(1.2);
  });

  it.each(['titleWeight=4', 'title=4', 'title-weight', '=4', '', 'constructor=4', '__proto__=4'])(
    'refuses "%s", with the names that there are',
    (assignment) => {
      expect(() => changeParameters(parameters, [assignment])).toThrow(
        `"--set" is "${assignment}", expected NAME=VALUE with one of title-weight, paragraph-share, k1`,
      );
    },
  );

  it.each(['', 'four', '4x', '0x4', 'NaN', 'Infinity', '1e999', ' 4'])('refuses the value "%s"', (value) => {
    expect(() => changeParameters(parameters, [`k1=${value}`])).toThrow(
      `"--set" gives "k1" the value "${value}", expected a number`,
    );
  });
});

describe('parameterNamesOf', () => {
  it('writes names with hyphens', () => {
    expect(parameterNamesOf(parameters)).toEqual(['title-weight', 'paragraph-share', 'k1']);
  });
});
