/**
 * The seams' test suites. A module that implements a seam extends the suite in its own tests; whoever passes it fits.
 */
package io.releve.contracts;
