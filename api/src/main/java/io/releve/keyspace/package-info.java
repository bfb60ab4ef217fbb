/**
 * The data: databases, keys with expiry, and the value types.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.3.0")
package io.releve.keyspace;
