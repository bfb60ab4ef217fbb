/** Exchanging parts while the server runs: {@code BUNDLE} for clients, {@code releve:swap} in the console. */
package io.releve.management.swap;
