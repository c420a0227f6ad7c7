// Turns the extension's pieces, which esbuild splits as ES modules only, into the CommonJS that the editor loads. Two things that cost
// activation milliseconds are spared here: a file for each shared piece that is needed at once (they go into the one file), and the copy of
// the editor's whole interface, some 400 names, that a conversion makes for each source file importing it.
import { posix } from 'node:path';
import * as esbuild from 'esbuild';

/** `require` in the place of `import * as x from 'vscode'`: the editor's interface is CommonJS, and nothing has to be made of it. */
function requireEditor(text) {
  const names = [];
  const rest = text.replace(/import\s*\*\s*as\s+([\w$]+)\s+from\s*"vscode";?/g, (_, name) => {
    names.push(name);
    return '';
  });
  return names.length ? `var ${names.map((name) => `${name}=require("vscode")`).join(',')};${rest}` : rest;
}

/** The pieces that the entry imports statically, directly or by another, without the entry itself. */
function neededAtOnce(entry, imports) {
  const found = new Set();
  const visit = (name) => {
    for (const next of imports.get(name) ?? []) {
      if (found.has(next) || next === entry) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(entry);
  return found;
}

/**
 * @param modules ES modules by their path in dist, with `/`.
 * @param imports Of each, the paths in dist that it imports statically.
 * @returns CommonJS files by the same paths.
 */
export async function toCommonJs({ entry, modules, imports, minify }) {
  const converted = new Map();
  for (const [name, text] of modules) {
    const { code } = await esbuild.transform(requireEditor(text), { format: 'cjs', platform: 'node', target: 'node20', minify, supported: { 'dynamic-import': false } });
    converted.set(name, code);
  }
  const joined = neededAtOnce(entry, imports);
  // Code that moves into the entry finds its neighbours from there: by function when they moved too, else by file.
  const moved = (name) => converted.get(name).replace(/require\("(\.[^"]+)"\)/g, (_, path) => {
    const target = posix.join(posix.dirname(name), path);
    return joined.has(target) ? `__piece(${JSON.stringify(target)})` : `require(${JSON.stringify(`./${target}`)})`;
  });
  const pieces = [...joined].map((name) => `${JSON.stringify(name)}:[(function(module,exports){${moved(name)}\n})]`);
  const files = new Map(converted);
  files.set(entry, `"use strict";var __pieces={${pieces.join(',')}};
function __piece(name){var piece=__pieces[name];if(piece.length===1){var module={exports:{}};piece.push(module);piece[0](module,module.exports)}return piece[1].exports}
${moved(entry)}
module.exports.piece=__piece;`);
  // A piece that is loaded later must meet the same module, not a second one.
  for (const name of joined) files.set(name, `module.exports=require(${JSON.stringify(posix.relative(posix.dirname(name), entry))}).piece(${JSON.stringify(name)});`);
  return files;
}
