// The owner's annotation `rayshield.io/accept: CODE,...`: takes away warnings, infos and the errors that the table of
// codes marks as acceptable. A code that it cannot take away is an error, since its author believes otherwise.
import type { Finding } from '../findings/finding.ts';
import { findNearest } from '../findings/nearest.ts';
import { type FactsOf, findingTable, isCode } from '../findings/table.ts';
import type { Resource } from '../manifests/manifest.ts';
import { reportOn } from '../manifests/report.ts';

const annotation = 'rayshield.io/accept';

/** The findings about an owner that remain. */
export function dropAccepted(owner: Resource, findings: readonly Finding[]): Finding[] {
  const text = owner.body.metadata.annotations?.[annotation];
  if (typeof text !== 'string') return [...findings];
  const names = text.split(',').map((name) => name.trim());
  const refused: Finding[] = [];
  const report = reportOn(owner, refused);
  for (const name of names.filter((one) => one !== '')) {
    const at = ['metadata', 'annotations', annotation];
    if (!isCode(name)) report('ACCEPT_UNKNOWN', at, describeUnknown(name));
    else if (!findingTable[name].acceptable) report('ACCEPT_REFUSED', at, { name });
  }
  const isKept = ({ code }: Finding): boolean => !(names.includes(code) && findingTable[code].acceptable);
  return [...findings.filter(isKept), ...refused];
}

/** Only a word that could be a code is repeated: the rest of an annotation is not ours to print. */
function describeUnknown(name: string): FactsOf<'ACCEPT_UNKNOWN'> {
  if (!/^[A-Z][A-Z_]{2,63}$/.test(name.toUpperCase()) || !(name === name.toUpperCase() || name.includes('_')))
    return {};
  const acceptable = Object.entries(findingTable).filter(([, words]) => words.acceptable);
  const nearest = findNearest(
    name,
    acceptable.map(([code]) => code),
  );
  return { name, ...(nearest === undefined ? {} : { nearest }) };
}
