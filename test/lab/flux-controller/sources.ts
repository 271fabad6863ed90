// Sources of Flux without source-controller: a server of archives, and the objects that name them, with the status that it would write.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ArchiveFile, makeArchive } from '../../../plugin/fronts/flux-controller/archive.ts';
import type { Api } from '../cluster/api.ts';
import type { Life } from '../servers/life.ts';

export interface Sources {
  /** Gives a GitRepository these files as its newest revision. */
  set(namespace: string, name: string, files: readonly ArchiveFile[]): Promise<void>;
  /** Gives it these bytes. */
  setBytes(namespace: string, name: string, bytes: Uint8Array): Promise<void>;
}

const apiVersion = 'source.toolkit.fluxcd.io/v1';
const kind = 'GitRepository';

/** Starts the server. */
export async function startSources(life: Life, api: Api): Promise<Sources> {
  const stored = new Map<string, Uint8Array>();
  const server = createServer((request, response) => {
    const bytes = stored.get(request.url ?? '');
    if (bytes === undefined) response.writeHead(404).end();
    else response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  life.onEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const made = new Set<string>();
  let count = 0;
  const setBytes: Sources['setBytes'] = async (namespace, name, bytes) => {
    count += 1;
    const checksum = createHash('sha256').update(bytes).digest('hex');
    const path = `/gitrepository/${namespace}/${name}/${count}.tar.gz`;
    stored.set(path, bytes);
    const url = 'https://git.example.com/ml/ray.git';
    if (!made.has(`${namespace}/${name}`)) {
      await api.apply({ apiVersion, kind, metadata: { namespace, name }, spec: { url, interval: '1h' } });
      made.add(`${namespace}/${name}`);
    }
    const artifact = {
      digest: `sha256:${checksum}`,
      lastUpdateTime: '2026-11-26T00:00:00Z',
      path: path.slice(1),
      revision: `main@sha1:${count.toString(16).padStart(40, '0')}`,
      size: bytes.length,
      url: `http://127.0.0.1:${port}${path}`,
    };
    await api.patch({ apiVersion, kind, namespace, name }, { status: { artifact } }, { subresource: 'status' });
  };
  return {
    setBytes,
    set: async (namespace, name, files) => setBytes(namespace, name, await makeArchive(files)),
  };
}
