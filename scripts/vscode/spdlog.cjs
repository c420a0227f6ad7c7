// A stand-in for the native logger of VS Code's server, which the code-server package leaves to be compiled: with it the Output panel and
// the log files work as on the desktop. Preloaded into the server, whose extension host inherits it. It writes what it is given, at once.
const { appendFileSync, mkdirSync } = require('node:fs');
const Module = require('node:module');
const { dirname } = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];

class Logger {
  constructor(_type, _name, file) {
    this.file = file;
    this.level = 2;
    this.plain = false;
    mkdirSync(dirname(file), { recursive: true });
  }

  write(level, message) {
    if (level < this.level) return;
    const time = new Date();
    const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().replace('T', ' ').slice(0, 23);
    appendFileSync(this.file, this.plain ? message : `${local} [${names[level]}] ${message}\n`);
  }

  trace(message) { this.write(0, message); }
  debug(message) { this.write(1, message); }
  info(message) { this.write(2, message); }
  warn(message) { this.write(3, message); }
  error(message) { this.write(4, message); }
  critical(message) { this.write(5, message); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.plain = true; }
  flush() {}
  drop() {}
}

const binding = { version: 0, setLevel() {}, setFlushOn() {}, Logger };
const load = Module._load;
Module._load = function (request, parent, ...rest) {
  return request === 'bindings' && /[\\/]spdlog[\\/]/.test(parent?.filename ?? '') ? () => binding : load.call(this, request, parent, ...rest);
};
