import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hints, PathHints } from '../../../src/service/path-hints.ts';

describe('gathered hints', () => {
  it('are empty where nothing was added', () => {
    expect(new PathHints().take()).toEqual([]);
  });

  it('are taken once', () => {
    const hints = new PathHints();
    hints.add(['a.md']);
    expect(hints.take()).toEqual(['a.md']);
    hints.add(null);
    expect(hints.take()).toBe(null);
    expect(hints.take()).toEqual([]);
  });

  it('are all that was added, or null where one was null', () => {
    const paths = fc.array(fc.stringMatching(/^[a-c]{1,3}$/), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(fc.option(paths, { nil: null, freq: 9 })), (added: readonly Hints[]) => {
        const hints = new PathHints();
        for (const each of added) hints.add(each);
        const expected = added.includes(null) ? null : [...new Set(added.flatMap((each) => each ?? []))].sort();
        expect(hints.take()).toEqual(expected);
      }),
    );
  });

  it.each([
    [1000, false],
    [1001, true],
  ])('of %i paths: that it may be anything is %s', (count, isAnything) => {
    const hints = new PathHints();
    for (let i = 0; i < count; i++) hints.add([`${i}.md`]);
    expect(hints.take() === null).toBe(isAnything);
  });
});
