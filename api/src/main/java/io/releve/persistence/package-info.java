/**
 * Copies of the data on disk: journals, which write every change, and snapshots. Both are services; an engine opens one of
 * each, owns it and closes it.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package io.releve.persistence;
