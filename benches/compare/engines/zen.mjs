// zen-engine: a decision graph of expression nodes, compiled once and kept.

import { readFileSync } from 'node:fs';
import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';
import { facts } from '../facts.mjs';

/** Facts in, one evaluation of the graph, the score out. */
export function graph() {
  const rules = JSON.parse(readFileSync(new URL('../rules/zen.json', import.meta.url), 'utf8'));
  const decision = new ZenEngine().createDecision(new ZenDecisionContent(rules));
  return async (evidence, day) => (await decision.evaluate(facts(evidence, day))).result;
}
