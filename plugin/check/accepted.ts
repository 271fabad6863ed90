// The owner's annotation `rayshield.io/accept: CODE,...`: takes away warnings, infos and the errors that the table of
// codes marks as acceptable. A code that it cannot take away is an error, since its author believes otherwise.
import type { Finding } from '../findings/finding.ts';
import { findingTable, isCode } from '../findings/table.ts';
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
    const reason = !isCode(name)
      ? 'is no finding code'
      : findingTable[name].acceptable
        ? undefined
        : 'cannot be accepted';
    // Only a word that could be a code is repeated: the rest of an annotation is not ours to print.
    const shown = /^[A-Z0-9_]{1,64}$/.test(name) ? name : 'a text';
    if (reason !== undefined)
      report('ACCEPT_UNKNOWN', ['metadata', 'annotations', annotation], { name: shown, reason });
  }
  const isKept = ({ code }: Finding): boolean => !(names.includes(code) && findingTable[code].acceptable);
  return [...findings.filter(isKept), ...refused];
}
