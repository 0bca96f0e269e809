/** What `build-vendor.ts` makes of the files in `vendor/`: each part is a function, so a script that does not use it pays nothing. */
declare const loadVendorUrl: () => typeof import('./vendor/url.js');
declare const loadVendorHashes: () => typeof import('./vendor/hashes.js');
