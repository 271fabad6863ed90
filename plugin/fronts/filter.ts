// A filter in a pipe needs no verb: what comes says what it is.
import { isResourceList } from '../manifests/resource-list.ts';
import type { Arguments } from './arguments.ts';
import type { Io, Outcome } from './io.ts';
import { readSettings, workingDirectory } from './read-input.ts';
import { verbs } from './verbs.ts';

/** Answers a ResourceList as a KRM function does, and expands a stream of manifests. */
export async function runFilter(args: Arguments, io: Io, version: string): Promise<Outcome> {
  const read = readSettings(args, io, [workingDirectory(io)], []);
  if ('refused' in read) return read.refused;
  const held = io.readStdin(read.settings.maxBytes);
  // What keeps it from being read is said by the verb that reads it.
  const isList = await held.then(holdsResourceList, () => false);
  const verb = isList ? verbs['krm'] : verbs['expand'];
  if (verb === undefined) throw new Error('there is no verb for standard input');
  return verb.run(args, { ...io, readStdin: () => held }, version);
}

/** Most streams have no such word: they are not made a text for it. */
const holdsResourceList = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('ResourceList') &&
  isResourceList(new TextDecoder().decode(bytes));
