/**
 * Starts the OSGi framework with the bundles of a distribution, and turns its end into an exit code.
 */
package io.releve.launcher;
