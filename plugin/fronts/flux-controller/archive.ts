// Files as a tar.gz that is the same bytes for the same files, made as Flux makes its own: no owner, no times, names in lexical order.
// https://github.com/fluxcd/pkg/blob/main/artifact/storage/archive.go
import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

export interface ArchiveFile {
  readonly name: string;
  readonly text: string;
}

/** Those who unpack it take the mode as it stands. */
const mode = 0o600;

/** The archive of `files`. */
export async function makeArchive(files: readonly ArchiveFile[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, text } of inOrder(files)) tar.entry({ name, mode, uid: 0, gid: 0, mtime: new Date(0) }, text);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks));
}

/** A hash of what the files say, whatever gzip makes of it: consumers wake where it changes. */
export const hashFiles = (files: readonly ArchiveFile[]): string =>
  hash(
    'sha256',
    inOrder(files)
      .map(({ name, text }) => `${name}\0${Buffer.byteLength(text)}\0${text}`)
      .join(''),
  );

const inOrder = (files: readonly ArchiveFile[]): ArchiveFile[] => [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
