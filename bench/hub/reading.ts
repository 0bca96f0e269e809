/** One figure of the hub on one database; what the product promises of it, if it does. */
export interface Reading {
  readonly what: string;
  readonly value: number;
  readonly most?: number;
  readonly least?: number;
}
