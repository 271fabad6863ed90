// A client of Argo CD's plugin server that does what the repo-server does: the metadata of an application, then the repository as
// a compressed archive in chunks (util/cmp/stream.go of Argo CD 3.5).
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, credentials, loadPackageDefinition, type ServiceError, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { execa } from 'execa';
import type { Life } from '../servers/life.ts';
import { type Application, environmentOf } from './application.ts';

/** The manifests of a call, or what Argo CD would show in their place. */
export interface Answer {
  readonly manifests: readonly string[];
  readonly error?: string;
  readonly code?: string;
}

interface Announcement {
  readonly name: string;
  readonly title: string;
  readonly collectionType: string;
}

export interface PluginClient {
  /** @param patience how long the caller waits, in milliseconds; a minute unless told, as the controller does. */
  readonly generate: (application: Application, patience?: number) => Promise<Answer>;
  readonly match: (application: Application) => Promise<{ isSupported: boolean; isDiscoveryEnabled: boolean }>;
  readonly announce: (application: Application) => Promise<readonly Announcement[]>;
}

interface Stream {
  readonly write: (request: object) => boolean;
  readonly end: () => void;
}

type Call<Response> = (
  options: { deadline: Date },
  callback: (error: ServiceError | null, response: Response) => void,
) => Stream;

interface Service extends Client {
  readonly GenerateManifest: Call<{ manifests?: string[] }>;
  readonly MatchRepository: Call<{ isSupported: boolean; isDiscoveryEnabled: boolean }>;
  readonly GetParametersAnnouncement: Call<{ parameterAnnouncements?: Announcement[] }>;
}

// As Argo CD takes it by default (ARGOCD_CMP_CHUNK_SIZE and ARGOCD_GRPC_MAX_SIZE_MB).
const chunkSize = 1024;
const maxMessage = 100 * 1024 * 1024;

async function packRepository(folder: string): Promise<Buffer> {
  const names = readdirSync(folder);
  const { stdout } = await execa('tar', ['-czf', '-', '-C', folder, '--', ...names], {
    encoding: 'buffer',
    maxBuffer: maxMessage,
  });
  return Buffer.from(stdout);
}

async function send<Response>(
  call: Call<Response>,
  application: Application,
  patience: number,
): Promise<{ error: ServiceError | null; response: Response }> {
  const archive = await packRepository(application.repository);
  return new Promise((resolve) => {
    const stream = call({ deadline: new Date(Date.now() + patience) }, (error, response) =>
      resolve({ error, response }),
    );
    stream.write({
      metadata: {
        appName: 'demo',
        appRelPath: application.path ?? '.',
        checksum: createHash('sha256').update(archive).digest('hex'),
        size: archive.length,
        env: Object.entries(environmentOf(application)).map(([name, value]) => ({ name, value })),
      },
    });
    for (let start = 0; start < archive.length; start += chunkSize) {
      stream.write({ file: { chunk: archive.subarray(start, start + chunkSize) } });
    }
    stream.end();
  });
}

/** Opens a client of the server behind a socket; it is closed with `life`. */
export function openPluginClient(life: Life, socket: string): PluginClient {
  const definition = loadPackageDefinition(
    loadSync(join(import.meta.dirname, 'plugin.proto'), { keepCase: true, longs: Number, defaults: true }),
  ) as unknown as { plugin: { ConfigManagementPluginService: new (...args: unknown[]) => Service } };
  const service = new definition.plugin.ConfigManagementPluginService(`unix:${socket}`, credentials.createInsecure(), {
    'grpc.max_receive_message_length': maxMessage,
  });
  life.onEnd(() => service.close());
  const ask = async <Response>(call: Call<Response>, application: Application): Promise<Response> => {
    const { error, response } = await send(call.bind(service), application, 60_000);
    if (error !== null) throw error;
    return response;
  };
  return {
    generate: async (application, patience = 60_000) => {
      const { error, response } = await send(service.GenerateManifest.bind(service), application, patience);
      if (error === null) return { manifests: response.manifests ?? [] };
      return { manifests: [], error: error.details, code: status[error.code] ?? String(error.code) };
    },
    match: (application) => ask(service.MatchRepository, application),
    announce: async (application) =>
      (await ask(service.GetParametersAnnouncement, application)).parameterAnnouncements ?? [],
  };
}
