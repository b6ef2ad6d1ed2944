// Our engine, compiled to WASM: crates/vectors/src/given.rs says what it exports.

import { readFileSync } from 'node:fs';
import { value } from '../facts.mjs';

export const SCORE = 'modern-work';

/** The engine's exports, as functions of JavaScript. */
export async function load(file) {
  const { instance } = await WebAssembly.instantiate(readFileSync(file));
  const wasm = instance.exports;
  const number = (day) => Number(day.replaceAll('-', ''));
  const give = (evidence) => {
    const text = new TextEncoder().encode(JSON.stringify(evidence));
    const start = wasm.given_room(text.length);
    new Uint8Array(wasm.memory.buffer, start, text.length).set(text);
    if (!wasm.given_read()) throw new Error('our engine refuses the evidence');
  };
  return {
    give,
    benchGiven: (day, alone) => wasm.given_bench(1, number(day), alone),
    assess: (evidence, day) => {
      give(evidence);
      const length = wasm.given_answer(number(day));
      const start = wasm.given_start();
      const text = new Uint8Array(wasm.memory.buffer, start, length);
      return JSON.parse(new TextDecoder().decode(text));
    },
  };
}

/** The score out of an assessment, in the form of the other engines. */
export function modernWork({ scores }) {
  const score = scores.find((known) => known.score === SCORE);
  const tracks = score.tracks.map((track) => [track.id, {
    ...Object.fromEntries(track.children.map(({ id, points }) => [id, value(points.earned)])),
    total: value(track.have),
  }]);
  const chosen = score.tracks.find((track) => track.id === score.track);
  return {
    track: score.track,
    qualifies: chosen.outcome === 'met',
    total: value(score.total),
    tracks: Object.fromEntries(tracks),
  };
}
