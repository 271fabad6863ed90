// What `rayshield` starts: loads the bundle, and later the validators, with the V8 code cache that the build has made, and
// without it where it is missing, damaged, or of another Node. https://nodejs.org/api/vm.html#scriptcreatecacheddata
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** A file of dist/ as a script that gives a CommonJS function; `file` is relative to dist/. */
export function compile(file: string): Script {
  const filename = join(__dirname, file);
  // The build sees to it that the files are ASCII: Latin-1 is read without decoding.
  const source = `(function(exports,require,module,__dirname){${readFileSync(filename, 'latin1')}\n})`;
  const cachedData = readCache(filename);
  return new Script(source, cachedData === undefined ? { filename } : { filename, cachedData });
}

/** What the script exports. */
export function evaluate(script: Script): unknown {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, __dirname);
  return module.exports;
}

/** Writes the cache of what `script` has compiled so far. */
export function writeCache(file: string, script: Script): void {
  const data = script.createCachedData();
  writeFileSync(cachePath(join(__dirname, file)), Buffer.concat([data, data]));
}

const cachePath = (filename: string): string => `${filename}.${process.version}-${process.arch}.cache`;

/**
 * The cache is written twice and used only where both halves are equal: V8 does not check it, and a flipped bit would end
 * the process. To compare costs a tenth of what loading node:crypto for a hash does.
 */
function readCache(filename: string): Buffer | undefined {
  try {
    const bytes = readFileSync(cachePath(filename));
    const data = bytes.subarray(0, bytes.length / 2);
    return data.equals(bytes.subarray(data.length)) ? data : undefined;
  } catch {
    return undefined;
  }
}

interface Bundle {
  readonly main: (load: (file: string) => unknown) => Promise<void>;
}

const load = (file: string): unknown => evaluate(compile(file));

if (require.main === module) void (load('main.cjs') as Bundle).main(load);
