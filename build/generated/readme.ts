// The settings table inside a page, between two markers; what stands around it is written by hand.
import { printShortTable } from './settings-text.ts';

const begin = '<!-- settings:begin -->';
const end = '<!-- settings:end -->';

/** The README with the table of today; an error where the markers are not there, once each and in order. */
export function withSettings(readme: string): string {
  const [before, rest, ...more] = readme.split(begin);
  const [, after, ...others] = (rest ?? '').split(end);
  if (before === undefined || after === undefined || more.length + others.length > 0) {
    throw new Error(`The page needs ${begin} and ${end}, once each`);
  }
  return `${before}${begin}\n${printShortTable()}${end}${after}`;
}
