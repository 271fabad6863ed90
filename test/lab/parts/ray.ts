// Ray in a virtual environment of Python. The extra `default` has the dashboard, the autoscaler and Ray Client, `serve` what a
// RayService needs. What Ray stands on is pinned in ray-<version>.txt: `pip freeze` of a run that passed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from './part.ts';
import { rays } from './pins.ts';

/** The part of one version of Ray; its `bin` is what a container's PATH begins with. */
export function buildRayPart(version: (typeof rays)[number]): Part {
  const requirement = `ray[default,serve]==${version}`;
  const constraints = join(import.meta.dirname, `ray-${version}.txt`);
  return {
    name: `ray-${version}`,
    pin: `Ray ${version}`,
    tool: 'python3',
    required: version === rays[0],
    compiles: false,
    minutes: 3,
    sources: () => ({ requirement, constraints: readFileSync(constraints, 'utf8') }),
    provides: ['bin/ray', 'bin/python', 'bin/serve'],
    async install({ directory, run }) {
      await run('python3', ['-m', 'venv', directory]);
      // Wheels alone: a source package would want a compiler.
      const pip = ['-m', 'pip', 'install', '--no-input', '--progress-bar=off', '--only-binary=:all:'];
      await run(join(directory, 'bin/python'), [...pip, '--constraint', constraints, requirement], {
        env: { PIP_DISABLE_PIP_VERSION_CHECK: '1' },
      });
      return [];
    },
  };
}
