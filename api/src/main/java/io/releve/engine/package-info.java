/**
 * The engine as its listeners see it: lanes, sessions, connections and the clock.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.6.0")
package io.releve.engine;
