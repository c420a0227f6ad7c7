// What the official descriptions say against one exchange, save where api/exceptions.yaml explains it: requests and answers by 1.42.0,
// and answers by 1.16.0 too, whose types the Python SDK was made from. Without the official files beside the checkout it finds nothing.
import { matcher, readExceptions } from '../../scripts/api/exceptions.mjs';
import { official } from './official.ts';
import type { Problem } from './official.ts';
import type { WireRequest, WireResponse } from './description.ts';

const present = official('1.42.0');
const sdk = official('1.16.0');
const { exceptions, wire, sdk: older } = await readExceptions();
type Explains = (problem: Problem) => boolean;
const explain = (entries: object[]): Explains[] => entries.map((entry) => matcher(entry));
const tests = explain([...exceptions, ...wire]);
const sdkTests = [...tests, ...explain(older)];

const told = (version: string, side: string, problems: Problem[], explained: Explains[]): string[] =>
  problems.filter((problem) => !explained.some((holds) => holds(problem)))
    .map(({ operation, place, what, detail }) => `${operation} ${side}, official ${version}: ${place} (${what}) ${detail}`);

/** The SDK's calls are those of its version; a status that is newer is no matter of its types. */
const typed = (problems: Problem[]): Problem[] => problems.filter(({ what }) => what !== 'removed');

export function conformanceProblems(request: WireRequest, response: WireResponse): { request: string[]; response: string[] } {
  return {
    request: present ? told('1.42.0', 'request', present.requestProblems(request), tests) : [],
    response: [
      ...(present ? told('1.42.0', 'answer', present.responseProblems(request, response), tests) : []),
      ...(sdk ? told('1.16.0', 'answer', typed(sdk.responseProblems(request, response)), sdkTests) : []),
    ],
  };
}
