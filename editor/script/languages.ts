/** A stage script: our worker reads it. */
export const SCRIPT_LANGUAGE = 'stage-script';
/** JavaScript to look at: coloured, and no more. */
export const PLAIN_LANGUAGE = 'plain-javascript';
