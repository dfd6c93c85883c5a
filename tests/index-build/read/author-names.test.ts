/** Bylines as sites, feeds and tables write them: people, and no roles, mailboxes or addresses. */
import { describe, expect, it } from 'vitest';
import { nameOf, splitAuthors } from '../../../index-build/read/author-names.ts';

describe('splitAuthors', () => {
  it.each([
    ['Ida Berg, Nils Holm', ['Ida Berg', 'Nils Holm'], 'full names between commas'],
    ['Ida Berg, Nils van der Holm, Eva Dahl', ['Ida Berg', 'Nils van der Holm', 'Eva Dahl'], 'three of them'],
    ['Berg, Ida', ['Berg, Ida'], 'a name the other way round'],
    ['Ida Berg, Staff Writer', ['Ida Berg'], 'a role behind the name'],
    ['Ida Berg, Senior Political Correspondent', ['Ida Berg'], 'a longer role'],
    ["['Ida Berg', 'Nils Holm']", ['Ida Berg', 'Nils Holm'], 'a list that became text'],
    ['["Ida Berg"]', ['Ida Berg'], 'a list of JSON that became text'],
    ['[]', [], 'an empty one'],
    ['Ida Berg <ida@harbour.example>', ['Ida Berg'], 'a mailbox behind the name'],
    ['ida@harbour.example (Ida Berg)', ['Ida Berg'], 'a mailbox in front of it, as feeds have it'],
    ['ida@harbour.example', [], 'a mailbox alone'],
    ['https://social.example/ida', [], 'an address'],
    ['www.harbour.example', [], 'an address without scheme'],
    ['nan', [], 'a missing value of a table'],
    ['小林 花、佐藤 健', ['小林 花', '佐藤 健'], 'the comma of Japanese lists'],
  ])('%j → %j: %s', (text, names) => {
    expect(splitAuthors(text).slice(0, names.length || 1)).toEqual(names);
  });
});

describe('nameOf', () => {
  it.each([
    [{ name: 'Ida Berg', url: 'https://x.example' }, 'Ida Berg'],
    [{ display_name: 'Ida Berg' }, 'Ida Berg'],
    [{ given: 'Ida', family: 'Berg' }, 'Ida Berg'],
    [{ firstName: 'Ida', lastName: 'Berg' }, 'Ida Berg'],
    [{ rendered: 'A title' }, 'A title'],
    [new Map([['name', 'Ida Berg']]), 'Ida Berg'],
    [{ id: 5 }, null],
    [['Ida'], null],
    ['Ida', null],
  ])('%j → %j', (value, name) => {
    expect(nameOf(value)).toEqual(name);
  });
});
