// An image in which Ray is not Ray: `ray`, `getent` and `sleep` only write down how they were called, and `python`, by which
// KubeRay 1.7 asks for the dashboard's health, is content. Everything else that a start command needs, bash before all, is the
// machine's own.
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What DNS knows, and since when. */
export interface NameService {
  readonly names: readonly string[];
  /** How many questions it does not answer first. */
  readonly late?: number;
}

/** One call of `ray`: what it was given, and in which environment. */
export interface RayCall {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface StubImage {
  /** Its own variables. A login shell sets PATH anew and then reads the profile in HOME. */
  readonly env: Readonly<Record<string, string>>;
  readonly rayCalls: () => RayCall[];
  /** How often something waited for a second. */
  readonly countSleeps: () => number;
}

// `ray job status` fails while a job is not submitted; a submitter asks that first.
const rayScript = `#!/bin/bash
n=$(ls "$IMAGE" | grep -c '^args-')
printf '%s\\0' "$@" > "$IMAGE/args-$n"
env -0 > "$IMAGE/env-$n"
[[ "$1 $2" != 'job status' ]]
`;

const getentScript = ({ late = 0 }: NameService): string => `#!/bin/bash
echo "$2" >> "$IMAGE/asked"
(( $(wc -l < "$IMAGE/asked") > ${late} )) && grep -qxF -- "$2" "$IMAGE/names"
`;

const sleepScript = `#!/bin/bash
echo "$1" >> "$IMAGE/slept"
`;

const scripts = (dns: NameService): Record<string, string> => ({
  ray: rayScript,
  getent: getentScript(dns),
  sleep: sleepScript,
  python: '#!/bin/bash\n',
});

const readList = (path: string): string[] => readFileSync(path, 'utf8').split('\0').slice(0, -1);

const readEnv = (path: string): Record<string, string> =>
  Object.fromEntries(
    readList(path).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

/** Makes an image in a folder of its own below `folder`. */
export function makeStubImage(folder: string, dns: NameService): StubImage {
  const image = mkdtempSync(join(folder, 'image-'));
  const path = `${image}:/usr/bin:/bin`;
  for (const [name, script] of Object.entries(scripts(dns))) {
    writeFileSync(join(image, name), script);
    chmodSync(join(image, name), 0o755);
  }
  writeFileSync(join(image, 'names'), `${dns.names.join('\n')}\n`);
  writeFileSync(join(image, '.bash_profile'), `PATH=${path}\n`);
  return {
    env: { HOME: image, IMAGE: image, PATH: path },
    rayCalls: () => {
      const calls: RayCall[] = [];
      for (let n = 0; existsSync(join(image, `args-${n}`)); n += 1) {
        calls.push({ args: readList(join(image, `args-${n}`)), env: readEnv(join(image, `env-${n}`)) });
      }
      return calls;
    },
    countSleeps: () => {
      const slept = join(image, 'slept');
      return existsSync(slept) ? readFileSync(slept, 'utf8').trim().split('\n').length : 0;
    },
  };
}
