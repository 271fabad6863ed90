// What comes from the Linux distribution: the packet filter and the tools for namespaces, because they go with the kernel, and what
// Argo CD's repo-server stands on. Where one is missing, root on Debian gets it by apt; the part's `bin` points to what the
// system has.
import { accessSync, constants, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Part } from './part.ts';

const canUseNamespaces = process.platform === 'linux' && process.getuid?.() === 0;

// Only root has the last two on its PATH.
const folders = (): string[] => [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];

function findExecutable(name: string): string | undefined {
  return folders()
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** The packages of executables, by the executables' names. */
type Packages = Readonly<Record<string, string>>;

const listMissing = (packages: Packages): string[] => [
  ...new Set(
    Object.entries(packages)
      .filter(([executable]) => findExecutable(executable) === undefined)
      .map(([, name]) => name),
  ),
];

const buildPart = (part: Pick<Part, 'name' | 'required'>, packages: Packages): Part => ({
  ...part,
  pin: `${[...new Set(Object.values(packages))].join(', ')}, as the system has them`,
  tool: 'system',
  compiles: false,
  minutes: 2,
  sources: () => packages,
  provides: Object.keys(packages).map((name) => `bin/${name}`),
  async install({ directory, run }) {
    const missing = listMissing(packages);
    if (missing.length > 0 && !canUseNamespaces) throw new Error(`${missing.join(', ')}: to be installed by root`);
    if (missing.length > 0) {
      const env = { DEBIAN_FRONTEND: 'noninteractive' };
      await run('apt-get', ['update'], { env });
      await run('apt-get', ['install', '--yes', '--no-install-recommends', ...missing], { env });
    }
    mkdirSync(join(directory, 'bin'));
    for (const name of Object.keys(packages)) {
      const path = findExecutable(name);
      if (path === undefined) throw new Error(`${name} is not on this system`);
      symlinkSync(path, join(directory, 'bin', name));
    }
    return missing.length === 0 ? [] : [`installed ${missing.join(', ')}`];
  },
});

// Without root there are no namespaces either, and the suites that need them are skipped by name.
export const debianPackages = buildPart(
  { name: 'packages', required: canUseNamespaces },
  { nft: 'nftables', ip: 'iproute2', unshare: 'util-linux', nsenter: 'util-linux', mount: 'mount' },
);

/** What Argo CD's repo-server asks for: Git, and a Redis for what it has rendered. */
export const argoPackages = buildPart(
  { name: 'argocd-packages', required: false },
  { git: 'git', 'redis-server': 'redis-server' },
);
