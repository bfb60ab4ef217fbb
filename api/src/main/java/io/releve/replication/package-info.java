/**
 * Copies of the data on other servers: the part that leads replicas or follows a master is a service that an engine opens.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package io.releve.replication;
