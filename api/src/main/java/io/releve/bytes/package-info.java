/**
 * Byte strings as Redis knows them: views, numbers in their text form, patterns.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package io.releve.bytes;
