/**
 * The marshallers whose class names stand in the headers of our Chronicle Map files. Frozen: a file is read by the very
 * names it was written with. Whatever must change goes into a {@code v2} beside this package.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package io.releve.chronicle.format.v1;
