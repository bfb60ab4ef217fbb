/**
 * Settings: every directive is declared once, by the part that owns it.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.4.0")
package io.releve.config;
