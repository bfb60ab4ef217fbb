/**
 * redis.conf and the command line, and the settings made of them.
 */
package io.releve.config.file;
