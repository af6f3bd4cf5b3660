'use strict';

const http = require('node:http');
const cometd = require('cometd-nodejs-server');
const serve = require('./control');

serve(http.createServer(cometd.createCometDServer({ timeout: 25_000, maxInterval: 30_000 }).handle));
