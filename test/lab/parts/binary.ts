// The path of an executable of a part.
import { join } from 'node:path';
import { locatePart, type PartName } from './locate.ts';

/**
 * The path of an executable that a part holds.
 * @throws where the part is not installed; a suite that names its parts is skipped before it comes to that.
 */
export function pathOfBinary(part: PartName, executable: string): string {
  return join(folderOfPart(part), 'bin', executable);
}

/** The folder of a part that is installed. */
export function folderOfPart(part: PartName): string {
  const located = locatePart(part);
  if ('missing' in located) throw new Error(`${part} is not installed: ${located.missing}`);
  return located.directory;
}
