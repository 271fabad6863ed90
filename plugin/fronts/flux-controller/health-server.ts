// For the kubelet and Prometheus: whether the process lives, and its metrics. A replica that waits for the lease lives too.
import { createServer, type Server } from 'node:http';
import type { Registry } from 'prom-client';

/** A server of /healthz and /metrics, not listening yet. */
export const makeHealthServer = (registry: Registry): Server =>
  createServer((request, response) => {
    if (request.url === '/healthz') response.end('ok\n');
    else if (request.url === '/metrics')
      registry.metrics().then(
        (text) => response.setHeader('content-type', registry.contentType).end(text),
        () => response.writeHead(500).end(),
      );
    else response.writeHead(404).end();
  });
