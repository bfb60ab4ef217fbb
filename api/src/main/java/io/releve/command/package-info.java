/**
 * What a command is: its facts, its call, its arguments and its reply.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.5.0")
package io.releve.command;
