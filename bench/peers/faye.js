'use strict';

const http = require('node:http');
const faye = require('faye');
const serve = require('./control');

const server = http.createServer();
new faye.NodeAdapter({ mount: '/bayeux', timeout: 25 }).attach(server);
serve(server);
