/**
 * The life of the server as a whole: stopping, logging, what is missing.
 */
package io.releve.management;
