/**
 * A client for the terminal. Output, options and exit codes are those people know from redis-cli.
 */
package io.releve.cli;
