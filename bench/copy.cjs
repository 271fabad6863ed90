// What the least possible filter does: reads a file and writes its bytes.
const { readFileSync, writeFileSync } = require('node:fs');

writeFileSync(1, readFileSync(process.argv[2]));
