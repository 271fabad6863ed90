// Ray writes its logs into the container's /tmp/ray; they are kept beside the container's own when the pod goes.
// https://docs.ray.io/en/latest/ray-observability/user-guides/configure-logging.html
import { cpSync, existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// Sockets and other things that cannot be copied lie beside the logs.
const isCopied = (path: string): boolean => {
  const entry = lstatSync(path);
  return entry.isDirectory() || entry.isFile();
};

/** Copies the logs of all Ray sessions in `folder`, a /tmp/ray, to `kept`. */
export function keepRayLogs(folder: string, kept: string): void {
  if (!existsSync(folder)) return;
  for (const session of readdirSync(folder).filter((name) => name.startsWith('session_2'))) {
    const logs = join(folder, session, 'logs');
    if (existsSync(logs)) cpSync(logs, join(kept, session), { recursive: true, filter: isCopied });
  }
}
