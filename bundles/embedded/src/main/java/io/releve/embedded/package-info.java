/**
 * Relève inside a Java program: commands as Java methods, run on the caller's thread, with the semantics a client has over
 * a socket. {@link io.releve.embedded.Releve} is where to begin; docs/embedding.md tells the rest.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.releve.embedded;
