import { editsFor, mapOffsets } from '../../../server/contract/convert.ts';
import type { Edit, OffsetMap } from '../../../server/contract/convert.ts';
import { applyEdits } from '../../../server/contract/convert/edits.ts';

/** A stretch of text, as TypeScript's language service names one. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/** A stretch of a file. */
export interface FileSpan {
  readonly fileName: string;
  readonly textSpan: Span;
}

/** One change of a text, as TypeScript's language service names one. */
export interface Change {
  readonly span: Span;
  readonly newText: string;
}

/**
 * A script as its author wrote it beside the JavaScript that TypeScript reads in its place. Offsets go both ways, for most of Java's
 * forms keep their length, but `(int) x` and `new int[3]` grow.
 */
export class AuthorText {
  /** What TypeScript reads. */
  readonly code: string;
  readonly #map: OffsetMap;
  /** The converted stretches, in offsets of `code`. */
  readonly #converted: readonly Span[];

  constructor(source: string) {
    const edits = editsFor(source);
    this.code = applyEdits(source, edits);
    this.#map = mapOffsets(edits);
    this.#converted = stretchesOf(edits);
  }

  /** From a place in the author's text to the same one in `code`. */
  toCode(authorOffset: number): number {
    return this.#map.toCodeOffset(authorOffset);
  }

  /** From a stretch of `code` to the author's. */
  toAuthor({ start, length }: Span): Span {
    const from = this.#map.toAuthorOffset(start);
    return { start: from, length: this.#map.toAuthorOffset(start + length) - from };
  }

  /**
   * The changes in the author's offsets, without those that touch a converted stretch: what they were made for is not what stands
   * there. `let    multiValue` looks as if it had blanks too many, and is `String multiValue`.
   */
  changesForAuthor(changes: readonly Change[]): Change[] {
    return changes
      .filter(({ span }) => !this.touchesConverted(span))
      .map(({ span, newText }) => ({ span: this.toAuthor(span), newText }));
  }

  /** Whether a stretch of `code` (or an insertion, of length 0) reaches into something that was converted. */
  touchesConverted({ start, length }: Span): boolean {
    return this.#converted.some(
      (stretch) => start < stretch.start + stretch.length && start + length > stretch.start,
    );
  }
}

function stretchesOf(edits: readonly Edit[]): Span[] {
  let shift = 0;
  return edits.map(({ start, end, text }) => {
    const stretch = { start: start + shift, length: text.length };
    shift += text.length - (end - start);
    return stretch;
  });
}
