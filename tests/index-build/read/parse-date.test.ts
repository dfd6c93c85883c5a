/** Dates in the forms that articles use. */
import { describe, expect, it } from 'vitest';
import { findDate, parseDate } from '../../../index-build/read/parse-date.ts';

describe('parseDate', () => {
  it.each([
    ['2022-11-14', '2022-11-14'],
    ['2022-11-14T23:30:00-05:00', '2022-11-14'],
    ['2022-11-14 10:00:00', '2022-11-14'],
    ['2022/1/4', '2022-01-04'],
    ['20221114', '2022-11-14'],
    ['14 November 2022', '2022-11-14'],
    ['14th November, 2022', '2022-11-14'],
    ['November 14, 2022', '2022-11-14'],
    ['Nov. 14 2022', '2022-11-14'],
    ['Mon, 14 Nov 2022 10:00:00 GMT', '2022-11-14'],
    ['14.11.2022', '2022-11-14'],
    ['14. November 2022', '2022-11-14'],
    ['1er mars 2022', '2022-03-01'],
    ['14 de noviembre de 2022', '2022-11-14'],
    ['14 novembre 2022', '2022-11-14'],
    ['14 листопада 2022 року', '2022-11-14'],
    ['14 ноября 2022 г.', '2022-11-14'],
    ['2022年11月14日', '2022-11-14'],
    ['29 February 2024', '2024-02-29'],
  ])('reads %j as %s', (text, date) => {
    expect(parseDate(text)).toBe(date);
  });

  it.each([
    ['2022', 'a year'],
    ['2022-11', 'a month'],
    ['November 2022', 'a month'],
    ['2022-13-01', 'no such month'],
    ['30 February 2022', 'no such day'],
    ['2023-02-29', 'no such day that year'],
    ['0000-01-01', 'no such year'],
    ['05/06/2022', 'May or June'],
    ['yesterday', 'no date'],
    ['', 'nothing'],
  ])('does not read %j: %s', (text) => {
    expect(parseDate(text)).toBeNull();
  });
});

describe('findDate', () => {
  it('says where in the line the date stands', () => {
    expect(findDate('Kyiv, 14 November 2022.')).toEqual({ date: '2022-11-14', start: 6, end: 22 });
  });
});
