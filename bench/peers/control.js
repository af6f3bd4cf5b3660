'use strict';

const readline = require('node:readline');

/** Listens where the command line says, then obeys standard input as the .NET servers do; its end is the process's. */
module.exports = function serve(server) {
  server.keepAliveTimeout = 120_000;
  server.listen(Number(new URL(process.argv[2]).port), '127.0.0.1', 4096, () => console.log('ready'));

  const lines = readline.createInterface({ input: process.stdin });
  lines.on('close', () => process.exit(0));
  lines.on('line', line => {
    if (line !== 'collect') return;
    global.gc();
    global.gc();
    console.log('collected');
  });
};
