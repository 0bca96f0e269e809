/* URL and URLSearchParams: the library whatwg-url-minimum, loaded when a script first reads one of the names. */

let urlLoaded = false;
const vendorUrl = once(() => {
  urlLoaded = true;
  return loadVendorUrl();
});

/** @param {unknown} value */
function isURLSearchParams(value) {
  return urlLoaded && value instanceof vendorUrl().URLSearchParams;
}

exposeLazily('URL', () => vendorUrl().URL);
exposeLazily('URLSearchParams', () => vendorUrl().URLSearchParams);
