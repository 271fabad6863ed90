// `npm run lab [suite...]`: runs the suites on what `npm run lab:setup` has installed.
// As root on Linux it runs them in a network, mount and process namespace of their own: nothing that they start can be seen
// from outside or outlive them, and there is no network but their own (unshare(1)).
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const root = join(import.meta.dirname, '../..');
const suites = 'test/lab/suites';
// Measurements on the same servers, which run only when they are named.
const measurements = 'bench';
const kept = join(root, 'reports/lab');

const suffix = '.suite.ts';

/** The suites in a folder, by name, with their paths. */
const findSuites = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith(suffix))
      .sort()
      .map((file) => [file.slice(0, -suffix.length), `${folder}/${file}`]),
  );

// Own /run/netns, so that the names of network namespaces are private too; loopback is down in a new one.
const prepare = 'ip link set lo up && mkdir -p /run/netns && mount -t tmpfs tmpfs /run/netns && exec "$@"';

const unshare = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', 'bash', '-c', prepare, 'lab'];

const canUnshare = (): boolean => process.platform === 'linux' && process.getuid?.() === 0;

/** Keeps the logs of a run that failed; `directory` has a folder for each suite. */
function keepLogs(directory: string): void {
  for (const suite of readdirSync(directory)) {
    const logs = join(directory, suite, 'logs');
    if (!existsSync(logs)) continue;
    mkdirSync(kept, { recursive: true });
    cpSync(logs, join(kept, suite), { recursive: true });
  }
}

async function runSuites(paths: readonly string[]): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'rayshield-lab-'));
  rmSync(kept, { recursive: true, force: true });
  const vitest = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    ...['run', '--config', 'test/lab/vitest.config.ts'],
    ...paths,
  ];
  const own = canUnshare();
  const [file, args] = own ? ['unshare', [...unshare, process.execPath, ...vitest]] : [process.execPath, vitest];
  const child = execa(file, args, {
    cwd: root,
    stdio: 'inherit',
    reject: false,
    env: { RAYSHIELD_LAB_DIRECTORY: directory, ...(own && { RAYSHIELD_LAB_NAMESPACES: 'own' }) },
  });
  // unshare ignores what would end it gently; when it is killed the kernel ends all that runs in its namespaces.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(own ? 'SIGKILL' : signal));
  const { exitCode = 1 } = await child;
  if (exitCode !== 0) {
    keepLogs(directory);
    if (existsSync(kept)) console.error(`The logs are in ${join('reports', 'lab')}.`);
  }
  rmSync(directory, { recursive: true, force: true });
  return exitCode;
}

const asked = process.argv.slice(2);
const known = findSuites(suites);
const all = new Map([...known, ...findSuites(measurements)]);
const unknown = asked.filter((name) => !all.has(name));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}. Suites: ${[...all.keys()].join(', ')}.`);
  process.exitCode = 2;
} else {
  process.exitCode = await runSuites(
    asked.length > 0 ? asked.flatMap((name) => all.get(name) ?? []) : [...known.values()],
  );
}
