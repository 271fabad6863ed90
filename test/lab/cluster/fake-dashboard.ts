// Ray's dashboard and Serve's proxy as far as KubeRay's operator asks them, for every cluster at once: a proxy on loopback that
// answers itself what the operator sends through HTTP_PROXY to head Services and pods.
// Paths: https://docs.ray.io/en/latest/cluster/running-applications/job-submission/rest.html,
// https://docs.ray.io/en/latest/serve/api/index.html#serve-rest-api
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Life } from '../servers/life.ts';

/** What was asked of whom. */
interface Call {
  readonly host: string;
  readonly port: number;
  readonly method: string;
  readonly path: string;
}

export interface FakeDashboard {
  /** What makes a Go program ask it. */
  readonly env: Readonly<Record<string, string>>;
  /** All calls since the start, each once. */
  readonly calls: () => Call[];
}

interface ServeConfig {
  readonly applications?: readonly { readonly name?: string }[];
}

/** The names of the applications that were deployed to a host are kept, since the operator compares them. */
function answer(call: Call, body: string, deployed: Map<string, readonly string[]>): object | string {
  if (call.path.startsWith('/api/serve/applications')) {
    if (call.method === 'PUT') {
      // The operator sends JSON.
      const { applications = [] } = JSON.parse(body) as ServeConfig;
      deployed.set(
        call.host,
        applications.map(({ name = 'default' }) => name),
      );
    }
    const names = deployed.get(call.host) ?? [];
    const entries = names.map((name) => [name, { name, status: 'RUNNING', deployments: {} }]);
    return { applications: Object.fromEntries(entries) };
  }
  if (call.path.startsWith('/api/jobs/')) {
    const id = call.path.split('/')[3] ?? '';
    return { submission_id: id, job_id: id, status: 'RUNNING', entrypoint: '', start_time: 1 };
  }
  return 'success';
}

/** Undefined for a pod that has no address yet: the operator asks `http://:8000/`. */
function readCall({ method = '', url = '' }: IncomingMessage): Call | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, port, pathname } = new URL(url);
  return { host: hostname, port: Number(port || 80), method, path: pathname };
}

/** Starts it; ended with `life`. */
export async function startFakeDashboard(life: Life): Promise<FakeDashboard> {
  const calls = new Map<string, Call>();
  const deployed = new Map<string, readonly string[]>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const call = readCall(request);
      if (call === undefined) return void response.writeHead(502).end();
      calls.set(JSON.stringify(call), call);
      const said = answer(call, body, deployed);
      response.end(typeof said === 'string' ? said : JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  life.onEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { env: { HTTP_PROXY: url, http_proxy: url, NO_PROXY: '' }, calls: () => [...calls.values()] };
}
