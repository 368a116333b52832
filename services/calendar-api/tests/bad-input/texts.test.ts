import { describeRefusals } from './_support/describe-refusals.ts';
import { POISONED_TEXT_CASES } from './cases/poisoned-texts.ts';

describeRefusals('a text that must not get through', POISONED_TEXT_CASES);
