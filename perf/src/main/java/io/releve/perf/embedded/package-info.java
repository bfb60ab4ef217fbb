/** What the embedded API costs. */
package io.releve.perf.embedded;
