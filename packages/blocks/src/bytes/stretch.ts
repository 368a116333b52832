/** Where in some bytes something lies: from `start` to before `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}
